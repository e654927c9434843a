/** Which brackets belong together. */

const PAIRS: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };

function tableOf(pairs: readonly (readonly [string, string])[]): Uint8Array {
  const table = new Uint8Array(256);
  for (const [from, to] of pairs) table[from.charCodeAt(0)] = to.charCodeAt(0);
  return table;
}

/** By byte, the bracket that closes an opening one; 0 for all others. */
const closerOf = tableOf(Object.entries(PAIRS));
const isCloser = tableOf(Object.values(PAIRS).map((closer) => [closer, closer]));

export function isOpening(byte: number): boolean {
  return closerOf[byte] !== 0;
}

/** By the place of an opening bracket, that of its closing one. Good until the next text is looked at. */
export type Brackets = Uint32Array;

/** Null where a bracket has no other, or one of another sort. */
export function matchBrackets(bytes: Uint8Array, length: number): Brackets | null {
  if (closing.length < length) closing = new Uint32Array(bytes.length);
  open.length = 0;
  for (let at = 0; at < length; at += 1) {
    const byte = bytes[at] ?? 0;
    if (closerOf[byte] !== 0) open.push(at);
    else if (isCloser[byte] !== 0) {
      const start = open.pop() ?? -1;
      if (start === -1 || closerOf[bytes[start] ?? 0] !== byte) return null;
      closing[start] = at;
    }
  }
  return open.length === 0 ? closing : null;
}

/** Reused from text to text. */
let closing: Brackets = new Uint32Array();
const open: number[] = [];
