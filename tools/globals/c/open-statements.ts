/**
 * Which statements of a function's body are open. What is in a statement is the parser's; here those
 * count that have others in them: blocks, `if`, loops. (ISO/IEC 9899:2018, 6.8.)
 */

/** What an open statement waits for. */
export const WAITS = {
  /** A brace that closes it. */
  block: 0,
  /** A statement, with which it ends. */
  statement: 1,
  /** The same; names that it binds end with it. */
  loop: 2,
  /** A statement, behind which an `else` may follow. */
  branch: 3,
  /** That `else`, or anything else. */
  else: 4,
  /** A statement, behind which a `while (…);` has to follow. */
  do: 5,
  /** That `while`. */
  while: 6,
} as const;

export class OpenStatements {
  readonly #open: number[] = [];
  readonly #leaveLoop: () => void;

  /** `leaveLoop` is called where a loop has ended. */
  constructor(leaveLoop: () => void) {
    this.#leaveLoop = leaveLoop;
  }

  begin(waits: number): void {
    this.#open.push(waits);
  }

  /** What the innermost one waits for; `WAITS.block` in the body itself. */
  get waits(): number {
    return this.#open.at(-1) ?? WAITS.block;
  }

  get isEmpty(): boolean {
    return this.#open.length === 0;
  }

  /** Whether the innermost one ends with the statement that begins here. */
  get needsStatement(): boolean {
    const { waits } = this;
    return waits !== WAITS.block && waits !== WAITS.else;
  }

  clear(): void {
    this.#open.length = 0;
  }

  /** The innermost one has what it waited for, and is no longer open. */
  close(): void {
    this.#open.pop();
  }

  /** A statement has ended, and with it all that only waited for it. */
  end(): void {
    for (;;) {
      const { waits } = this;
      if (waits === WAITS.branch || waits === WAITS.do) {
        this.close();
        this.begin(waits === WAITS.do ? WAITS.while : WAITS.else);
        return;
      }
      if (waits !== WAITS.statement && waits !== WAITS.loop) return;
      this.close();
      if (waits === WAITS.loop) this.#leaveLoop();
    }
  }

  /** What begins here is no `else`: all that could have one have ended. */
  passElse(): void {
    while (this.waits === WAITS.else) {
      this.close();
      this.end();
    }
  }
}
