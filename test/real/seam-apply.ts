/** `seam apply --json`, run as a user runs it, and its answer compared with the trees that git made. */
import type { Tally } from './corpus.ts';
import { SEAM, run } from './programs.ts';

/** The part of schema `seam/apply/1` that is looked at here. */
export interface Answer {
  readonly ok: boolean;
  readonly tree: string;
  readonly patches: readonly {
    readonly name: string;
    readonly verdict: string;
    readonly tree: string;
  }[];
}

/** Run `seam apply --json` with `args`; throws when it has no answer. */
export function seamApply(...args: readonly string[]): Answer {
  const done = run(SEAM, ['apply', '--json', ...args]);
  const document = done.stdout.toString();
  if (done.status > 1) throw new Error(`seam apply ${args.join(' ')}: ${document}${done.stderr}`);
  return JSON.parse(document) as Answer;
}

/** Compare the tree after every patch, and what is left of the series. */
export function compareTrees(
  tally: Tally,
  label: string,
  answer: Answer,
  expected: readonly string[],
): void {
  tally.same(`${label}: patches`, answer.patches.length, expected.length);
  for (const [index, tree] of expected.entries()) {
    const patch = answer.patches[index];
    const what = `${label}: ${index + 1} ${patch?.name ?? ''} (${patch?.verdict ?? 'missing'})`;
    tally.same(what, patch?.tree, tree);
  }
  tally.same(`${label}: final tree`, answer.tree, expected.at(-1));
}

/** `75 clean, 85 offset`. */
export function countVerdicts(answer: Answer): string {
  const counts = new Map<string, number>();
  for (const { verdict } of answer.patches) counts.set(verdict, (counts.get(verdict) ?? 0) + 1);
  return [...counts].map(([verdict, count]) => `${count} ${verdict}`).join(', ');
}
