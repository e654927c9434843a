/** What is noted of code while it is rewritten, because the parser does not see it any more. */
import type { NameAt } from './code-text.ts';
import type { Definer } from './macros.ts';

/** An attribute that was blanked, where it stood. */
export interface Mark {
  readonly at: number;
  readonly word: string;
}

/** A macro at file scope, `EXPORT_SYMBOL(x)`, with the names in its arguments. */
export interface FileMacro {
  readonly at: number;
  readonly word: string;
  readonly names: readonly NameAt[];
}

/** A macro at file scope that the file itself defines, with what it stands for. */
export interface Expansion {
  readonly at: number;
  readonly word: string;
  readonly text: string;
}

/** A macro that defines the variable whose name stands at a position. */
export interface DefinerUse {
  readonly word: string;
  readonly definer: Definer | null;
  /** Its type argument is that of an array. */
  readonly array: boolean;
}

/** In the order of the code. */
export class Notes {
  readonly attributes: Mark[] = [];
  /** By the position of the name that they define. */
  readonly definers = new Map<number, DefinerUse>();
  readonly fileMacros: FileMacro[] = [];
  readonly expansions: Expansion[] = [];
}
