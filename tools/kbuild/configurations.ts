/**
 * Sets of configurations by short names: `def`, `allno`, `allyes`, `each` (every option that can be
 * chosen alone off against all others on, and alone on against all others off), `rand:N:SEED` (N of
 * them, from SEED on). Pure.
 */
import { SeamError } from '../errors.ts';
import { dotConfig, readConfig } from './kconfig-files.ts';
import { type Solution, type Wishes, leadingInteger, refusals, solve } from './kconfig-solve.ts';
import type { Kconfig, KconfigFault } from './kconfig-types.ts';

/** One configuration by its name: `def`, `allno`, `allyes`, `only-NET`, `without-NET`, `rand-7`. */
export type ConfigurationName = string;

/** Most random configurations that one set may ask for. */
const MOST_RANDOM = 10_000;

/** A configuration for a tree, or why it has none. */
export type Configured = Solution | KconfigFault | RefusedConfig;

/** A configuration as text; `path` is how complaints name it. */
export interface ConfigFile {
  readonly path: string;
  readonly text: string;
}

/** The configuration asks for what the tree does not give. */
export interface RefusedConfig {
  readonly kind: 'refused';
  readonly complaints: readonly string[];
}

/** The names in `sets`, in order, each once. Throws a usage error for a word that means nothing. */
export function namesOf(sets: readonly string[], kconfig: Kconfig): ConfigurationName[] {
  return [...new Set(setsIn(sets).flatMap((set) => namesOfSet(set, kconfig)))];
}

/** The single sets: a word may have several, with commas between them. */
export function setsIn(words: readonly string[]): string[] {
  return words.flatMap((word) => word.split(','));
}

function namesOfSet(set: string, kconfig: Kconfig): ConfigurationName[] {
  if (isSingle(set)) return [set];
  if (set === 'each') {
    const chosen = [...kconfig.options.values()].filter(
      (option) => option.type === 'bool' && option.prompt !== null,
    );
    return chosen.flatMap(({ name }) => [`without-${name}`, `only-${name}`]);
  }
  const [, count, seed] = /^rand:(\d{1,5}):(\d{1,15})$/.exec(set) ?? [];
  if (count !== undefined && Number(count) >= 1 && Number(count) <= MOST_RANDOM)
    return Array.from({ length: Number(count) }, (_, index) => `rand-${Number(seed) + index}`);
  throw new SeamError('no-such-configuration', `no set of configurations is called '${set}'`, {
    kind: 'usage',
    hint: 'use def, allno, allyes, each, rand:N:SEED, only-OPTION or without-OPTION',
    data: { set },
  });
}

/** Whether `name` is one configuration, not a set of them. */
export function isSingle(name: string): boolean {
  return /^(def|allno|allyes|rand-\d{1,20}|(only|without)-\w+)$/.test(name);
}

/** The configuration called `name`; `defconfig` is the text of the tree's own, null if it has none. */
export function configure(
  kconfig: Kconfig,
  name: ConfigurationName,
  defconfig: ConfigFile | null,
): Configured {
  const solution = written(kconfig, name, defconfig);
  // What was written is read again by the build, which refuses what it cannot mean.
  return solution.kind === 'solution' ? fromFile(kconfig, dotFile(solution)) : solution;
}

function dotFile(solution: Solution): ConfigFile {
  return { path: '.config', text: dotConfig(solution) };
}

/** What the targets of make would write as `.config`. */
function written(
  kconfig: Kconfig,
  name: ConfigurationName,
  defconfig: ConfigFile | null,
): Configured {
  if (name === 'def') {
    if (defconfig !== null) return fromFile(kconfig, defconfig);
    return { kind: 'fault', path: 'arch/host/defconfig', line: null, message: 'no such file' };
  }
  if (name === 'allno') return solve(kconfig, allWishes(kconfig, 'n'));
  if (name === 'allyes') return solve(kconfig, allWishes(kconfig, 'y'));
  const [, seed] = /^rand-(\d+)$/.exec(name) ?? [];
  if (seed !== undefined) return solve(kconfig, randomWishes(kconfig, BigInt(seed)));
  const [, how, option = ''] = /^(only|without)-(\w+)$/.exec(name) ?? [];
  return alone(kconfig, how === 'only' ? 'n' : 'y', option);
}

/** A configuration that must be meant as it is written. */
function fromFile(kconfig: Kconfig, { path, text }: ConfigFile): Configured {
  const { wishes, complaints } = readConfig(kconfig, text, path);
  const solution = solve(kconfig, wishes);
  if (solution.kind === 'fault') return solution;
  const all = [...complaints, ...refusals(solution, wishes, path)];
  return all.length === 0 ? solution : { kind: 'refused', complaints: all };
}

/** One option against a background, as by editing a `.config` and `make olddefconfig`. */
function alone(kconfig: Kconfig, background: 'y' | 'n', option: string): Configured {
  const plain = solve(kconfig, allWishes(kconfig, background));
  if (plain.kind === 'fault' || kconfig.options.get(option)?.type !== 'bool') return plain;
  const { path, text } = dotFile(plain);
  const { wishes } = readConfig(kconfig, text, path);
  const changed = new Map(wishes);
  changed.set(option, { value: background === 'y' ? 'n' : 'y', line: 0 });
  return solve(kconfig, changed);
}

function allWishes({ options }: Kconfig, value: 'y' | 'n'): Wishes {
  const wishes = new Map<string, { value: string; line: number }>();
  for (const [name, { type }] of options) if (type === 'bool') wishes.set(name, { value, line: 0 });
  return wishes;
}

const WORD = 0xffff_ffff_ffff_ffffn;

/** splitmix64 (Steele, Lea, Flood 2014), which conf.c uses, too. */
function* splitmix64(seed: bigint): Generator<bigint, never> {
  for (let state = seed & WORD; ;) {
    state = (state + 0x9e37_79b9_7f4a_7c15n) & WORD;
    let mixed = ((state ^ (state >> 30n)) * 0xbf58_476d_1ce4_e5b9n) & WORD;
    mixed = ((mixed ^ (mixed >> 27n)) * 0x94d0_49bb_1331_11ebn) & WORD;
    yield mixed ^ (mixed >> 31n);
  }
}

/** What `make randconfig KCONFIG_SEED=…` asks for. */
function randomWishes({ options }: Kconfig, seed: bigint): Wishes {
  const wishes = new Map<string, { value: string; line: number }>();
  const numbers = splitmix64(seed);
  for (const [name, { type, ranges }] of options) {
    const number = numbers.next().value;
    const [range] = ranges;
    if (type === 'bool')
      wishes.set(name, { value: ((number >> 32n) & 1n) === 1n ? 'y' : 'n', line: 0 });
    else if (type === 'int' && range !== undefined) {
      const low = BigInt(leadingInteger(range.low));
      const span = BigInt(leadingInteger(range.high)) - low + 1n;
      wishes.set(name, { value: String(low + (number % span)), line: 0 });
    }
  }
  return wishes;
}
