/** Works through a search with several workers. */
import type { Answer, Search } from '../../bisect/types.ts';

export interface DriveOptions<Question> {
  /** Questions worked on at a time. */
  readonly jobs: number;
  readonly nameOf: (question: Question) => string;
  /** Answers one question; throws the reason of `signal` when that is aborted. */
  readonly evaluate: (question: Question, signal: AbortSignal) => Promise<Answer>;
  readonly signal: AbortSignal;
}

interface Job<Question> {
  readonly question: Question;
  readonly controller: AbortController;
  readonly ended: Promise<Ended<Question>>;
}

type Ended<Question> = { readonly job: Job<Question> } & (
  | { readonly answer: Answer }
  | { readonly error: unknown }
);

/**
 * Ask until the search is done. A question whose answer has come to matter no longer is dropped and
 * its work stopped. Every job has ended when this returns or throws.
 */
export async function drive<Question, Outcome>(
  search: Search<Question, Outcome>,
  options: DriveOptions<Question>,
): Promise<Outcome> {
  const running = new Map<string, Job<Question>>();
  let now = search;
  try {
    for (;;) {
      options.signal.throwIfAborted();
      const step = now.next(options.jobs, open(running));
      if (step.kind === 'done') return step.result;
      const wanted = new Set(step.questions.map(options.nameOf));
      for (const [name, job] of running) if (!wanted.has(name)) job.controller.abort();
      for (const question of step.questions) {
        const name = options.nameOf(question);
        if (running.size < options.jobs && !running.has(name))
          running.set(name, start(question, options));
      }
      const ended = await Promise.race([...running.values()].map((job) => job.ended));
      running.delete(options.nameOf(ended.job.question));
      if (ended.job.controller.signal.aborted) continue;
      if ('error' in ended) throw ended.error;
      now = now.mark(ended.job.question, ended.answer);
    }
  } finally {
    for (const job of running.values()) job.controller.abort();
    await Promise.all([...running.values()].map((job) => job.ended));
  }
}

function open<Question>(running: ReadonlyMap<string, Job<Question>>): Question[] {
  const jobs = [...running.values()].filter((job) => !job.controller.signal.aborted);
  return jobs.map((job) => job.question);
}

function start<Question>(question: Question, options: DriveOptions<Question>): Job<Question> {
  const controller = new AbortController();
  const signal = AbortSignal.any([controller.signal, options.signal]);
  const answered = options.evaluate(question, signal);
  const job: Job<Question> = {
    question,
    controller,
    ended: answered.then(
      (answer) => ({ job, answer }),
      (error: unknown) => ({ job, error }),
    ),
  };
  return job;
}
