/**
 * What a verb is. A record says everything about the verb except how it works: parsing, help,
 * completion, the manual page and the README's table are made from it. The work lies in a module
 * of its own under `run/`, which the registry imports only when the verb is called, so that starting
 * Seam stays quick however many verbs there are.
 */
import type { Context } from './context.ts';

/** The headings of `seam --help`, in the order in which they are printed. */
export const GROUPS = {
  main: 'The main job',
  read: 'Look at a series',
  apply: 'Apply and move',
  edit: 'Edit a series',
  prove: 'Prove every patch',
  review: 'Review threads',
  model: 'The worked example',
  setup: 'Set-up and help',
} as const;

export type Group = keyof typeof GROUPS;

/** What a value names; it decides what the shell completes. */
export type ValueKind = 'text' | 'file' | 'directory' | 'patch' | 'verb';

interface ValueSpec {
  /** The placeholder in usage lines: `DIR`, `N`. */
  readonly value: string;
  readonly kind?: ValueKind;
}

interface OptionCommon {
  /** One letter, without the dash. */
  readonly short?: string;
  /** Lower case, no full stop; defaults are named in words. */
  readonly summary: string;
}

/** `--json`: present or not. */
export interface FlagOption extends OptionCommon {
  readonly type: 'flag';
}
/** `--to PATCH`. */
export interface TextOption extends OptionCommon, ValueSpec {
  readonly type: 'text';
}
/** `--exclude GLOB`, which can be given several times. */
export interface ListOption extends OptionCommon, ValueSpec {
  readonly type: 'list';
}
/** `--jobs N`: an integer of at least `min` (0 by default). */
export interface NumberOption extends OptionCommon {
  readonly type: 'number';
  readonly value: string;
  readonly min?: number;
}
/** `--color WHEN`: one of a few words. */
export interface ChoiceOption extends OptionCommon {
  readonly type: 'choice';
  readonly value: string;
  readonly choices: readonly string[];
}

export type OptionSpec = FlagOption | TextOption | ListOption | NumberOption | ChoiceOption;

/** Options by their long name without the dashes: `{'config-set': …}` is `--config-set`. */
export type OptionSpecs = Readonly<Record<string, OptionSpec>>;

export interface ArgumentSpec {
  /** Lower case, as in `seam apply [patches…]`. */
  readonly name: string;
  readonly summary: string;
  readonly optional?: boolean;
  /** Takes all that is left; only the last argument may. */
  readonly variadic?: boolean;
  readonly kind?: ValueKind;
  readonly choices?: readonly string[];
}

type OptionValue<O extends OptionSpec> = O extends FlagOption
  ? boolean
  : O extends ListOption
    ? readonly string[]
    : O extends NumberOption
      ? number | undefined
      : O extends ChoiceOption
        ? O['choices'][number] | undefined
        : string | undefined;

type ArgumentValue<A extends ArgumentSpec> = A extends { variadic: true }
  ? readonly string[]
  : A extends { optional: true }
    ? string | undefined
    : string;

/** The parsed command line, typed from the record: no verb parses strings itself. */
export interface Input<
  A extends readonly ArgumentSpec[] = readonly ArgumentSpec[],
  O extends OptionSpecs = OptionSpecs,
> {
  readonly args: { readonly [I in keyof A]: ArgumentValue<A[I]> };
  readonly options: { readonly [K in keyof O]: OptionValue<O[K]> };
}

/** Does a verb's work and returns the exit status. */
export type RunFunction<A extends readonly ArgumentSpec[], O extends OptionSpecs> = (
  ctx: Context,
  input: Input<A, O>,
) => Promise<number> | number;

export interface Verb<
  A extends readonly ArgumentSpec[] = readonly ArgumentSpec[],
  O extends OptionSpecs = OptionSpecs,
> {
  /** One word, or two (`cache gc`) for a verb of a family. */
  readonly name: string;
  readonly group: Group;
  /** Imperative, lower case, no full stop, at most 60 characters. */
  readonly summary: string;
  /** Paragraphs of plain text; the first says what the verb is for and what it prints. */
  readonly description: readonly string[];
  readonly arguments: A;
  readonly options: O;
  /** Commands to paste, each with what it does. */
  readonly examples: readonly (readonly [command: string, does: string])[];
}

/** The values of options of which none was given, for a verb that does another's work. */
export function noneOf<O extends OptionSpecs>(specs: O): Input<readonly [], O>['options'] {
  const values = Object.entries(specs).map(([name, { type }]) => [
    name,
    type === 'flag' ? false : type === 'list' ? [] : undefined,
  ]);
  return Object.fromEntries(values) as Input<readonly [], O>['options'];
}

/** The `run` of a verb's module: `export const run: Run<typeof apply> = …`. */
export type Run<V> = V extends Verb<infer A, infer O> ? RunFunction<A, O> : never;

/** A record with its work, as the registry holds it; the types of its input are forgotten. */
export interface AnyVerb extends Verb {
  readonly load: () => Promise<{
    readonly run: (ctx: Context, input: never) => Promise<number> | number;
  }>;
}

/** Joins a record to the module that does its work; the compiler checks that the two agree. */
export function entry<A extends readonly ArgumentSpec[], O extends OptionSpecs>(
  verb: Verb<A, O>,
  load: () => Promise<{ readonly run: RunFunction<A, O> }>,
): AnyVerb {
  return { ...verb, load };
}

/** Keeps the literal types of a record, from which `Run` knows what the options are. */
export function defineVerb<const A extends readonly ArgumentSpec[], const O extends OptionSpecs>(
  verb: Verb<A, O>,
): Verb<A, O> {
  return verb;
}
