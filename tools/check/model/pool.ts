/** Workshops, as many as things may be done at a time; who comes when all are lent has to wait. */
import { mkdirSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Errand } from './rules.ts';
import { Workshop } from './workshop.ts';
import { makeWorkPlace } from '../work-place.ts';
import { explainWriteError } from './room.ts';

export class Pool {
  readonly #parent: string;
  readonly #size: number;
  readonly #env: Readonly<Record<string, string>>;
  readonly #all: Workshop[] = [];
  readonly #idle: Workshop[] = [];
  readonly #waiting: ((workshop: Workshop | null) => void)[] = [];
  readonly #lent = new Set<Promise<unknown>>();
  #closed = false;
  #place: string | null = null;

  /**
   * `parent` is the absolute directory in which workshops are made; `env` is all that compilers get.
   */
  constructor(parent: string, size: number, env: Readonly<Record<string, string>>) {
    this.#parent = parent;
    this.#size = size;
    this.#env = env;
  }

  /** Do `work` in a workshop of its own. */
  async lend<T>(_errand: Errand, work: (workshop: Workshop) => Promise<T>): Promise<T> {
    const workshop = await this.#take();
    const done = this.#work(workshop, work).finally(() => this.#give(workshop));
    this.#lent.add(done);
    try {
      return await done;
    } finally {
      this.#lent.delete(done);
    }
  }

  async #work<T>(workshop: Workshop, work: (workshop: Workshop) => Promise<T>): Promise<T> {
    try {
      return await work(workshop);
    } catch (error) {
      throw explainWriteError(error, this.#parent);
    }
  }

  /** Wait until all are given back, and remove them. */
  async close(): Promise<void> {
    this.#closed = true;
    for (const refuse of this.#waiting.splice(0)) refuse(null);
    await Promise.allSettled(this.#lent);
    for (const { starter } of this.#all) starter.close();
    if (this.#place !== null) rmSync(this.#place, { recursive: true, force: true });
    this.#place = null;
  }

  async #take(): Promise<Workshop> {
    if (this.#closed) this.#refuse();
    // The last one that was given back: what stands in it is nearest to what comes next.
    const idle = this.#idle.pop();
    if (idle !== undefined) return idle;
    if (this.#all.length < this.#size) return this.#make();
    const workshop = await new Promise<Workshop | null>((resolve) => {
      this.#waiting.push(resolve);
    });
    return workshop ?? this.#refuse();
  }

  #refuse(): never {
    throw new Error('the workshops are closed');
  }

  #give(workshop: Workshop): void {
    const next = this.#waiting.shift();
    if (next === undefined) this.#idle.push(workshop);
    else next(workshop);
  }

  #make(): Workshop {
    this.#place ??= makeWorkPlace(this.#parent);
    const name = String(this.#all.length + 1);
    const place = join(this.#place, name);
    mkdirSync(place, { mode: 0o700 });
    const workshop = new Workshop(place, `${basename(this.#place)}/${name}/`, this.#env);
    this.#all.push(workshop);
    return workshop;
  }
}
