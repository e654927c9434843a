/** The transfer encoding for bodies that SMTP would damage (RFC 2045 §6.7). */
import type { Bytes } from '../../tools/patch/types.ts';
import { bytesOf } from '../../tools/series/text.ts';

/** Octets of a line without its end, RFC 5321 §4.5.3.1.6. */
const LONGEST_LINE = 998;
/** Columns of an encoded line, RFC 2045. */
const ENCODED_LINE = 76;

/** Whether a transport could not carry these bytes as they are: a CR, a NUL, a line that is too long. */
export function mustBeEncoded(body: Bytes): boolean {
  if (body.includes(13) || body.includes(0)) return true;
  let start = 0;
  while (start < body.length) {
    const end = body.indexOf(10, start);
    const stop = end === -1 ? body.length : end;
    if (stop - start > LONGEST_LINE) return true;
    start = stop + 1;
  }
  return false;
}

/** Encode; line feeds stay line feeds, so that the text can be read and `git am` takes it. */
export function encodeQuotedPrintable(body: Bytes): Bytes {
  const out: string[] = [];
  let column = 0;
  const put = (piece: string): void => {
    if (column + piece.length > ENCODED_LINE - 1) {
      out.push('=\n');
      column = 0;
    }
    out.push(piece);
    column += piece.length;
  };
  for (const [index, byte] of body.entries()) {
    if (byte === 10) {
      out.push('\n');
      column = 0;
      continue;
    }
    const next = body[index + 1];
    const lastBlank = (byte === 32 || byte === 9) && (next === 10 || next === undefined);
    const plain = (byte > 32 && byte < 127 && byte !== 61) || byte === 32 || byte === 9;
    put(
      plain && !lastBlank
        ? String.fromCharCode(byte)
        : `=${byte.toString(16).toUpperCase().padStart(2, '0')}`,
    );
  }
  return bytesOf(out.join(''));
}
