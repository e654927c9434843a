/** The inventory of globals for a terminal. */
import type { GlobalVariable, Inventory } from '../globals/inventory.ts';
import type { Place, Reference } from '../globals/names.ts';
import { printable } from './printable.ts';
import type { Style } from './style.ts';
import type { Column } from './table.ts';

/** `12 uses in 3 files`, with the singular where it belongs. */
export function count(number: number, one: string, many: string): string {
  return `${number.toLocaleString('en')} ${number === 1 ? one : many}`;
}

export function placeOf({ path, line }: Place): string {
  return `${printable(path)}:${line}`;
}

/** The name as C code would have to say it: function-static variables by their function. */
export function nameOf({ name, inside }: GlobalVariable): string {
  return printable(inside === null ? name : `${inside}.${name}`);
}

export function listColumns(style: Style): Column[] {
  return [
    { title: 'NAME', shrink: true, style: style.name },
    { title: 'KIND' },
    { title: 'WHERE', shrink: true, style: style.faint },
    { title: 'READ', align: 'right' },
    { title: 'WRITTEN', align: 'right' },
    { title: 'ADDRESS', align: 'right' },
    { title: 'FILES', align: 'right' },
  ];
}

/** A row of the list: what it is, and how much it is used. */
export function listRow(variable: GlobalVariable): string[] {
  const of = (...accesses: string[]): string => {
    const some = variable.references.filter(({ access }) => accesses.includes(access)).length;
    return some === 0 ? '.' : String(some);
  };
  const files = new Set(variable.references.map(({ path }) => path)).size;
  return [
    nameOf(variable),
    variable.kind,
    placeOf(variable),
    of('read'),
    of('write', 'update'),
    of('address'),
    String(files),
  ];
}

/** The last line of the list. */
export function totals({ globals, files, lines, unread }: Inventory): string[] {
  const writable = globals.filter((each) => each.writable).length;
  const text = [
    `${count(writable, 'writable global', 'writable globals')} of ${count(globals.length, 'variable', 'variables')}`,
    `in ${count(files, 'file', 'files')}, ${count(lines, 'line', 'lines')}`,
  ].join(' ');
  if (unread.length === 0) return [text];
  return [`${text}; ${count(unread.length, 'file', 'files')} not read as a whole`];
}

/** One line for each file that was not read as a whole. */
export function describeUnread({ unread }: Inventory): string[] {
  return unread.map(({ path, line, text }) =>
    line === null ? `'${printable(path)}': ${text}` : `'${printable(path)}' line ${line}: ${text}`,
  );
}

function facts(variable: GlobalVariable): string[] {
  const words = [variable.storage === 'none' ? '' : variable.storage];
  if (variable.inside !== null) words.push(`in function ${printable(variable.inside)}`);
  if (variable.isConst) words.push('const');
  if (variable.percpu) words.push('per cpu');
  if (variable.exported) words.push('exported');
  if (variable.initialised) words.push('initialised');
  words.push(...variable.attributes.map((word) => printable(word)));
  if (variable.macro !== null) words.push(`by ${printable(variable.macro)}`);
  return words.filter((word) => word !== '');
}

/** Everything about one variable. */
export function describeGlobal(variable: GlobalVariable, style: Style): string[] {
  const { references } = variable;
  const lines = [
    `${style.name(nameOf(variable))}  ${variable.kind}  ${style.faint(placeOf(variable))}`,
    `  ${[printable(variable.type), ...facts(variable)].join(', ')}`,
  ];
  const also = (word: string, places: readonly Place[]): void => {
    if (places.length > 0)
      lines.push(`  ${word} ${places.map((each) => placeOf(each)).join(', ')}`);
  };
  also('defined as well in', variable.others);
  also('declared in', variable.declarations);
  also('hidden by a macro in', variable.hiddenBy);
  if (variable.conditions.length > 0)
    lines.push(`  if ${printable(variable.conditions.join(' and '))}`);
  lines.push(
    references.length === 0 ? '  never used' : `  ${count(references.length, 'use', 'uses')}`,
  );
  for (const [path, some] of Map.groupBy(references, (each) => each.path)) {
    lines.push(`    ${printable(path)}`);
    for (const [owner, uses] of Map.groupBy(some, (each) => ownerOf(each)))
      lines.push(`      ${owner}: ${describeUses(uses, style)}`);
  }
  return lines;
}

function ownerOf({ owner }: Reference): string {
  if (owner.kind === 'file') return 'at file scope';
  if (owner.kind === 'variable') return `initialiser of ${printable(owner.name)}`;
  return owner.kind === 'macro' ? `macro ${printable(owner.name)}` : `${printable(owner.name)}()`;
}

function describeUses(uses: readonly Reference[], style: Style): string {
  const groups = Map.groupBy(uses, ({ access, via }) =>
    via === null ? access : `${access} through ${printable(via)}`,
  );
  return [...groups]
    .map(([what, some]) => `${what} ${style.faint(some.map(({ line }) => line).join(' '))}`)
    .join(', ');
}
