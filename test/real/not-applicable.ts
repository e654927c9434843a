/**
 * The cases of other projects' tests that ask for something that Seam does not do, each with the
 * reason: `not-applicable.json`. A case that is listed must really fail, where that can be seen.
 */
import table from './not-applicable.json' with { type: 'json' };

/** Corpus → reason → cases. */
const TABLE: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = table;

/** Why a case does not apply to Seam; null when it does. */
export function reasonFor(corpus: string, name: string): string | null {
  const entries = Object.entries(TABLE[corpus] ?? {});
  return entries.find(([, cases]) => cases.includes(name))?.[0] ?? null;
}

export function excluded(corpus: string, name: string): boolean {
  return reasonFor(corpus, name) !== null;
}

/** All cases that do not apply. */
export function casesOf(corpus: string): readonly string[] {
  return Object.values(TABLE[corpus] ?? {}).flat();
}

export function countExcluded(corpus: string): string {
  const count = casesOf(corpus).length;
  return count === 0 ? '' : `${count} not applicable`;
}
