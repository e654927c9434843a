/**
 * The header of Debian's patches (DEP-3) and of SUSE's, which is the same but for its field names:
 * fields in the manner of RFC 822 at the start, in which the line breaks of `Description` mean
 * something; free text below; perhaps a second block of fields after it.
 */
import type { HeaderStyle, Trailer } from './types.ts';
import { linesOf, trimSpaceEnd } from './text.ts';

const DEP3 =
  /^(?:description|subject|origin|author|from|bug(?:-[\w-]+)?|forwarded|reviewed-by|acked-by|last-update|applied-upstream)$/i;
const DEP3_ONLY =
  /^(?:description|origin|author|bug(?:-[\w-]+)?|forwarded|last-update|applied-upstream)$/i;
const SUSE_ONLY =
  /^(?:patch-mainline|git-commit|git-repo|references|patch-filtered|no-fix|alt-commit)$/i;
const MAIL =
  /^(?:from|subject|date|to|cc|message-id|mime-version|content-type|in-reply-to|references|x-[\w-]+)$/i;
/** What mail servers put above the fields of the author: mailboxes and archives keep it. */
const TRANSPORT =
  /^(?:return-path|received|delivered-to|envelope-to|authentication-results|dkim-signature|arc-[\w-]+|received-spf)$/i;
const FIELD = /^([A-Za-z][\w-]*):(?:[ \t]+(.*)|[ \t]*)$/s;

/** What a block of fields says, and the text that follows it. */
export interface FieldBlock {
  readonly style: HeaderStyle;
  readonly fields: readonly Trailer[];
  /** Text below the fields. */
  readonly rest: string;
}

/**
 * Read the fields at the start of a patch header; null when it does not start with fields that say
 * who, what or where to (a subject such as `mm: fix a leak` looks like a field too).
 */
export function parseFieldBlock(text: string): FieldBlock | null {
  const lines = linesOf(text);
  let at = 0;
  while (
    at < lines.length &&
    (trimSpaceEnd(lines[at] ?? '') === '' ||
      /^From [^\s]+ .*\d{4}$/.test(trimSpaceEnd(lines[at] ?? '')))
  )
    at += 1;
  const first = FIELD.exec(trimSpaceEnd(lines[at] ?? ''))?.[1] ?? '';
  if (![DEP3, SUSE_ONLY, MAIL, TRANSPORT].some((known) => known.test(first))) return null;
  const { fields, end } = readFields(lines, at);
  const rest = lines.slice(end).join('');
  return {
    style: styleOf([...fields, ...laterFields(rest)]),
    fields: [...fields, ...laterFields(rest)],
    rest,
  };
}

function styleOf(fields: readonly Trailer[]): HeaderStyle {
  const has = (pattern: RegExp): boolean => fields.some((field) => pattern.test(field.key));
  if (has(/^(?:patch-mainline|git-commit|git-repo)$/i)) return 'suse';
  return has(DEP3_ONLY) ? 'dep3' : 'mail';
}

function readFields(lines: readonly string[], from: number): { fields: Trailer[]; end: number } {
  const fields: { key: string; value: string }[] = [];
  let at = from;
  for (; at < lines.length; at += 1) {
    const line = trimSpaceEnd(lines[at] ?? '');
    const last = fields.at(-1);
    const match = FIELD.exec(line);
    if (/^[ \t]/.test(lines[at] ?? '') && line !== '' && last !== undefined)
      last.value += `\n${line.slice(1)}`;
    else if (match !== null && line !== '---')
      fields.push({ key: match[1] ?? '', value: match[2] ?? '' });
    else break;
  }
  return { fields, end: at };
}

/** DEP-3 fields of a later paragraph, above `---`, of which every line is a field. */
function laterFields(rest: string): Trailer[] {
  const message = rest.split(/^---[ \t\r]*$/m, 1)[0] ?? '';
  for (const paragraph of message.split(/\n[ \t]*\n/).slice(0, 100)) {
    const lines = linesOf(paragraph.replace(/^\n+/, ''));
    const { fields, end } = readFields(lines, 0);
    const known = fields.some((field) => DEP3_ONLY.test(field.key) || SUSE_ONLY.test(field.key));
    if (known && end === lines.length) return fields;
  }
  return [];
}

/** `Description`'s short and long part: the first line, and the rest with ` .` as an empty line. */
export function splitDescription(value: string): { readonly short: string; readonly long: string } {
  const [short = '', ...rest] = value.split('\n');
  return {
    short: short.trim(),
    long: rest.map((line) => (line.trim() === '.' ? '' : line)).join('\n'),
  };
}
