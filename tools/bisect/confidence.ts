/** How sure a result is when the command fails only now and then. */
import type { Ends, Goal, Position } from './types.ts';

/** What was seen on one tree. */
export interface Observation {
  readonly position: Position;
  readonly passes: number;
  readonly fails: number;
}

/**
 * The probability that the patch at `found` is the one, given all runs.
 *
 * Model: a good tree always passes; a bad one fails in each run with the same unknown probability p,
 * every p as likely as any other beforehand, and so is every patch between the ends. A failure is
 * thus proof, and only passes can mislead: were patch c the one and not `found`, all `n` passes on
 * the trees that lie between the two would have been luck. With F failures and P passes seen on trees
 * that are bad either way, that is less likely by
 *
 *   B(F+1, P+n+1) / B(F+1, P+1) = product for i = 1..n of (P+i) / (F+P+1+i)
 *
 * (p integrated out: a beta-binomial). The result is 1 / (the sum of these ratios over all c).
 * Between 0 and 1. Failures that only load or a neighbour causes are outside the model.
 */
export function confidence(
  observations: readonly Observation[],
  found: Position,
  ends: Ends,
  goal: Goal,
): number {
  const certain = observations.filter(({ position }) =>
    goal === 'breaks' ? position >= found : position < found,
  );
  const fails = sum(certain.map((each) => each.fails));
  const passes = sum(certain.map((each) => each.passes));
  // A patch on the other side of `found` is ruled out by the failure that was seen beside it.
  const suspects = goal === 'breaks' ? [ends.first + 1, found] : [found, ends.last];
  const [from = found, to = found] = suspects;
  let total = 0;
  for (let patch = from; patch <= to; patch += 1) {
    const [low, high] = goal === 'breaks' ? [patch, found] : [found, patch];
    const lucky = observations.filter(({ position }) => position >= low && position < high);
    total += luck(fails, passes, sum(lucky.map((each) => each.passes)));
  }
  return 1 / total;
}

function luck(fails: number, passes: number, lucky: number): number {
  let ratio = 1;
  for (let i = 1; i <= lucky; i += 1) ratio *= (passes + i) / (fails + passes + 1 + i);
  return ratio;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}
