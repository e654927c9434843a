/** Uses of names in the bodies of macros: `#define utsname() (&system_utsname)`. */
import type { Access, Owner } from '../types.ts';
import type { Lines } from './lines.ts';
import type { Directive } from './trivia.ts';

export interface MacroFacts {
  readonly owner: Owner;
  readonly uses: readonly (readonly [name: string, access: Access, element: boolean])[];
}

const DEFINITION = /^([A-Za-z_]\w*)(\(([^)]*)\))?\s*([^]*)$/;
const NAME = /(?<![\w.]|->\s*)[A-Za-z_]\w*/g;
const KEYWORD =
  /^(?:if|else|do|while|for|return|sizeof|typeof|__typeof__|struct|union|enum|const|static|extern|inline|void|int|long|unsigned|signed|char|short|volatile|goto|break|continue|switch|case|default)$/;

/** What every `#define` uses, by the bare look of the text around each name. */
export function readMacros(directives: readonly Directive[], lines: Lines): MacroFacts[] {
  return directives.flatMap(({ word, text, start }) => {
    const found = word === 'define' ? DEFINITION.exec(text) : null;
    if (found === null) return [];
    const [, name = '', , parameters = '', body = ''] = found;
    const bound = new Set([...parameters.split(',').map((each) => each.trim()), ...localsOf(body)]);
    const owner: Owner = {
      kind: 'macro',
      name,
      line: lines.at(start),
      isStatic: true,
      attributes: [],
    };
    return [{ owner, uses: usesIn(body.replace(/"(?:[^"\\]|\\.)*"/g, '""'), bound) }];
  });
}

function usesIn(body: string, bound: ReadonlySet<string>): MacroFacts['uses'] {
  const uses: [string, Access, boolean][] = [];
  for (const { 0: name, index } of body.matchAll(NAME)) {
    if (bound.has(name) || KEYWORD.test(name)) continue;
    const before = body.slice(Math.max(0, index - 16), index);
    const after = body.slice(index + name.length, index + name.length + 80);
    // Pasted, it is no name of its own; behind `struct` it is a type.
    if (/##\s*$/.test(before) || /^\s*##/.test(after)) continue;
    if (/\b(?:struct|union|enum|goto)\s+$/.test(before)) continue;
    uses.push([name, accessBy(before, after), /^\s*\[/.test(after)]);
  }
  return uses;
}

/** Variables that a statement expression declares for itself. */
function localsOf(body: string): string[] {
  const declarations = body.matchAll(
    /[{;(]\s*(?:[A-Za-z_]\w*(?:\([^()]*\))?[\s*]+)+([A-Za-z_]\w*)\s*[=;]/g,
  );
  return [...declarations].flatMap(([, name]) => name ?? []);
}

function accessBy(before: string, after: string): Access {
  if (/(?:^|[^&])&\s*\(?\s*$/.test(before) && !/[\w)\]]\s*&\s*\(?$/.test(before)) return 'address';
  if (/sizeof\s*\(?\s*$/.test(before)) return 'sizeof';
  if (/(?:\+\+|--)\s*$/.test(before) || /^\s*(?:\+\+|--)/.test(after)) return 'update';
  const rest = after.replace(/^(?:\s*\.\s*\w+|\s*\[[^\]]*\])+/, '');
  if (/^\s*=(?!=)/.test(rest)) return 'write';
  if (/^\s*(?:[-+*/%&|^]|<<|>>)=/.test(rest)) return 'update';
  return /^\s*\(/.test(after) ? 'call' : 'read';
}
