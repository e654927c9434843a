/**
 * Macros of a file's own that stand at file scope and define things: `EXT4_ATTR_FUNC(discard, 0200);`
 * behind `#define EXT4_ATTR_FUNC(name, mode) static struct ext4_attr ext4_attr_##name = …`. They are
 * expanded as a preprocessor does it (ISO/IEC 9899:2018, 6.10.3), but for the order in which
 * arguments are expanded. Macros of headers are not: those that matter are in `macros.ts`.
 */
import type { Effort } from './effort.ts';
import type { Directive } from './trivia.ts';

export interface LocalMacro {
  readonly parameters: readonly string[];
  readonly body: string;
}

export type LocalMacros = ReadonlyMap<string, LocalMacro>;

/** What expanding takes. */
export interface Means {
  readonly macros: LocalMacros;
  readonly effort: Effort;
}

const DEFINITION = /^([A-Za-z_]\w*)\(([^)]*)\)\s*([^]*)$/;
const DEEPEST = 8;
/** Characters: a macro that grows larger is left alone. */
const LONGEST = 20_000;

/** The macros with parameters that the file defines. */
export function localMacros(directives: readonly Directive[]): LocalMacros {
  const macros = new Map<string, LocalMacro>();
  for (const { word, text } of directives) {
    const found = word === 'define' ? DEFINITION.exec(text) : null;
    if (found === null) continue;
    const [, name = '', parameters = '', body = ''] = found;
    const names = parameters
      .split(',')
      .map((each) => each.trim().replace(/^\.\.\.$/, '__VA_ARGS__'));
    macros.set(name, { parameters: names, body });
  }
  return macros;
}

/** What `name(arguments)` expands to; empty when that is too much. */
export function expand(means: Means, name: string, values: readonly string[], depth = 0): string {
  const macro = means.macros.get(name);
  if (macro === undefined || depth > DEEPEST) return '';
  const text = substitute(macro, values);
  // Many that expand to nothing are work as well.
  means.effort.spend(macro.body.length + text.length + 1);
  return text.length > LONGEST ? '' : expandInside(means, text, depth + 1);
}

function substitute({ parameters, body }: LocalMacro, values: readonly string[]): string {
  const valueOf = new Map(parameters.map((name, index) => [name, values[index] ?? '']));
  const last = parameters.at(-1) ?? '';
  if (last === '__VA_ARGS__') valueOf.set(last, values.slice(parameters.length - 1).join(', '));
  return body
    .replace(/(?<!#)#\s*([A-Za-z_]\w*)/g, (whole, name: string) =>
      valueOf.has(name) ? '""' : whole,
    )
    .replace(/[A-Za-z_]\w*/g, (word) => valueOf.get(word) ?? word)
    .replace(/\s*##\s*/g, '');
}

function expandInside(means: Means, text: string, depth: number): string {
  let result = '';
  let at = 0;
  for (const found of text.matchAll(/[A-Za-z_]\w*(?=\s*\()/g)) {
    if (found.index < at || !means.macros.has(found[0])) continue;
    const open = text.indexOf('(', found.index);
    const { values, end } = splitArguments(text, open);
    means.effort.spend(end - open);
    result += text.slice(at, found.index) + expand(means, found[0], values, depth);
    at = end;
    if (result.length > LONGEST) return '';
  }
  return result + text.slice(at);
}

/** The arguments in the brackets that begin at `open`, and the place behind them. */
export function splitArguments(text: string, open: number): { values: string[]; end: number } {
  const values: string[] = [];
  let [depth, from] = [0, open + 1];
  for (let at = open; at < text.length; at += 1) {
    const character = text[at] ?? '';
    if ('([{'.includes(character)) depth += 1;
    else if (')]}'.includes(character)) depth -= 1;
    if (depth === 0 || (depth === 1 && character === ',')) {
      values.push(text.slice(from, at).trim());
      from = at + 1;
    }
    if (depth === 0) return { values, end: at + 1 };
  }
  return { values, end: text.length };
}
