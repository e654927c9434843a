/** Ends that do not have the answers that a search starts from: what that means, and what to try. */
import type { Position, Result } from '../../bisect/types.ts';
import type { Session, Testimony } from './bisect-session.ts';
import { indented, lastLines } from './bisect-talk.ts';

export function endsLines(
  session: Session,
  { first, last }: Extract<Result, { kind: 'ends-wrong' }>,
  position: Position,
): string[] {
  const { ends } = session;
  const pair = `${endName(ends.first)} and ${endName(ends.last)}`;
  if (first === 'good' && last === 'good') return [`the command is good at both ends: ${pair}`];
  const lines = session.testimonies.find(({ where }) => where === String(position));
  if (first === 'bad' && last === 'bad')
    return [
      `the command is bad at both ends: ${pair}`,
      ...(hangs(lines) ? ['    it was stopped because of --timeout'] : []),
      ...lastLines(lines).map(indented),
    ];
  return [
    `the answers at the ends are the other way round: ${first} ${endName(ends.first)}, ${last} ${endName(ends.last)}`,
  ];
}

export function endName(position: Position): string {
  return position === 0 ? 'without patches' : `after patch ${position}`;
}

function hangs(testimony: Testimony | undefined): boolean {
  return testimony?.runs.at(-1)?.end.kind === 'timed-out';
}

export function hintOf({ goal, testimonies }: Session, result: Result): string | null {
  if (result.kind === 'indeterminate') return 'name another end with --good or --bad';
  if (result.kind !== 'ends-wrong') return null;
  const { first, last } = result;
  if (first === 'good' && last === 'good')
    return goal === 'breaks'
      ? 'nothing breaks it here; if it fails now and then, repeat it: --repeat 5'
      : 'nothing is broken before; if it fails now and then, repeat it: --repeat 5';
  if (first === 'bad' && last === 'bad' && testimonies.every(hangs))
    return 'give it more time with --timeout; it runs in the patched tree, with a HOME of its own';
  if (first === 'bad' && last === 'bad')
    return 'does the command work in a fresh tree at all? it runs in the patched tree, with a HOME of its own';
  return goal === 'breaks'
    ? 'to find the patch that repairs it: --first-that-fixes'
    : 'to find the patch that breaks it, leave out --first-that-fixes';
}
