import { view } from '../patch/lines.ts';
import type { Bytes } from '../patch/types.ts';

/** A line of a file for people: UTF-8, with what is not valid replaced. */
export function textOf(bytes: Bytes): string {
  return view(bytes).toString('utf8');
}
