/**
 * One mail → author, date, subject, message, patch: what `git mailinfo` extracts, byte for byte, so
 * that a patch read here becomes the commit that `git am` would make. Unlike git it never gives up:
 * what cannot be decoded is kept as it is and reported in `warnings`.
 */
import {
  INFO_FIELDS,
  type InfoField,
  type KeepSubject,
  cleanSubject,
  fieldValue,
  isFieldLine,
  isFormatPatchLine,
  isPatchBreak,
  isScissors,
  splitAddress,
  squashSpace,
} from './mail-rules.ts';
import { attribute, decodeBase64, decodeQuotedPrintable, decodeWords, toUtf8 } from './mime.ts';
import { type ByteString, linesOf, trimSpaceEnd } from './text.ts';

export interface MailOptions {
  /** Drop everything above a scissors line (`-- >8 --`). Off by default, as in git. */
  readonly scissors?: boolean;
  /** Let `From:`, `Date:`, `Subject:` lines at the start of the body override. On by default. */
  readonly inBodyHeaders?: boolean;
  readonly keepSubject?: KeepSubject;
  /** Take the CR off lines that were in base64 or quoted-printable. */
  readonly stripQuotedCr?: boolean;
  /** Add `Message-ID: <…>` to the message. */
  readonly messageId?: boolean;
}

/** Values are byte strings in UTF-8, with words decoded; null when the mail has no such field. */
export interface MailInfo {
  readonly name: ByteString | null;
  readonly email: ByteString | null;
  readonly subject: ByteString | null;
  readonly date: ByteString | null;
  /** What the mail's own header said, where the body overrides it. */
  readonly envelope: Readonly<Partial<Record<InfoField, ByteString>>>;
  readonly message: ByteString;
  readonly patch: ByteString;
  /** Fields of the mail's own header in order, unfolded and decoded. */
  readonly fields: readonly { readonly key: ByteString; readonly value: ByteString }[];
  /** Some part was in base64, quoted-printable, a multipart or flowed text. */
  readonly packed: boolean;
  readonly warnings: readonly string[];
}

/** Git allows five; more nesting than this hides something. */
const MAX_NESTING = 5;
const MAX_PARTS = 1000;

/** Read one mail, whose lines end in LF. */
export function readMail(mail: ByteString, options: MailOptions = {}): MailInfo {
  const reader = new MailReader(mail.replace(/^[ \t\n\r]+/, ''), options);
  return reader.read();
}

type Found = Partial<Record<InfoField, ByteString>>;

class MailReader {
  private readonly lines: readonly string[];
  private at = 0;
  private readonly outer: Found = {};
  private inner: Found = {};
  private readonly fields: { key: ByteString; value: ByteString }[] = [];
  private readonly warnings: string[] = [];
  private readonly boundaries: ByteString[] = [];
  private encoding: 'none' | 'base64' | 'qp' = 'none';
  private charset = '';
  private flowed = false;
  private delSp = false;
  private packed = false;
  private parts = 0;
  private id: ByteString | null = null;
  /** Still above the message: blank lines and in-body header lines are taken. */
  private atTop = true;
  /** An in-body header line that may go on in the next line. */
  private pending = '';
  private inPatch = false;
  private partial = '';
  private readonly message: string[] = [];
  private readonly patch: string[] = [];
  private readonly options: MailOptions;

  constructor(mail: ByteString, options: MailOptions) {
    this.lines = linesOf(mail);
    this.options = options;
  }

  read(): MailInfo {
    let line = this.readFields(true);
    if (this.boundaries.length > 0) line = this.seekBoundary();
    while (line !== null) {
      if (this.isBoundary(line)) {
        this.flushPartial();
        line = this.enterPart(line);
        if (line === null) break;
      }
      this.decodeLine(line);
      line = this.next();
    }
    this.flushPartial();
    this.flushPending();
    return this.result();
  }

  private result(): MailInfo {
    // Without a patch the in-body lines were no overrides but the text itself.
    const use = this.patch.length > 0 ? { ...this.outer, ...this.inner } : this.outer;
    const envelope: Found = {};
    for (const field of INFO_FIELDS) {
      const value = this.outer[field];
      if (value !== undefined && use[field] !== value) envelope[field] = value;
    }
    const address = use.from === undefined ? null : splitAddress(squashSpace(use.from));
    const keep = this.options.keepSubject ?? 'strip';
    const subject = use.subject === undefined ? null : cleanSubject(use.subject, keep);
    return {
      name: address?.name ?? null,
      email: address?.email ?? null,
      subject: subject === null || keep === 'keep' ? subject : squashSpace(subject),
      date: use.date === undefined ? null : squashSpace(use.date),
      envelope,
      message: this.message.join(''),
      patch: this.patch.join(''),
      fields: this.fields,
      packed: this.packed,
      warnings: this.warnings,
    };
  }

  private next(): ByteString | null {
    const line = this.lines[this.at] ?? null;
    this.at += 1;
    return line;
  }

  private readonly warn = (message: string): void => {
    if (!this.warnings.includes(message)) this.warnings.push(message);
  };

  /** Header fields of the mail (`outer`) or of a part; returns the line that is none. */
  private readFields(outer: boolean): ByteString | null {
    for (;;) {
      const line = this.next();
      if (line === null) return null;
      const text = trimSpaceEnd(line);
      if (text === '' || !isFieldLine(text)) return `${text}\n`;
      let unfolded = text;
      while (/^[ \t]/.test(this.lines[this.at] ?? '')) {
        unfolded += ` ${trimSpaceEnd((this.next() ?? '').slice(1))}`;
      }
      this.takeField(unfolded, this.outer, outer);
      if (outer) this.keepField(unfolded);
    }
  }

  private keepField(line: ByteString): void {
    const colon = line.indexOf(':');
    if (colon <= 0 || /^>?From /.test(line)) return;
    const value = line.slice(colon + 1).replace(/^[ \t]+/, '');
    this.fields.push({ key: line.slice(0, colon), value: decodeWords(value, this.warn) });
  }

  private takeField(line: ByteString, into: Found, overwrite: boolean): void {
    for (const field of INFO_FIELDS) {
      const value = fieldValue(line, field);
      if (value === null || (into[field] !== undefined && !overwrite)) continue;
      into[field] = decodeWords(value, this.warn);
      return;
    }
    const type = fieldValue(line, 'content-type');
    if (type !== null) this.takeType(decodeWords(type, this.warn));
    const encoding = fieldValue(line, 'content-transfer-encoding')?.toLowerCase();
    if (encoding !== undefined) this.takeEncoding(encoding);
    this.id ??= fieldValue(line, 'message-id');
  }

  private takeType(type: ByteString): void {
    this.flowed = attribute(type, 'format')?.toLowerCase() === 'flowed';
    this.delSp = attribute(type, 'delsp')?.toLowerCase() === 'yes';
    this.charset = attribute(type, 'charset') ?? '';
    if (this.flowed) this.packed = true;
    const boundary = attribute(type, 'boundary');
    if (boundary === null) return;
    this.packed = true;
    if (this.boundaries.length >= MAX_NESTING) this.warn(`more than ${MAX_NESTING} nested parts`);
    else this.boundaries.push(`--${boundary}`);
  }

  private takeEncoding(value: string): void {
    if (value.includes('base64')) this.encoding = 'base64';
    else if (value.includes('quoted-printable')) this.encoding = 'qp';
    else this.encoding = 'none';
    if (this.encoding !== 'none') this.packed = true;
  }

  private isBoundary(line: ByteString): boolean {
    const boundary = this.boundaries.at(-1);
    return boundary !== undefined && line.startsWith(boundary);
  }

  private seekBoundary(): ByteString | null {
    for (let line = this.next(); line !== null; line = this.next()) {
      if (this.isBoundary(line)) return line;
    }
    return null;
  }

  /** From a boundary line to the first line of the part's text; null at the end of the mail. */
  private enterPart(boundaryLine: ByteString): ByteString | null {
    let line: ByteString | null = boundaryLine;
    while (line?.startsWith('--', this.boundaries.at(-1)?.length) === true) {
      this.boundaries.pop();
      this.filter('\n');
      line = this.seekBoundary();
    }
    if (line === null) return null;
    this.parts += 1;
    if (this.parts > MAX_PARTS) {
      this.warn(`more than ${MAX_PARTS} parts, the rest is not read`);
      return null;
    }
    this.encoding = 'none';
    this.charset = '';
    this.readFields(false);
    const first = this.next();
    return first === null || first.endsWith('\n') ? first : `${first}\n`;
  }

  /** Undo the transfer encoding; what comes out may be part of a line, or several. */
  private decodeLine(line: ByteString): void {
    if (this.encoding === 'none') return this.unflow(line);
    const decoded = this.encoding === 'qp' ? decodeQuotedPrintable(line) : decodeBase64(line);
    const all = linesOf(this.partial + decoded);
    this.partial = '';
    const last = all.at(-1)?.endsWith('\n') === false ? (all.pop() ?? '') : '';
    for (const whole of all) this.unflow(whole);
    this.partial += last;
  }

  /** Join the lines of format=flowed (RFC 3676); elsewhere only carriage returns are looked at. */
  private unflow(line: ByteString): void {
    if (!this.flowed) {
      const strip = this.options.stripQuotedCr === true && this.encoding !== 'none';
      return this.filter(strip ? line.replace(/\r\n$/, '\n') : line);
    }
    if (/^-- \r?\n?$/.test(line)) {
      this.flushPartial();
      return this.filter(line);
    }
    const text = line.startsWith(' ') ? line.slice(1) : line;
    const soft = /^([^\n]*?) \r?\n?$/.exec(text);
    if (soft !== null) {
      this.partial += (soft[1] ?? '') + (this.delSp ? '' : ' ');
      return undefined;
    }
    const joined = this.partial + text;
    this.partial = '';
    return this.filter(joined);
  }

  private flushPartial(): void {
    if (this.partial !== '') this.filter(this.partial);
    this.partial = '';
  }

  /** One decoded line: message or patch. */
  private filter(line: ByteString): void {
    if (!this.inPatch && this.takeMessageLine(line)) this.inPatch = true;
    if (this.inPatch) this.patch.push(line);
  }

  /** Take a line of the message; true when the patch begins with it. */
  private takeMessageLine(line: ByteString): boolean {
    if (this.atTop && (line === '' || line === '\n')) {
      if (this.pending !== '') {
        this.flushPending();
        this.atTop = false;
      }
      return false;
    }
    this.atTop = this.atTop && this.options.inBodyHeaders !== false && this.takeInBody(line);
    if (this.atTop) return false;
    const text = toUtf8(line, this.charset, this.warn);
    if (this.options.scissors === true && isScissors(text)) {
      this.message.length = 0;
      this.inner = {};
      this.atTop = true;
      return false;
    }
    if (isPatchBreak(text)) {
      if (this.options.messageId === true && this.id !== null)
        this.message.push(`Message-ID: ${this.id}\n`);
      return true;
    }
    this.message.push(text);
    return false;
  }

  /** Whether the line is a header line within the body, which is then taken. */
  private takeInBody(line: ByteString): boolean {
    if (this.pending !== '' && /^[ \t]/.test(line)) {
      if (this.options.scissors !== true || !isScissors(line)) {
        this.pending = this.pending.replace(/\n$/, '') + line;
        return true;
      }
      this.flushPending();
      return false;
    }
    this.flushPending();
    if (/^>From[ \t\r\n]/.test(line)) return isFormatPatchLine(line.slice(1));
    if (/^\[PATCH\][ \t\r\n]/.test(line)) {
      this.inner.subject = line;
      return true;
    }
    const known = INFO_FIELDS.some(
      (field) => this.inner[field] === undefined && fieldValue(line, field) !== null,
    );
    if (known) this.pending = line;
    return known;
  }

  private flushPending(): void {
    if (this.pending !== '') this.takeField(this.pending, this.inner, false);
    this.pending = '';
  }
}
