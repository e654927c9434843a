/** From how a command ended to what it says of the tree. */
import type { Answer } from './types.ts';

/** How one run of the command ended. */
export type RunEnd =
  | { readonly kind: 'exited'; readonly status: number }
  | { readonly kind: 'signalled'; readonly signal: string }
  /** It took longer than it was given, and was stopped. */
  | { readonly kind: 'timed-out'; readonly seconds: number }
  /** It took more of the machine than it was given, and was stopped. */
  | { readonly kind: 'exceeded'; readonly what: 'memory' | 'output' | 'processes' };

/**
 * 0 is good, 125 cannot be tested, 1 to 124 and 126 are bad, 128 and more stop the search: as in
 * git-bisect(1). 127 stops it too, as in Mercurial: it is what a shell says of a command that it
 * does not find, and every tree would be bad. A run that hangs is bad, as it is under timeout(1)
 * with its status 124. Death by a signal is what a shell shows as 128 and more.
 */
export function answerOf(end: RunEnd): Answer {
  switch (end.kind) {
    case 'timed-out':
    case 'exceeded':
      return 'bad';
    case 'signalled':
      return 'abort';
    case 'exited':
      if (end.status === 0) return 'good';
      if (end.status === 125) return 'skip';
      return end.status >= 127 ? 'abort' : 'bad';
  }
}

/**
 * One answer from several runs on the same tree. A flaky command fails only now and then on a bad
 * tree, and never on a good one: one failure makes it bad, and good needs all runs.
 */
export function combine(answers: readonly Answer[]): Answer {
  for (const answer of ['abort', 'bad', 'skip'] as const) {
    if (answers.includes(answer)) return answer;
  }
  return 'good';
}

/** Whether a further run could still change the combined answer. */
export function settled(answers: readonly Answer[], repeat: number): boolean {
  return answers.length >= repeat || answers.some((answer) => answer !== 'good');
}
