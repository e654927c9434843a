/**
 * First step of reading C: comments, contents of strings and directives give way to blanks, and the
 * directives are handed out. Every position stays what it was, so that lines and texts are looked up
 * in the original. (ISO/IEC 9899:2018, 5.1.1.2: phases of translation; line splices are seen in
 * comments, strings and directives, where they matter.)
 */

/** A line that begins with `#`, with its continuations. */
export interface Directive {
  /** `if`, `define` …; empty for a lone `#`. */
  readonly word: string;
  /** What follows the word, comments taken out, on one line. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

const [NEWLINE, SPACE, HASH, QUOTE, APOSTROPHE, STAR, SLASH, BACKSLASH] = [
  10, 32, 35, 34, 39, 42, 47, 92,
] as const;

/** Whether the bytes are no text: a zero byte near the start, as git decides it. */
export function isBinary(bytes: Uint8Array): boolean {
  return bytes.subarray(0, 8000).includes(0);
}

/** Overwrite a range with blanks; line ends stay. */
export function blank(code: Uint8Array, start: number, end: number): void {
  for (let at = start; at < end; at += 1) if (code[at] !== NEWLINE) code[at] = SPACE;
}

/** Blank what is no code, in place. Returns the directives in order. */
export function blankTrivia(code: Uint8Array): Directive[] {
  const directives: Directive[] = [];
  let lineHasCode = false;
  for (let at = 0; at < code.length;) {
    const byte = code[at];
    if (byte === NEWLINE) {
      lineHasCode = false;
      at += 1;
    } else if (byte === SLASH && (code[at + 1] === STAR || code[at + 1] === SLASH)) {
      const end = endOfComment(code, at);
      blank(code, at, end);
      at = end;
    } else if (byte === QUOTE || byte === APOSTROPHE) {
      lineHasCode = true;
      const end = endOfString(code, at, byte);
      blank(code, at + 1, end - 1);
      at = end;
    } else if (byte === HASH && !lineHasCode) {
      const directive = readDirective(code, at);
      directives.push(directive);
      blank(code, at, directive.end);
      at = directive.end;
    } else {
      if (byte !== SPACE && byte !== 9) lineHasCode = true;
      at += 1;
    }
  }
  return directives;
}

/** Behind the comment that starts at `at`; an open one ends with the file. */
function endOfComment(code: Uint8Array, at: number): number {
  if (code[at + 1] === SLASH) return endOfLine(code, at);
  for (let end = at + 2; end < code.length; end += 1) {
    if (code[end] === STAR && code[end + 1] === SLASH) return end + 2;
  }
  return code.length;
}

/** The line end that ends what starts at `at`, behind lines that continue with a backslash. */
function endOfLine(code: Uint8Array, at: number): number {
  for (let end = at; end < code.length; end += 1) {
    if (code[end] === NEWLINE && !continues(code, end)) return end;
  }
  return code.length;
}

function continues(code: Uint8Array, newline: number): boolean {
  const before = code[newline - 1] === 13 ? newline - 2 : newline - 1;
  return code[before] === BACKSLASH;
}

/** Behind the quote that closes the string at `at`; one left open ends with its line. */
function endOfString(code: Uint8Array, at: number, quote: number): number {
  for (let end = at + 1; end < code.length; end += 1) {
    const byte = code[end];
    if (byte === quote) return end + 1;
    if (byte === BACKSLASH) end += 1;
    else if (byte === NEWLINE) return end;
  }
  return code.length;
}

function readDirective(code: Uint8Array, start: number): Directive {
  const pieces: string[] = [];
  let from = start + 1;
  let at = from;
  const latin1 = (end: number): string =>
    Buffer.from(code.buffer, code.byteOffset + from, end - from).toString('latin1');
  for (; at < code.length; at += 1) {
    const byte = code[at];
    if (byte === NEWLINE && !continues(code, at)) break;
    if (byte === SLASH && (code[at + 1] === STAR || code[at + 1] === SLASH)) {
      pieces.push(latin1(at), ' ');
      from = endOfComment(code, at);
      at = from - 1;
    } else if (byte === QUOTE) {
      at = Math.max(at, endOfString(code, at, byte) - 1);
    }
  }
  pieces.push(latin1(Math.max(at, from)));
  const text = pieces
    .join('')
    .replace(/\\\r?\n/g, ' ')
    .trim();
  const word = /^\w*/.exec(text)?.[0] ?? '';
  return { word, text: text.slice(word.length).trim(), start, end: at };
}
