/**
 * What is parsed where code is no C (`pieces.ts`): what was blanked is left out, because the parser
 * takes time for every character. A row of blanks becomes one, a line end where the row has one: in
 * errors lines count. Names stay as long as they are: the parser weighs by it what it skips.
 */

import { latin1 } from './code-text.ts';

const [NEWLINE, SPACE] = [10, 32] as const;

export interface Condensed {
  /** What is parsed: one character for each byte that is left. */
  readonly condensed: string;
  /**
   * The place in the code of each of its characters, and of its end; what follows means nothing.
   * Good until the next text is condensed.
   */
  readonly places: Uint32Array;
}

export function condense(code: Uint8Array): Condensed {
  reserve(code.length + 1);
  const length = copyCode(code, kept, places);
  places[length] = code.length;
  return { condensed: latin1(kept.subarray(0, length)), places };
}

/**
 * Returns how much is left. One loop without another in it, and nothing behind it: V8 throws compiled
 * code away, file by file, where that was entered in a loop and what follows had never been run.
 */
function copyCode(code: Uint8Array, to: Uint8Array, from: Uint32Array): number {
  let length = 0;
  let isBlank = false;
  for (let at = 0; at < code.length; at += 1) {
    const byte = code[at] ?? 0;
    if (byte > SPACE) {
      to[length] = byte;
      from[length] = at;
      length += 1;
      isBlank = false;
    } else if (!isBlank) {
      to[length] = byte === NEWLINE ? NEWLINE : SPACE;
      from[length] = at;
      length += 1;
      isBlank = true;
    } else if (byte === NEWLINE) to[length - 1] = NEWLINE;
  }
  return length;
}

/** Reused from file to file: fresh memory costs more than what is done with it. */
let kept = new Uint8Array();
let places = new Uint32Array();

function reserve(size: number): void {
  if (kept.length >= size) return;
  kept = new Uint8Array(size);
  places = new Uint32Array(size);
}
