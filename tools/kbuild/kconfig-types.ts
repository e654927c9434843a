/**
 * The part of the Kconfig language that the modelled kernel uses, as values: `config` with
 * bool/int/string and an optional prompt, `default … if`, `depends on`, `select`, `range`, `help`,
 * `if`, `menu`, `source`, `comment`. The reference is the tree's own `scripts/kconfig/conf`: what it
 * refuses is refused here, and what it answers is answered here (test/kbuild/kconfig.oracle.test.ts).
 *
 * Texts are Latin-1: a byte is a character, so that what is written is what was read.
 */

/** An expression as in `depends on`. A symbol that nothing defines stands for its own name. */
export type Expression =
  | { readonly op: 'symbol'; readonly name: string }
  | { readonly op: 'not'; readonly of: Expression }
  | { readonly op: 'and' | 'or'; readonly left: Expression; readonly right: Expression }
  | { readonly op: 'equal' | 'unequal'; readonly left: string; readonly right: string };

export type OptionType = 'bool' | 'int' | 'string';

/** A line that counts only if `condition` holds; null holds always. */
export interface Conditional {
  readonly condition: Expression | null;
}

/** `default VALUE`, `select NAME`. */
export interface ValueLine extends Conditional {
  readonly value: string;
}

export interface RangeLine extends Conditional {
  readonly low: string;
  readonly high: string;
}

/** What one `config` entry says. */
export interface Option {
  /** Without `CONFIG_`. */
  readonly name: string;
  readonly path: string;
  readonly line: number;
  readonly type: OptionType;
  /** Without a prompt the option is computed, not chosen. */
  readonly prompt: string | null;
  /** All that stands around and in the entry; null for nothing. */
  readonly depends: Expression | null;
  readonly defaults: readonly ValueLine[];
  readonly selects: readonly ValueLine[];
  readonly ranges: readonly RangeLine[];
}

/** All options, in the order in which they are defined. */
export interface Kconfig {
  readonly kind: 'kconfig';
  readonly options: ReadonlyMap<string, Option>;
  /** Every file that was read. */
  readonly paths: readonly string[];
}

/** Why a tree has no configuration. */
export interface KconfigFault {
  readonly kind: 'fault';
  readonly path: string;
  /** From 1; null where the fault is no line's. */
  readonly line: number | null;
  readonly message: string;
}
