/** The scratch directories of an engine, each for one configuration, and who may use one. */
import type { Subject } from '../types.ts';
import type { Worker } from './worker.ts';

export class Directories {
  readonly #limit: number;
  readonly #make: (config: string | null) => Worker;
  readonly #idle: Worker[] = [];
  readonly #waiting: (() => void)[] = [];
  #busy = 0;

  /** No more than `limit` are in use at a time; `make` makes one that is empty. */
  constructor(limit: number, make: (config: string | null) => Worker) {
    this.#limit = limit;
    this.#make = make;
  }

  /**
   * Work in the directory for `config` whose tree is nearest to the subject's, all by oneself. Who comes
   * first is served first; where one is free, `work` is begun before this returns.
   */
  async use<T>(
    config: string | null,
    subject: Subject,
    work: (worker: Worker) => Promise<T>,
  ): Promise<T> {
    if (this.#busy >= this.#limit) await new Promise<void>((go) => this.#waiting.push(go));
    else this.#busy += 1;
    try {
      const worker = this.#take(config, subject);
      return await work(worker).finally(() => this.#idle.push(worker));
    } finally {
      // Whoever waits goes on in place of this one.
      const next = this.#waiting.shift();
      if (next === undefined) this.#busy -= 1;
      else next();
    }
  }

  #take(config: string | null, subject: Subject): Worker {
    const fitting = this.#idle.filter((worker) => worker.config === config);
    const nearest = fitting.sort((a, b) => a.distance(subject) - b.distance(subject))[0];
    if (nearest === undefined) return this.#make(config);
    this.#idle.splice(this.#idle.indexOf(nearest), 1);
    return nearest;
  }
}
