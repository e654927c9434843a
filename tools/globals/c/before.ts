/** What stands before the place that `normalise.ts` looks at: enough of C to tell what begins there. */
import { BYTE } from './code-text.ts';

/** Words before a bracket that take a type, or that end no expression. */
export const NO_CALL: ReadonlySet<string> = new Set(
  'sizeof typeof __typeof__ __typeof return if while for switch else case do goto _Alignof __alignof__ alignof asm __asm__ _Generic'.split(
    ' ',
  ),
);
const STORAGE = new Set(['static', 'extern', 'const', 'inline', 'volatile']);
/** Stands for the last byte of any word. */
const A_WORD = 97;

export class Before {
  /** Depth of braces. */
  depth = 0;
  /** Where the last word begins, if that is what stands before. */
  wordAt = 0;
  /** For every open round bracket: whether it holds the arguments of a call. */
  #round: boolean[] = [];
  /** Last byte of code, and the last word if that byte ended one. */
  #last: number = BYTE.semicolon;
  #word = '';

  /** A word has been passed, or something that stands for one. */
  passWord(word: string, at = this.wordAt): void {
    this.#last = A_WORD;
    this.#word = word;
    this.wordAt = at;
  }

  /** A byte has been passed whose sense for brackets and braces does not matter. */
  passByte(byte: number): void {
    this.#last = byte;
    this.#word = '';
  }

  passPunctuation(byte: number): void {
    if (byte === BYTE.left) this.depth += 1;
    else if (byte === BYTE.right) {
      this.depth = Math.max(0, this.depth - 1);
      if (this.depth === 0) this.#round = [];
    } else if (byte === BYTE.open)
      this.#round.push(this.#last === A_WORD && !NO_CALL.has(this.#word));
    else if (byte === BYTE.close) this.#round.pop();
    else if (byte === BYTE.semicolon && this.depth === 0) this.#round = [];
    this.passByte(byte);
  }

  /** Outside of all braces and brackets. */
  get isOutside(): boolean {
    return this.depth === 0 && this.#round.length === 0;
  }

  /** A whole declaration ends here, so that the next one begins. */
  get isBare(): boolean {
    return this.#last === BYTE.semicolon || this.#last === BYTE.right;
  }

  /** The storage class or qualifier that is the last word; empty for any other. */
  get storage(): string {
    return STORAGE.has(this.#word) ? this.#word : '';
  }

  /** Behind a closing brace. */
  get endsBlock(): boolean {
    return this.#last === BYTE.right;
  }

  /** At the start of a declaration, or behind `static`. */
  get startsDeclaration(): boolean {
    return this.storage !== '' || this.startsSomething;
  }

  /** Where a declaration or statement can begin. */
  get startsSomething(): boolean {
    const last = this.#last;
    if (this.isBare || last === BYTE.left || last === BYTE.close || last === BYTE.colon)
      return true;
    return last === A_WORD && /^(?:else|do)$/.test(this.#word);
  }

  /** In the brackets of a call, where an argument begins. */
  get startsArgument(): boolean {
    return this.#round.at(-1) === true && this.isBehindSeparator;
  }

  /** Behind a comma or an opening bracket. */
  get isBehindSeparator(): boolean {
    return this.#last === BYTE.comma || this.#last === BYTE.open;
  }
}
