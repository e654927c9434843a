/**
 * Text from patches, mail and file names is untrusted: an escape sequence in a subject could retitle
 * the terminal, hide a line or answer a question. Whatever is printed for a person passes through
 * `printable`.
 *
 * Escaped are C0 and C1 control characters and DEL (ECMA-48), and the direction marks of Unicode's
 * bidirectional algorithm (UAX #9), which make text read in another order than it is stored.
 */

const CONTROL = /[\0-\x1f\x7f-\x9f]/gu;
const DIRECTION = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\u2028\u2029]/gu;
const NAMED: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

function hex(character: string, digits: number): string {
  return character.charCodeAt(0).toString(16).padStart(digits, '0');
}

/** Decodes UTF-8; where the bytes are something else, every byte above ASCII shows as `\xe4`. */
function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return Buffer.from(bytes)
      .toString('latin1')
      .replace(/[\x80-\xff]/g, (byte) => `\\x${hex(byte, 2)}`);
  }
}

/**
 * Makes text safe for a terminal, on one line: `\x1b`, `\n` and `\u202e` stand for the characters.
 * With `lines`, line ends and tabs stay as they are.
 */
export function printable(text: string | Uint8Array, options: { lines?: boolean } = {}): string {
  const source = typeof text === 'string' ? text : decode(text);
  return source
    .replace(CONTROL, (control) => {
      if (options.lines === true && (control === '\n' || control === '\t')) return control;
      return NAMED[control] ?? `\\x${hex(control, 2)}`;
    })
    .replace(DIRECTION, (mark) => `\\u${hex(mark, 4)}`);
}
