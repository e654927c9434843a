/**
 * What one C file may reach: the files that it includes, whatever the conditions, and the CONFIG
 * symbols that it mentions. The answer errs on the side of more. What cannot be told without
 * preprocessing (an include that names a macro, a file that the assembler reads) is said as such;
 * whoever asks must take it that the file reaches the whole tree. Pure.
 */

export interface Include {
  readonly name: string;
  /** `"name"` is looked for beside the file first; `next` (`#include_next`) anywhere. */
  readonly how: 'quoted' | 'angled' | 'next';
}

export interface Scan {
  readonly includes: readonly Include[];
  /** Why it may read any file of the tree; null when it does not. */
  readonly whole: string | null;
  /**
   * Words that begin with `CONFIG_`, or that it begins with: the preprocessor can paste words
   * together, so a symbol counts as soon as a word that it begins with is mentioned.
   */
  readonly mentions: readonly string[];
  /** Mentions the time of day: what it compiles to is never the same. */
  readonly timed: boolean;
}

/** Comments, strings and characters; what they hold is no code. */
const OPAQUE = /\/\*[^]*?(?:\*\/|$)|\/\/[^\n]*|"(?:\\[^]|[^"\\\n])*"|'(?:\\[^]|[^'\\\n])*'/g;
const DIRECTIVE =
  /^[ \t\f\v]*(?:#|%:)[ \t\f\v]*(include|include_next|import|embed)\b[ \t\f\v]*(.*?)\s*$/gm;
const ASKED = /\b__has_(?:include|include_next|embed)\b\s*(?:\(\s*("[^"\n]*"|<[^>\n]*>))?/g;
const PATH = /^(?:"([^"\n]+)"|<([^>\n]+)>)/;
const MENTION = /\b(?:CONFIG_\w*|C(?:O(?:N(?:F(?:IG?)?)?)?)?)\b/g;
const TIMED = /\b__(?:DATE|TIME|TIMESTAMP)__\b/;
/** Directives of the assembler that read a file. */
const READS = /\.(?:incbin|include)\b/;

/** Look through the text of a file (Latin-1). */
export function scan(text: string): Scan {
  const spliced = text.replaceAll(/\\[ \t]*\r?\n/g, '');
  let assembled = false;
  const withStrings = spliced.replaceAll(OPAQUE, (found) => {
    if (found.startsWith('/')) return ' ';
    assembled ||= READS.test(found);
    return found;
  });
  const code = withStrings.replaceAll(OPAQUE, '""');
  const found = [...includesOf(withStrings), ...asked(withStrings)];
  const whole = assembled
    ? 'the assembler reads a file'
    : found.includes(null)
      ? 'an include names a macro'
      : null;
  return {
    includes: found.filter((include) => include !== null),
    whole,
    mentions: [...new Set(code.match(MENTION))],
    timed: TIMED.test(code),
  };
}

function* includesOf(text: string): Generator<Include | null> {
  for (const [, directive, operand = ''] of text.matchAll(DIRECTIVE)) {
    const include = includeOf(operand);
    yield include !== null && directive === 'include_next' ? { ...include, how: 'next' } : include;
  }
}

function* asked(text: string): Generator<Include | null> {
  // `#ifdef __has_include` asks for the operator itself and names no file.
  const questions = text.replaceAll(/\bdefined\s*\(?\s*__has_\w+|#\s*ifn?def\s+__has_\w+/g, ' ');
  for (const [, operand = ''] of questions.matchAll(ASKED)) yield includeOf(operand);
}

function includeOf(operand: string): Include | null {
  const [, quoted, angled] = PATH.exec(operand) ?? [];
  if (quoted !== undefined) return { name: quoted, how: 'quoted' };
  return angled === undefined ? null : { name: angled, how: 'angled' };
}
