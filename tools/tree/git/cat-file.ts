/**
 * Objects from one `git cat-file --batch` that stays open: questions are written in one go, answers
 * are taken in order as they come. Format: git-cat-file(1), "BATCH OUTPUT".
 */
import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { SeamError } from '../../errors.ts';
import type { Git } from './command.ts';
import { gitMessage, notRun } from './command.ts';
import type { ObjectId } from '../types.ts';

const LF = 10;

/** What git has under a name: an object, or nothing (`missing`, `ambiguous`). */
export type Answer =
  | {
      readonly kind: 'object';
      readonly id: ObjectId;
      readonly type: string;
      readonly content: Buffer;
    }
  | { readonly kind: 'missing' | 'ambiguous' };

/** One batch of questions. */
interface Question {
  left: number;
  readonly take: (answer: Answer) => void;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/** The object whose content is still coming. */
interface Partial {
  readonly id: ObjectId;
  readonly type: string;
  readonly content: Buffer;
  filled: number;
}

export class CatFile {
  readonly #git: Git;
  #child: ChildProcessWithoutNullStreams | null = null;
  #stderr = '';
  #closing = false;
  readonly #questions: Question[] = [];
  /** Bytes of a header line whose end has not come yet. */
  #head = '';
  #partial: Partial | null = null;
  /** Line feed that ends every content, still to be skipped. */
  #skip = 0;

  constructor(git: Git) {
    this.#git = git;
  }

  /** Ask for objects by name; `take` gets the answers in the order of `names`. */
  async ask(
    names: readonly string[],
    take: (answer: Answer, index: number) => void,
  ): Promise<void> {
    if (names.length === 0) return;
    const child = this.#start();
    const answered = new Promise<void>((resolve, reject) => {
      let index = 0;
      this.#questions.push({
        left: names.length,
        take: (answer) => take(answer, index++),
        resolve,
        reject,
      });
    });
    child.stdin.write(`${names.join('\n')}\n`);
    await answered;
  }

  async close(): Promise<void> {
    const child = this.#child;
    if (child === null || this.#closing) return;
    this.#closing = true;
    await new Promise<void>((resolve) => {
      if (child.exitCode !== null || child.signalCode !== null) {
        resolve();
        return;
      }
      child.once('close', () => resolve());
      child.stdin.end();
      child.stdout.resume();
    });
  }

  #start(): ChildProcessWithoutNullStreams {
    if (this.#child !== null) return this.#child;
    const child = this.#git.start(['cat-file', '--batch']);
    child.stdout.on('data', (chunk: Buffer) => this.#read(chunk));
    child.stderr.on('data', (chunk: Buffer) => (this.#stderr += chunk.toString()));
    child.stdin.on('error', () => {});
    child.on('error', (cause) => this.#fail(notRun(cause, ['cat-file'])));
    child.on('close', () => this.#fail(this.#ended()));
    this.#child = child;
    return child;
  }

  #fail(error: Error): void {
    for (const question of this.#questions.splice(0)) question.reject(error);
  }

  #ended(): SeamError {
    const message = this.#stderr === '' ? 'it ended' : gitMessage(this.#stderr);
    return new SeamError('git-read-failed', `git cannot read the base: ${message}`, {
      kind: 'environment',
      hint: hintFor(this.#stderr, this.#git.cwd),
      data: { stderr: this.#stderr },
    });
  }

  #read(chunk: Buffer): void {
    for (let at = 0; at < chunk.length;) {
      if (this.#partial !== null) at = this.#fill(this.#partial, chunk, at);
      else if (this.#skip > 0) at += this.#skip--;
      else at = this.#header(chunk, at);
    }
  }

  #fill(partial: Partial, chunk: Buffer, at: number): number {
    const count = chunk.copy(partial.content, partial.filled, at);
    partial.filled += count;
    if (partial.filled === partial.content.length) this.#finish(partial);
    return at + count;
  }

  #header(chunk: Buffer, at: number): number {
    const end = chunk.indexOf(LF, at);
    this.#head += chunk.toString('latin1', at, end === -1 ? chunk.length : end);
    if (end === -1) return chunk.length;
    const line = this.#head;
    this.#head = '';
    const match = /^([0-9a-f]{40}) (blob|tree|commit|tag) (\d+)$/.exec(line);
    if (match === null) {
      this.#give({ kind: line.endsWith(' ambiguous') ? 'ambiguous' : 'missing' });
      return end + 1;
    }
    const [, id = '', type = '', size] = match;
    const partial = { id, type, content: Buffer.allocUnsafeSlow(Number(size)), filled: 0 };
    if (partial.content.length === 0) this.#finish(partial);
    else this.#partial = partial;
    return end + 1;
  }

  #finish(partial: Partial): void {
    this.#partial = null;
    this.#skip = 1;
    this.#give({ kind: 'object', id: partial.id, type: partial.type, content: partial.content });
  }

  #give(answer: Answer): void {
    const question = this.#questions[0];
    if (question === undefined) return;
    try {
      question.take(answer);
    } catch (error) {
      question.reject(error);
    }
    question.left -= 1;
    if (question.left > 0) return;
    this.#questions.shift();
    question.resolve();
  }
}

function hintFor(stderr: string, cwd: string): string {
  return stderr.includes('promisor')
    ? `git -C '${cwd}' fetch --refetch --no-filter`
    : `git -C '${cwd}' fsck`;
}
