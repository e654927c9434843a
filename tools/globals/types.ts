/**
 * Facts about the global variables of C source. Facts of a file depend on its bytes only, so that
 * they are kept by content; what a name means in a whole tree is found afterwards (`inventory.ts`).
 */
import type { Path } from '../patch/types.ts';

/** What is done with a variable at one place. `update` is reading and writing, as `x++` does. */
export const ACCESSES = ['read', 'write', 'update', 'address', 'sizeof', 'call'] as const;
export type Access = (typeof ACCESSES)[number];

/** A definition with static storage duration, or (`declared`) a mere declaration of one. */
export interface VariableFact {
  readonly name: string;
  /** Counts from 1. */
  readonly line: number;
  readonly storage: 'static' | 'extern' | 'none';
  /** It declares and does not define. */
  readonly declared: boolean;
  /** The function that a function-static variable belongs to. */
  readonly inside: string | null;
  /** As written, without the name: `struct list_head [64]`. */
  readonly type: string;
  readonly array: boolean;
  /** The object itself cannot be written (what it points to may be). */
  readonly isConst: boolean;
  readonly initialised: boolean;
  readonly percpu: boolean;
  /** `__initdata`, `__read_mostly` and the like. */
  readonly attributes: readonly string[];
  /** The macro that defines it. */
  readonly macro: string | null;
  /** The macro is none that is known: name and type are a guess from its form. */
  readonly guessed: boolean;
  /** Conditions of `#if` around it, outermost first. */
  readonly conditions: readonly string[];
}

/** Where uses stand: a function, the initialiser of a variable, a macro, or a macro at file scope. */
export interface Owner {
  readonly kind: 'function' | 'variable' | 'macro' | 'file';
  readonly name: string;
  readonly line: number;
  readonly isStatic: boolean;
  readonly attributes: readonly string[];
}

/** A use: line, owner (an index), what is done, and whether to an element of it (`x[i]`). */
export interface Use {
  readonly line: number;
  readonly owner: number;
  readonly access: Access;
  readonly element: boolean;
}

/** What could not be read. */
export interface Problem {
  readonly kind: 'syntax' | 'binary' | 'too-large';
  /** Of the first of them; null when no line is meant. */
  readonly line: number | null;
  readonly count: number;
  readonly text: string;
}

/** All that is known of one file. */
export interface FileFacts {
  readonly variables: readonly VariableFact[];
  readonly owners: readonly Owner[];
  /** Uses of names that no parameter, local or member binds. Three numbers each: see `addUse`. */
  readonly uses: readonly (readonly [name: string, packed: readonly number[]])[];
  /** Names that mean something else in this file: enumerators and typedefs are not variables. */
  readonly constants: readonly string[];
  readonly exported: readonly string[];
  /** C files that this one includes: names as written, and the conditions around the line. */
  readonly includes: readonly { readonly name: string; readonly conditions: readonly string[] }[];
  readonly problems: readonly Problem[];
  readonly lines: number;
}

/** A use as numbers: line, owner, access with bit 3 for an element. */
export const USE_WIDTH = 3;
const ELEMENT = 8;

export function addUse(packed: number[], { line, owner, access, element }: Use): void {
  packed.push(line, owner, ACCESSES.indexOf(access) | (element ? ELEMENT : 0));
}

/** The same uses where `count` owners have come before theirs. */
export function withOwnersFrom(count: number, packed: readonly number[]): number[] {
  const moved = [...packed];
  if (count === 0) return moved;
  for (let at = 1; at < moved.length; at += USE_WIDTH) moved[at] = (moved[at] ?? 0) + count;
  return moved;
}

/** The use that begins at `at`, a multiple of `USE_WIDTH`. */
export function useAt(packed: readonly number[], at: number): Use {
  const code = packed[at + 2] ?? 0;
  return {
    line: packed[at] ?? 0,
    owner: packed[at + 1] ?? 0,
    access: ACCESSES[code & (ELEMENT - 1)] ?? 'read',
    element: (code & ELEMENT) !== 0,
  };
}

/** Only the owner of that use. */
export function ownerAt(packed: readonly number[], at: number): number {
  return packed[at + 1] ?? 0;
}

export function* unpackUses(packed: readonly number[]): Generator<Use> {
  for (let at = 0; at < packed.length; at += USE_WIDTH) yield useAt(packed, at);
}

/** Facts of all C files of a tree. */
export type TreeFacts = ReadonlyMap<Path, FileFacts>;
