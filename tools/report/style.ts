/** Colours, by meaning. Foreground only; nothing is said by colour alone. */
import { styleText } from 'node:util';

export interface Style {
  readonly good: (text: string) => string;
  readonly bad: (text: string) => string;
  readonly warning: (text: string) => string;
  readonly name: (text: string) => string;
  readonly faint: (text: string) => string;
  readonly heading: (text: string) => string;
}

type Format = Parameters<typeof styleText>[0];

function painter(color: boolean): (format: Format) => (text: string) => string {
  // The decision was made by the caller from --color, NO_COLOR and the stream.
  return (format) => (text) => (color ? styleText(format, text, { validateStream: false }) : text);
}

export function makeStyle(color: boolean): Style {
  const paint = painter(color);
  return {
    good: paint('green'),
    bad: paint('red'),
    warning: paint('yellow'),
    name: paint('cyan'),
    faint: paint('dim'),
    heading: paint('bold'),
  };
}

/** `--color WHEN`: `auto` means a terminal that is not dumb and no NO_COLOR (no-color.org). */
export function wantsColor(
  when: string,
  stream: { readonly isTTY?: boolean },
  env: Readonly<Record<string, string | undefined>>,
): boolean {
  if (when !== 'auto') return when === 'always';
  const refused = env['NO_COLOR'] !== undefined && env['NO_COLOR'] !== '';
  return stream.isTTY === true && !refused && env['TERM'] !== 'dumb';
}
