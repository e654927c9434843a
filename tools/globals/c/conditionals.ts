/**
 * Second step: which parts of `#if … #else … #endif` are read. Both sides of a conditional are read
 * one after the other where each is whole declarations, statements or items of a list, so that what
 * any configuration defines is found. Where sides are fragments (two heads of one function), only
 * the first is read, as ctags does it. Never read is what no kernel build compiles.
 */
import type { Effort } from './effort.ts';
import { type Directive, blank } from './trivia.ts';

/** Code that is there under a condition. */
export interface Region {
  readonly start: number;
  readonly end: number;
  /** As in `defined(CONFIG_SMP)`; `!(…)` for an else. */
  readonly condition: string;
}

interface Branch {
  readonly start: number;
  end: number;
  readonly condition: string;
}

/** Never true where the kernel is compiled: assembler's and C++'s view of headers, and `0`. */
const DEAD = /^(?:0|defined\((?:__ASSEMBLY__|__ASSEMBLER__|__cplusplus)\))$/;
const ALIVE = /^(?:1|!\((?:0|defined\((?:__ASSEMBLY__|__ASSEMBLER__|__cplusplus)\))\))$/;
/** The guard against including a header twice is no condition. */
const GUARD = /^!\(defined\(\w*_H_*\)\)$/;

/** The conditions over a position, outermost first. */
export function conditionsAt(regions: readonly Region[], position: number): string[] {
  return regions
    .filter(({ start, end }) => start <= position && position < end)
    .map(({ condition }) => condition);
}

/** Blank what is not read, in place, and return the conditions over what is. */
export function resolveConditionals(
  code: Uint8Array,
  directives: readonly Directive[],
  effort: Effort,
): Region[] {
  const regions: Region[] = [];
  const open: { start: number; branches: Branch[] }[] = [];
  for (const { word, text, start, end } of directives) {
    const group = open.at(-1);
    if (word === 'if' || word === 'ifdef' || word === 'ifndef') {
      open.push({ start, branches: [{ start: end, end, condition: conditionOf(word, text) }] });
    } else if (group === undefined) {
      continue;
    } else if (word === 'elif' || word === 'else' || word === 'elifdef' || word === 'elifndef') {
      const last = group.branches.at(-1);
      if (last !== undefined) last.end = start;
      group.branches.push({ start: end, end, condition: elseOf(group.branches, word, text) });
    } else if (word === 'endif') {
      const last = group.branches.at(-1);
      if (last !== undefined) last.end = start;
      effort.spend(end - group.start);
      regions.push(...settle(code, group.start, group.branches));
      open.pop();
    }
  }
  return regions.sort((a, b) => a.start - b.start || b.end - a.end);
}

function conditionOf(word: string, text: string): string {
  if (word === 'ifdef') return `defined(${text})`;
  if (word === 'ifndef') return `!(defined(${text}))`;
  return text.replace(/\bdefined\s+(\w+)/g, 'defined($1)').replace(/\s+/g, ' ');
}

function elseOf(branches: readonly Branch[], word: string, text: string): string {
  const before = branches[0]?.condition ?? '';
  if (word === 'else') return branches.length === 1 ? `!(${before})` : 'else';
  return conditionOf(word.replace('el', ''), text);
}

/** Decide on one group, whose inner groups have been settled. */
function settle(code: Uint8Array, start: number, branches: readonly Branch[]): Region[] {
  const alive = branches.filter(({ condition }) => !DEAD.test(condition));
  const certain = alive.find(({ condition }) => ALIVE.test(condition));
  const kept = certain === undefined ? joinable(code, start, alive) : [certain];
  for (const branch of branches) if (!kept.includes(branch)) blank(code, branch.start, branch.end);
  return kept.filter(({ condition }) => !GUARD.test(condition) && !ALIVE.test(condition));
}

/** All branches where they can be read one after the other, else the first. */
function joinable(code: Uint8Array, start: number, branches: readonly Branch[]): readonly Branch[] {
  if (branches.length < 2) return branches;
  const whole =
    isBoundary(code, lastCode(code, start, 0)) && branches.every((branch) => isWhole(code, branch));
  return whole ? branches : branches.slice(0, 1);
}

const BLANK = 32;

/** The last byte of code in [start, end), read backwards; -1 when there is none. */
function lastCode(code: Uint8Array, end: number, start: number): number {
  for (let at = end - 1; at >= start; at -= 1) if ((code[at] ?? 0) > BLANK) return at;
  return -1;
}

/** Behind `;`, `{`, `}`, `,`, `:` or nothing, something new begins. */
function isBoundary(code: Uint8Array, at: number): boolean {
  return at === -1 || ';{},:'.includes(String.fromCharCode(code[at] ?? 0));
}

/** Brackets close where they open, and the end is that of a declaration, statement or item. */
function isWhole(code: Uint8Array, { start, end }: Branch): boolean {
  let depth = 0;
  for (let at = start; at < end; at += 1) {
    const byte = code[at];
    if (byte === 123 || byte === 40 || byte === 91) depth += 1;
    else if (byte === 125 || byte === 41 || byte === 93) depth -= 1;
    if (depth < 0) return false;
  }
  if (depth !== 0) return false;
  const last = lastCode(code, end, start);
  // A macro at file scope may stand without a semicolon: in the first column, closed by a bracket.
  return isBoundary(code, last) || (code[last] === 41 && startsLineWithWord(code, start, last));
}

function startsLineWithWord(code: Uint8Array, start: number, last: number): boolean {
  let at = last;
  while (at > start && code[at - 1] !== 10) at -= 1;
  return (code[at] ?? 0) > BLANK && code[at] !== 41;
}
