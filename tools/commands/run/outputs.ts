import type { Bytes } from '../../patch/types.ts';
import { printable } from '../../report/printable.ts';
import type { Context } from '../context.ts';

/** Write a part of a patch as it is, except to a terminal, which it could play tricks with. */
export function writeBytes({ report, stdout }: Context, bytes: Bytes): void {
  report.write(stdout.isTTY === true ? printable(bytes, { lines: true }) : bytes);
}
