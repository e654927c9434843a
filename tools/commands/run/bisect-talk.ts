/** What a bisect says of one answer, and how much is left to do. */
import { type RunEnd, answerOf } from '../../bisect/answer.ts';
import { confidence } from '../../bisect/confidence.ts';
import type { Bisection } from '../../bisect/search.ts';
import type { Position } from '../../bisect/types.ts';
import { printable } from '../../report/printable.ts';
import type { Session, Testimony } from './bisect-session.ts';

/** Lines of a command's output that are shown. */
const SHOWN_LINES = 8;

/** Say an answer, and what is left to do. */
export function talkOf(session: Session, testimony: Testimony, search: Bisection | null): void {
  const { report } = session.ctx;
  report.note(`${placeOf(session, testimony)}: ${answerText(testimony)}`);
  if (search === null || search.marks.size < 2) return;
  const step = search.next();
  if (step.kind === 'done') return;
  const { patches, steps } = search.left;
  report.note(
    `${patches} patches left to choose from, about ${steps} ${steps === 1 ? 'step' : 'steps'}`,
  );
}

export function placeOf({ ends }: Session, { where, patch }: Testimony): string {
  const alone = where.startsWith('+') ? where.slice(1).split('+') : [];
  if (alone.length === 1) return `with patch ${alone[0]} alone`;
  if (alone.length > 1) return `with patches ${alone.join(', ')} alone`;
  if (patch === null) return 'without patches';
  return `after ${where} of ${ends.last} '${printable(patch.name)}'`;
}

function answerText({ answer, source, runs }: Testimony): string {
  const fails = runs.filter(({ end }) => answerOf(end) !== 'good').length;
  const last = runs.at(-1);
  const how = [
    ...(last === undefined || last.end.kind === 'exited' ? [] : [endText(last.end)]),
    ...(answer !== 'good' && runs.length > 1 ? [`${fails} of ${runs.length} runs failed`] : []),
    ...(source === 'run' ? [] : [source]),
  ];
  const words = { good: 'good', bad: 'bad', skip: 'cannot be tested', abort: 'stop' };
  return how.length === 0 ? words[answer] : `${words[answer]} (${how.join(', ')})`;
}

export function endText(end: RunEnd): string {
  switch (end.kind) {
    case 'timed-out':
      return `stopped after ${end.seconds} s`;
    case 'exceeded':
      return `stopped for too much ${end.what}`;
    case 'signalled':
      return `killed by ${end.signal}`;
    case 'exited':
      return `status ${end.status}`;
  }
}

/** The end of what the command said. */
export function lastLines(testimony: Testimony | undefined): string[] {
  const tail = testimony?.runs.at(-1)?.tail.trimEnd() ?? '';
  if (tail === '') return [];
  return tail
    .split('\n')
    .slice(-SHOWN_LINES)
    .map((line) => printable(line));
}

export function indented(line: string): string {
  return `    ${line}`;
}

/** Only where the command is said to be flaky: runs that were made once say nothing about luck. */
export function sureness(session: Session, found: Position): number | null {
  if ((session.options.repeat ?? 1) === 1) return null;
  const single = session.testimonies.filter(({ where }) => !where.includes('+'));
  const observations = single.map(({ where, runs }) => ({
    position: Number(where),
    passes: runs.filter(({ end }) => answerOf(end) === 'good').length,
    fails: runs.filter(({ end }) => answerOf(end) === 'bad').length,
  }));
  return confidence(observations, found, session.ends, session.goal);
}
