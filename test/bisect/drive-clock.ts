/** Plays a search with several workers by a clock of its own: what would be done when, without doing it. */
import type { Answer, Search } from '../../tools/bisect/types.ts';

export type { Answer, Goal, Position, Result, Search } from '../../tools/bisect/types.ts';

export interface Outcome<R> {
  readonly result: R;
  readonly asked: number;
  readonly time: number;
}

export function simulate<Q, R>(
  search: Search<Q, R>,
  options: {
    readonly jobs: number;
    readonly time: (question: Q) => number;
    readonly nameOf: (question: Q) => string;
    readonly answer: (question: Q) => Answer;
  },
): Outcome<R> {
  const { jobs, nameOf } = options;
  const running = new Map<string, { question: Q; until: number }>();
  let [now, asked, time] = [search, 0, 0];
  for (;;) {
    const step = now.next(
      jobs,
      [...running.values()].map((each) => each.question),
    );
    if (step.kind === 'done') return { result: step.result, asked, time };
    const wanted = new Set(step.questions.map(nameOf));
    for (const name of running.keys()) if (!wanted.has(name)) running.delete(name);
    for (const question of step.questions) {
      if (running.has(nameOf(question))) continue;
      if (running.size >= jobs) throw new Error('more questions than workers');
      running.set(nameOf(question), { question, until: time + options.time(question) });
      asked += 1;
    }
    const [name, first] = [...running].reduce((a, b) => (b[1].until < a[1].until ? b : a));
    time = first.until;
    running.delete(name);
    now = now.mark(first.question, options.answer(first.question));
  }
}
