/**
 * Which patches a user means: a name, a number, a unique beginning, or a range as StGit writes it
 * (`a..b`, `..b`, `a..`), both ends included.
 */
import { SeamError } from '../errors.ts';
import { printable } from './document.ts';
import type { Patch } from './types.ts';

type Named = Pick<Patch, 'name'>;

/** Indexes of the patches that `spec` means, ascending and without gaps for a range. */
export function selectPatches(patches: readonly Named[], spec: string): number[] {
  const exact = exactIndex(patches, spec);
  const dots = exact === null ? spec.indexOf('..') : -1;
  if (dots === -1) return [exact ?? findPatch(patches, spec)];
  const from = spec.slice(0, dots);
  const to = spec.slice(dots + 2);
  const first = from === '' ? 0 : findPatch(patches, from);
  const last = to === '' ? patches.length - 1 : findPatch(patches, to);
  if (first > last) {
    throw new SeamError(
      'range-backwards',
      `range '${printable(spec)}' runs backwards: '${patches[first]?.name}' comes after '${patches[last]?.name}'`,
      {
        kind: 'usage',
        hint: `${to}..${from}`,
      },
    );
  }
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}

/** Several specs, in series order, each patch once. */
export function selectAll(patches: readonly Named[], specs: readonly string[]): number[] {
  const chosen = new Set(specs.flatMap((spec) => selectPatches(patches, spec)));
  return [...chosen].sort((a, b) => a - b);
}

/** As `selectAll`, and the name of a topic means all of its patches. */
export function selectWithTopics(
  patches: readonly (Named & { readonly topic: string | null })[],
  specs: readonly string[],
): number[] {
  const chosen = specs.flatMap((spec) => {
    const topic = patches.flatMap((patch, index) => (patch.topic === spec ? [index] : []));
    return topic.length > 0 ? topic : selectPatches(patches, spec);
  });
  return [...new Set(chosen)].sort((a, b) => a - b);
}

/** The index of the one patch that `spec` means: name, number from 1, name without folder or suffix, unique beginning. */
export function findPatch(patches: readonly Named[], spec: string): number {
  const exact = exactIndex(patches, spec);
  if (exact !== null) return exact;
  if (/^\d+$/.test(spec)) {
    const number = Number(spec);
    if (number >= 1 && number <= patches.length) return number - 1;
  }
  const finders: ((name: string) => boolean)[] = [
    (name) => slug(name) === slug(spec),
    (name) => name.startsWith(spec),
    (name) => slug(name).startsWith(spec),
  ];
  for (const matches of finders) {
    const found = patches.flatMap((patch, index) => (matches(patch.name) ? [index] : []));
    if (found.length === 1 && found[0] !== undefined) return found[0];
    if (found.length > 1) throw ambiguous(patches, spec, found);
  }
  throw notFound(patches, spec);
}

function exactIndex(patches: readonly Named[], spec: string): number | null {
  const index = patches.findIndex((patch) => patch.name === spec);
  return index === -1 ? null : index;
}

/** A name without folders, number and suffix. */
function slug(name: string): string {
  const base = name.slice(name.lastIndexOf('/') + 1);
  return base
    .replace(/^\d{4,}-/, '')
    .replace(/(?:\.(?:patch|diff|dif))?(?:\.(?:gz|bz2|xz|lzma|lz|zst|br))?$/, '');
}

function ambiguous(patches: readonly Named[], spec: string, found: readonly number[]): SeamError {
  const names = found.map((index) => patches[index]?.name ?? '');
  const shown = names
    .slice(0, 3)
    .map((name) => `'${name}'`)
    .join(', ');
  const more = names.length > 3 ? ` and ${names.length - 3} more` : '';
  return new SeamError('patch-ambiguous', `patch '${printable(spec)}' could be ${shown}${more}`, {
    kind: 'usage',
    data: { spec, candidates: names },
    hint: names[0] ?? '',
  });
}

function notFound(patches: readonly Named[], spec: string): SeamError {
  const count = patches.length === 1 ? '1 patch' : `${patches.length} patches`;
  const near = nearest(
    patches.map((patch) => patch.name),
    spec,
  );
  const message = /^\d+$/.test(spec)
    ? `no patch number ${spec} in a series of ${count}`
    : `no patch '${printable(spec)}' in the series`;
  return new SeamError('patch-not-found', message, {
    kind: 'usage',
    data: { spec, nearest: near },
    ...(near === null ? {} : { hint: `did you mean '${near}'?` }),
  });
}

/** The name that is fewest edits away, if that is few. */
export function nearest(names: readonly string[], spec: string): string | null {
  let best: string | null = null;
  let least = Math.max(2, Math.floor(spec.length / 3)) + 1;
  for (const name of names) {
    const edits = Math.min(distance(slug(name), slug(spec)), distance(name, spec));
    if (edits < least) [best, least] = [name, edits];
  }
  return best;
}

/** Levenshtein's edit distance. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const swap = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, swap));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
