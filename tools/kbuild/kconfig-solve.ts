/**
 * From what somebody wishes to what comes out: dependencies, defaults and selects followed until
 * nothing moves, in the order of `scripts/kconfig/conf`, so that the answers are its answers. Pure.
 */
import { expressionText, holds } from './kconfig-expression.ts';
import type { Kconfig, KconfigFault, Option, ValueLine } from './kconfig-types.ts';

/** What is asked for, by option; `line` is where a file asks for it, 0 where none does. */
export type Wishes = ReadonlyMap<string, { readonly value: string; readonly line: number }>;

/** A value for every option of a tree. */
export interface Solution {
  readonly kind: 'solution';
  readonly kconfig: Kconfig;
  /** `y` and `n` for bool, decimal digits for int, the bare text for string. */
  readonly values: ReadonlyMap<string, string>;
  /** Which option forces another to `y`. */
  readonly selectedBy: ReadonlyMap<string, string>;
}

/** Rounds after which conf.c takes it that the options go in a circle. */
const ROUNDS = 201;

/** Give every option its value. */
export function solve(kconfig: Kconfig, wishes: Wishes): Solution | KconfigFault {
  const solver = new Solver(kconfig, wishes);
  for (let round = 0; round < ROUNDS; round += 1) {
    if (!solver.round())
      return { kind: 'solution', kconfig, values: solver.values, selectedBy: solver.selectedBy };
  }
  const [path = 'Kconfig'] = kconfig.paths;
  return { kind: 'fault', path, line: null, message: 'options depend on each other in a circle' };
}

/** Whether an option's dependencies are met. */
export function isPossible({ values }: Solution, option: Option): boolean {
  return holds(option.depends, (name) => values.get(name) ?? name);
}

class Solver {
  readonly values = new Map<string, string>();
  selectedBy = new Map<string, string>();
  readonly #options: ReadonlyMap<string, Option>;
  readonly #wishes: Wishes;
  readonly #valueOf = (name: string): string => this.values.get(name) ?? name;

  constructor({ options }: Kconfig, wishes: Wishes) {
    this.#options = options;
    this.#wishes = wishes;
    for (const [name, { type }] of options) this.values.set(name, type === 'bool' ? 'n' : '');
  }

  /** Each option once. Returns whether any changed. */
  round(): boolean {
    this.selectedBy = this.#selected();
    let moved = false;
    for (const [name, option] of this.#options) {
      const value = this.#value(option);
      if (value === this.values.get(name)) continue;
      this.values.set(name, value);
      moved = true;
    }
    return moved;
  }

  #selected(): Map<string, string> {
    const found = new Map<string, string>();
    for (const [name, { selects }] of this.#options) {
      if (this.values.get(name) !== 'y') continue;
      for (const line of selects) if (this.#counts(line)) found.set(line.value, name);
    }
    return found;
  }

  #value(option: Option): string {
    const { name, type, prompt } = option;
    if (!holds(option.depends, this.#valueOf)) return type === 'bool' ? 'n' : this.#default(option);
    if (type === 'bool' && this.selectedBy.has(name)) return 'y';
    const wish = this.#wishes.get(name);
    return wish !== undefined && prompt !== null ? wish.value : this.#default(option);
  }

  #default({ type, defaults }: Option): string {
    const line = defaults.find((each) => this.#counts(each));
    if (line !== undefined) return type === 'bool' ? this.#valueOf(line.value) : line.value;
    return type === 'bool' ? 'n' : type === 'int' ? '0' : '';
  }

  #counts({ condition }: ValueLine): boolean {
    return holds(condition, this.#valueOf);
  }
}

/**
 * What a file asks for and the rules do not give, each with the reason, as conf says it; `path` is how
 * messages name the file. A file with refusals is refused as a whole.
 */
export function refusals(solution: Solution, wishes: Wishes, path: string): string[] {
  const found: string[] = [];
  for (const [name, option] of solution.kconfig.options) {
    const wish = wishes.get(name);
    const value = solution.values.get(name) ?? '';
    const where = `${path}:${wish?.line ?? 0}: CONFIG_${name}=`;
    const range = option.type === 'int' ? rangeFault(solution, option, value) : null;
    if (range !== null) found.push(`${where}${value} refused: ${range}`);
    if (wish === undefined || wish.value === value) continue;
    const why = whyNot(solution, option);
    if (why !== null) found.push(`${where}${wish.value} refused${why}`);
  }
  return found;
}

/** Why a wish did not come true; null where that is in order. */
function whyNot(solution: Solution, option: Option): string | null {
  if (option.depends !== null && !isPossible(solution, option)) {
    if (option.type !== 'bool') return null;
    return `: it depends on ${expressionText(option.depends)}, which is not so`;
  }
  const selecting = solution.selectedBy.get(option.name);
  if (selecting !== undefined) return `: CONFIG_${selecting} selects it`;
  return option.prompt === null ? null : '';
}

function rangeFault({ values }: Solution, { ranges }: Option, value: string): string | null {
  const number = integer(value);
  if (number === null) return 'not a number';
  for (const { low, high, condition } of ranges) {
    if (!holds(condition, (name) => values.get(name) ?? name)) continue;
    if (number < leadingInteger(low) || number > leadingInteger(high))
      return `not in the range ${low} to ${high}`;
  }
  return null;
}

/** As C's strtol() with base 0 reads a whole text; null where something is left over. */
function integer(text: string): number | null {
  const [, sign, digits = ''] = /^\s*([+-]?)(0[xX][0-9a-fA-F]+|[0-9]+)$/.exec(text) ?? [];
  if (digits === '') return null;
  if (/^0[0-9]+$/.test(digits) && !/^0[0-7]+$/.test(digits)) return null;
  const value = /^0[0-7]+$/.test(digits) ? Number.parseInt(digits, 8) : Number(digits);
  return sign === '-' ? -value : value;
}

/** As C's atol(): the digits at the start, else 0. */
export function leadingInteger(text: string): number {
  return Number(/^\s*[+-]?\d+/.exec(text)?.[0] ?? 0);
}
