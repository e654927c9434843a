/**
 * One patch file or mail → `Patch`: header and diffs, with the bytes kept. Throws a `SeamError` that
 * names the patch when its diffs are corrupt.
 */
import { SeamError } from '../errors.ts';
import { parseDiff } from '../patch/parse.ts';
import type { Bytes, ParsedDiff } from '../patch/types.ts';
import { mailHeader, notesOf, parseHeader } from './header.ts';
import { isFieldLine } from './mail-rules.ts';
import { readMail } from './mailinfo.ts';
import { byteString, bytesOf, concat } from './text.ts';
import type { Header, Patch } from './types.ts';

/** What the series, and not the patch itself, says about a patch. */
export interface PatchPlace {
  readonly name: string;
  readonly strip?: number;
  readonly reverse?: boolean;
  readonly topic?: string | null;
}

export interface PatchSource {
  /** Unpacked content, where `raw` is compressed. */
  readonly content?: Bytes;
  /**
   * The bytes came as a mail: CR LF at the end of its first line means that the transport put a CR
   * on every line. In a file, CRs are left to the diff reader, since they may be content.
   */
  readonly mail?: boolean;
  readonly scissors?: boolean;
}

/** Parse a patch file or a mail. `raw` is kept as it is. */
export function parsePatch(raw: Bytes, place: PatchPlace, source: PatchSource = {}): Patch {
  const plain = source.content ?? raw;
  const unpacked = unpackMail(plain, source);
  const { header, content, parsed } = unpacked ?? parsePlain(plain, place);
  return {
    name: place.name,
    header,
    files: parsed.files,
    raw,
    content,
    prologue: parsed.header,
    epilogue: parsed.footer,
    strip: place.strip ?? 1,
    reverse: place.reverse ?? false,
    topic: place.topic ?? null,
    commit: null,
    message: null,
  };

  function unpackMail(bytes: Bytes, { mail, scissors }: PatchSource): Parts | null {
    const crlf = mail === true && hasCrLf(bytes);
    if (!crlf && scissors !== true && !isPackedMail(bytes)) return null;
    const text = byteString(bytes);
    const info = readMail(crlf ? text.replaceAll('\r\n', '\n') : text, {
      scissors: scissors ?? false,
      stripQuotedCr: false,
    });
    const patch = bytesOf(info.patch);
    const notes = parseNamed(patch, place).header;
    const content = concat([bytesOf(info.message), patch]);
    return {
      header: mailHeader(info, notesOf(byteString(notes))),
      content,
      parsed: parseNamed(content, place),
    };
  }
}

interface Parts {
  readonly header: Header;
  readonly content: Bytes;
  readonly parsed: ParsedDiff;
}

function parsePlain(content: Bytes, place: PatchPlace): Parts {
  const parsed = parseNamed(content, place);
  return {
    header: parseHeader(byteString(parsed.header), parsed.files.length > 0),
    content,
    parsed,
  };
}

/** Parse diffs; an error says which patch it is about. */
function parseNamed(content: Bytes, place: PatchPlace): ParsedDiff {
  try {
    return parseDiff(content, { strip: place.strip ?? 1 });
  } catch (error) {
    if (!(error instanceof SeamError)) throw error;
    throw new SeamError(error.code, `patch '${place.name}': ${error.message}`, {
      kind: error.kind,
      data: { ...error.data, patch: place.name },
      cause: error,
      ...(error.hint === undefined ? {} : { hint: error.hint }),
    });
  }
}

function hasCrLf(bytes: Bytes): boolean {
  const end = bytes.indexOf(10);
  return end > 0 && bytes[end - 1] === 13;
}

const PACKING =
  /^content-transfer-encoding:[ \t]*(?:base64|quoted-printable)|^content-type:.*(?:boundary=|format="?flowed)/im;

/** Whether the diffs cannot be read before a transfer encoding or a MIME structure is undone. */
function isPackedMail(bytes: Bytes): boolean {
  const text = byteString(bytes.subarray(0, 256 * 1024)).replaceAll('\r\n', '\n');
  const end = text.indexOf('\n\n');
  const header = (end === -1 ? text : text.slice(0, end)).replaceAll(/\n[ \t]+/g, ' ');
  return isFieldLine(header) && PACKING.test(header);
}
