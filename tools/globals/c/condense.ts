/**
 * Fourth step: what was blanked is left out of what is parsed, because the parser takes time for every
 * character. A row of blanks becomes one, a line end where the row has one: in errors lines count.
 * Names cannot be shortened as well: in errors the parser weighs what it skips by its length.
 */

const [NEWLINE, SPACE] = [10, 32] as const;

export interface Condensed {
  /** What is parsed: one character for each byte that is left. */
  readonly condensed: string;
  /** The place in the code of each of its characters, and of its end; what follows means nothing. */
  readonly places: Uint32Array;
}

export function condense(code: Uint8Array): Condensed {
  const kept = Buffer.allocUnsafe(code.length);
  const places = new Uint32Array(code.length + 1);
  const size = code.length;
  let length = 0;
  for (let at = 0; at < size; length += 1) {
    const byte = code[at] ?? 0;
    places[length] = at;
    kept[length] = byte;
    at += 1;
    if (byte > SPACE) continue;
    let blank = byte;
    for (; at < size && (code[at] ?? 0) <= SPACE; at += 1)
      if (code[at] === NEWLINE) blank = NEWLINE;
    kept[length] = blank === NEWLINE ? NEWLINE : SPACE;
  }
  places[length] = size;
  return { condensed: kept.toString('latin1', 0, length), places };
}
