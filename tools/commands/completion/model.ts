/** What the three shells have in common: what can follow where. */
import { GLOBAL_OPTIONS, VERSION_OPTION, freeShort } from '../global-options.ts';
import { globalsOf } from '../program.ts';
import type { AnyVerb, ArgumentSpec, OptionSpec, OptionSpecs } from '../types.ts';

/** What a shell offers for a value. */
export type Candidates =
  | { readonly kind: 'words'; readonly words: readonly string[] }
  | { readonly kind: 'file' | 'directory' | 'patch' | 'text' };

export interface CompletedOption {
  readonly long: string;
  readonly short: string | undefined;
  readonly summary: string;
  /** `undefined`: takes no value. */
  readonly value: { readonly name: string; readonly candidates: Candidates } | undefined;
  readonly repeatable: boolean;
}

export interface CompletedVerb {
  /** One word or two. */
  readonly words: readonly string[];
  readonly summary: string;
  /** Options of this verb alone. */
  readonly own: readonly CompletedOption[];
  /** All that can follow it: its own first, then the global ones. */
  readonly options: readonly CompletedOption[];
  readonly arguments: readonly {
    readonly name: string;
    readonly variadic: boolean;
    readonly candidates: Candidates;
  }[];
}

function ofKind(kind: ArgumentSpec['kind'], verbs: readonly AnyVerb[]): Candidates {
  if (kind === 'verb') return { kind: 'words', words: firstWords(verbs) };
  // Names of patches come from `seam series`, where there is one to ask.
  if (kind === 'patch' && !verbs.some((verb) => verb.name === 'series')) return { kind: 'text' };
  return { kind: kind ?? 'text' };
}

function completeOption(
  [long, spec]: readonly [string, OptionSpec],
  taken: OptionSpecs,
  verbs: readonly AnyVerb[],
): CompletedOption {
  const { summary } = spec;
  const short = freeShort(spec.short, taken);
  const repeatable = spec.type === 'list';
  if (spec.type === 'flag') return { long, short, summary, value: undefined, repeatable };
  const candidates: Candidates =
    spec.type === 'choice'
      ? { kind: 'words', words: spec.choices }
      : ofKind(spec.type === 'number' ? 'text' : spec.kind, verbs);
  return { long, short, summary, value: { name: spec.value, candidates }, repeatable };
}

/** The options before the verb. */
export function globalOptions(verbs: readonly AnyVerb[]): readonly CompletedOption[] {
  const specs: OptionSpecs = { ...GLOBAL_OPTIONS, ...VERSION_OPTION };
  return Object.entries(specs).map((entry) => completeOption(entry, {}, verbs));
}

function completeVerb(verb: AnyVerb, verbs: readonly AnyVerb[]): CompletedVerb {
  const own = Object.entries(verb.options).map((entry) => completeOption(entry, {}, verbs));
  const global = Object.entries(globalsOf(verb)).map((entry) =>
    completeOption(entry, verb.options, verbs),
  );
  return {
    words: verb.name.split(' '),
    summary: verb.summary,
    own,
    options: [...own, ...global],
    arguments: verb.arguments.map(({ name, variadic, choices, kind }) => ({
      name,
      variadic: variadic === true,
      candidates: choices === undefined ? ofKind(kind, verbs) : { kind: 'words', words: choices },
    })),
  };
}

export function completedVerbs(verbs: readonly AnyVerb[]): readonly CompletedVerb[] {
  return verbs.map((verb) => completeVerb(verb, verbs));
}

/** What can stand as the first word: verbs and families of verbs, each once. */
export function firstWords(verbs: readonly { readonly name: string }[]): string[] {
  return [...new Set(verbs.map((verb) => verb.name.split(' ')[0] ?? ''))];
}

/** Families (`cache`) with their second words (`gc`). */
export function families(
  verbs: readonly CompletedVerb[],
): ReadonlyMap<string, readonly CompletedVerb[]> {
  const found = new Map<string, CompletedVerb[]>();
  for (const verb of verbs) {
    const [first = '', second] = verb.words;
    if (second !== undefined) found.set(first, [...(found.get(first) ?? []), verb]);
  }
  return found;
}

/** Text in single quotes, for any of the shells' files that read quotes as POSIX does. */
export function quote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

/** How an option is typed: `--color`, and `-v` where it has a letter. */
export function spellings(option: CompletedOption): string[] {
  return option.short === undefined
    ? [`--${option.long}`]
    : [`-${option.short}`, `--${option.long}`];
}
