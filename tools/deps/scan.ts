/**
 * Names in the lines of a patch: what they define and what they use. A scanner, no parser: a patch
 * shows only parts of a file. It goes by the layout of kernel code (definitions start in column 0,
 * fields are indented) and takes no account of conditional compilation or scopes.
 */
import { withoutNewline } from '../patch/lines.ts';
import type { FilePatch, Hunk, LineOp, Path } from '../patch/types.ts';
import { textOf } from './decode.ts';
import type { SymbolKind } from './types.ts';

/** A name at a line of a diff. */
export interface Mention {
  readonly symbol: string;
  readonly op: LineOp;
  readonly line: number;
  readonly text: string;
}

export interface Definition extends Mention {
  readonly kind: SymbolKind;
  /** Only seen in its own file. */
  readonly local: boolean;
}

/** Names that the diff of one file mentions. */
export interface Scanned {
  /** In lines that come or go; in other files than C, in all. */
  readonly definitions: readonly Definition[];
  /** In lines that come; of fields in C, in all. */
  readonly uses: readonly Mention[];
}

/** A line with what is no code blanked out. */
interface CodeLine {
  readonly op: LineOp;
  readonly line: number;
  readonly text: string;
  readonly code: string;
}

const C_FILE = /\.(?:c|h|S|inc)$/;
const KCONFIG = /(?:^|\/)Kconfig[^/]*$/;
const MAKEFILE = /(?:^|\/)(?:Makefile|Kbuild)[^/]*$/;

/** Scan one diff. Files that are no C, Kconfig or Makefile give nothing. */
export function scanFile(file: FilePatch): Scanned {
  const path = file.newPath ?? file.oldPath ?? '';
  if (C_FILE.test(path)) return scanC(file, path);
  if (KCONFIG.test(path)) return scanWords(file, kconfigNames);
  if (MAKEFILE.test(path)) return scanWords(file, (code) => makefileNames(code, path));
  return { definitions: [], uses: [] };
}

/** The name under which `#include` finds a header, or a Makefile an object; null for other files. */
export function nameOfFile(path: Path): string | null {
  const header = /(?:^|\/)include\/(?:uapi\/)?(.+\.h)$/.exec(path);
  if (header !== null) return `<${header[1] ?? ''}>`;
  if (path.endsWith('.h')) return `"${path.slice(path.lastIndexOf('/') + 1)}"`;
  return /\.[cS]$/.test(path) ? path.replace(/\.[cS]$/, '.o') : null;
}

/** Numbered lines of a hunk, on the side that has them. */
function* linesOf(hunk: Hunk): Generator<{ op: LineOp; line: number; text: string }> {
  let [old, next] = [hunk.oldStart, hunk.newStart];
  for (const { op, text } of hunk.lines) {
    yield { op, line: op === '-' ? old : next, text: textOf(withoutNewline(text)) };
    if (op !== '+') old += 1;
    if (op !== '-') next += 1;
  }
}

const INCLUDE = /^\s*#\s*include\b/;

/** Lines of C without comments, strings and characters. */
function codeLines(hunk: Hunk): CodeLine[] {
  const lines = [...linesOf(hunk)];
  // A hunk can begin inside a comment: then its end comes before a beginning, or stars lead the lines.
  const all = lines.map(({ text }) => text).join('\n');
  const [opens, closes] = [all.indexOf('/*'), all.indexOf('*/')];
  let inside = (closes !== -1 && (opens === -1 || closes < opens)) || /^\s*\*\s/.test(all);
  return lines.map((line) => {
    const include = INCLUDE.test(line.text);
    const blanked = include ? { code: line.text, inside } : blankOut(line.text, inside);
    ({ inside } = blanked);
    return { ...line, code: blanked.code };
  });
}

const NO_CODE = /\/\*|\/\/.*|"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'/g;

function blankOut(text: string, started: boolean): { code: string; inside: boolean } {
  let code = '';
  let at = 0;
  let inside = started;
  while (at < text.length) {
    if (inside) {
      const end = text.indexOf('*/', at);
      if (end === -1) break;
      [at, inside] = [end + 2, false];
      continue;
    }
    NO_CODE.lastIndex = at;
    const match = NO_CODE.exec(text);
    code += text.slice(at, match?.index ?? text.length);
    if (match === null) break;
    inside = match[0] === '/*';
    code += inside ? ' ' : '""';
    at = match.index + match[0].length;
  }
  return { code, inside };
}

const TYPE_OPEN = /^(?:typedef\s+)?(?:struct|union|enum)\b\s*(\w*)[^;()=]*\{/;

function scanC(file: FilePatch, path: Path): Scanned {
  const definitions: Definition[] = [];
  const uses: Mention[] = [];
  for (const hunk of file.hunks) {
    let body = bodyOf(textOf(hunk.section).trim());
    for (const line of codeLines(hunk)) {
      const opens = TYPE_OPEN.test(line.code);
      if (/^[}\w]/.test(line.code)) body = null;
      const found = line.op === ' ' ? [] : defined(line.code, body, path);
      if (opens) body = bodyOf(line.code);
      for (const each of found) definitions.push({ ...each, ...mention(line, each.symbol) });
      const used = line.op === '+' ? usedIn(line.code) : fieldsUsedIn(line.code);
      for (const symbol of used) uses.push(mention(line, symbol));
    }
  }
  return { definitions, uses };
}

function mention({ op, line, text }: CodeLine, symbol: string): Mention {
  return { symbol, op, line, text: text.trim() };
}

/** What the lines below this one are: fields or constants, or neither. */
function bodyOf(code: string): 'fields' | 'constants' | null {
  if (!TYPE_OPEN.test(`${code}${code.includes('{') ? '' : ' {'}`) || code.includes('}'))
    return null;
  return /^(?:typedef\s+)?enum\b/.test(code) ? 'constants' : 'fields';
}

type Named = Pick<Definition, 'symbol' | 'kind' | 'local'>;

function defined(code: string, body: 'fields' | 'constants' | null, path: Path): Named[] {
  const named = (symbol: string | undefined, kind: SymbolKind, local = false): Named[] =>
    symbol === undefined || symbol === '' || KEYWORDS.has(symbol) ? [] : [{ symbol, kind, local }];
  const macro = /^\s*#\s*define\s+(\w+)/.exec(code);
  if (macro !== null) return named(macro[1], 'macro', !path.endsWith('.h'));
  if (body === 'constants')
    return named(/^\s+([A-Za-z_]\w*)\s*(?:=|,|$)/.exec(code)?.[1], 'constant');
  if (/^\s/.test(code)) {
    const field =
      /^\s+[A-Za-z_][\w\s*,[\]]*?(?:\(\s*\*\s*(\w+)\s*\)|[\s*](\w+)\s*(?:\[[^\]]*\])*(?::\s*\d+)?\s*;)/;
    const match = body === 'fields' ? field.exec(code) : null;
    return named(match?.[1] ?? match?.[2], 'field');
  }
  return definedAtTop(code, path, named);
}

function definedAtTop(
  code: string,
  path: Path,
  named: (symbol: string | undefined, kind: SymbolKind, local?: boolean) => Named[],
): Named[] {
  const type = TYPE_OPEN.exec(code);
  if (type !== null) return named(type[1], 'type');
  const local = code.startsWith('static ') && !path.endsWith('.h');
  const made = /^(?:static\s+|extern\s+)?(DEFINE|DECLARE)_\w+\((.*?)\)?\s*;?$/.exec(code);
  if (made !== null) return named(/(\w+)\s*$/.exec(made[2] ?? '')?.[1], 'variable', local);
  const call = /^SYSCALL_DEFINE\d\((\w+)/.exec(code);
  if (call !== null) return named(`sys_${call[1] ?? ''}`, 'function');
  // A type, perhaps on the line above, a name and its parameters. Macros in capitals are calls.
  const fun = /^(?:[A-Za-z_][\w\s]*[\s*]\**)?([a-z_]\w*)\s*\((?!\s*\*)/.exec(code);
  if (fun !== null) return named(fun[1], 'function', local);
  const variable = /^(?:[A-Za-z_]\w*[\s*]+)+(\w+)\s*(?:\[[^\]]*\]\s*)*(?:=|;|__\w+)/.exec(code);
  return /^(?:return|goto|else|case|typedef)\b/.test(code)
    ? []
    : named(variable?.[1], 'variable', local);
}

/** Fields are used as `.name`, headers as `#include` writes them; the rest are plain names. */
function usedIn(code: string): Set<string> {
  const header = /^\s*#\s*include\s+(?:(<[^>]+>)|"([^"]+)")/.exec(code);
  if (header !== null) {
    const name = header[1] ?? `"${(header[2] ?? '').replace(/^.*\//, '')}"`;
    return new Set([name]);
  }
  const names = code.matchAll(/(\.|->)?\s*\b([A-Za-z_]\w*)/g);
  return new Set(
    [...names].flatMap(([, dot, name = '']) =>
      KEYWORDS.has(name) ? [] : [dot === undefined ? name : `.${name}`],
    ),
  );
}

/** The fields alone: of lines that were there before, nothing else is asked. */
function fieldsUsedIn(code: string): Set<string> {
  if (INCLUDE.test(code)) return new Set();
  const names = code.matchAll(/(?:\.|->)\s*\b([A-Za-z_]\w*)/g);
  return new Set([...names].flatMap(([, name = '']) => (KEYWORDS.has(name) ? [] : [`.${name}`])));
}

/** Files in which lines stand alone. */
function scanWords(
  file: FilePatch,
  names: (code: string) => { readonly config: string | null; readonly uses: readonly string[] },
): Scanned {
  const definitions: Definition[] = [];
  const uses: Mention[] = [];
  for (const hunk of file.hunks) {
    for (const { op, line, text } of linesOf(hunk)) {
      const { config, uses: used } = names(text.replace(/#.*/, ''));
      const shown = { op, line, text: text.trim() };
      if (config !== null)
        definitions.push({ ...shown, symbol: config, kind: 'config', local: false });
      for (const symbol of used) uses.push({ ...shown, symbol });
    }
  }
  return { definitions, uses };
}

function kconfigNames(code: string): { config: string | null; uses: string[] } {
  const config = /^\s*(?:menu)?config\s+(\w+)/.exec(code)?.[1];
  if (config !== undefined) return { config: `CONFIG_${config}`, uses: [] };
  const clause =
    /^\s*(?:depends\s+on|select|imply|default|if|visible\s+if|def_bool|def_tristate)\s+(.*)/.exec(
      code,
    );
  const words = (clause?.[1] ?? '').match(/\b[A-Z][A-Z0-9_]{2,}\b/g) ?? [];
  return { config: null, uses: words.map((word) => `CONFIG_${word}`) };
}

function makefileNames(code: string, path: Path): { config: null; uses: string[] } {
  const folder = path.slice(0, path.lastIndexOf('/') + 1);
  const configs = code.match(/\bCONFIG_\w+/g) ?? [];
  const objects = (code.match(/[\w./-]+\.o\b/g) ?? []).map((name) => folder + name);
  return { config: null, uses: [...configs, ...objects] };
}

const KEYWORDS: ReadonlySet<string> = new Set(
  (
    'auto break case char const continue default do double else enum extern float for goto if inline int long ' +
    'register restrict return short signed sizeof static struct switch typedef union unsigned void volatile while ' +
    'bool asm typeof __typeof__ define ifdef ifndef endif elif undef include pragma error defined NULL true false ' +
    'u8 u16 u32 u64 s8 s16 s32 s64 __init __exit __user __iomem __read_mostly __always_inline'
  ).split(' '),
);
