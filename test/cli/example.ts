/** The series that the repository ships as an example, as arguments of a command line. */
import { fileURLToPath } from 'node:url';

export const EXAMPLE = fileURLToPath(new URL('../fixtures/example', import.meta.url));

/** `--base` and `--series` of the example. */
export const ON_EXAMPLE = ['--base', `${EXAMPLE}/base`, '--series', `${EXAMPLE}/patches`];

/** The patch that turns the line `0` of file `f` into `1`, for `01`. */
export const stepOnFile = ([from, to]: string): string =>
  `--- a/f\n+++ b/f\n@@ -1 +1 @@\n-${from}\n+${to}\n`;

/** The files of a quilt directory with such patches, at most three. */
export function onFile(...steps: string[]): Record<string, string> {
  const names = ['one.patch', 'two.patch', 'three.patch'].slice(0, steps.length);
  const patches = names.map((name, index) => [name, stepOnFile(steps[index] ?? '')]);
  return { series: `${names.join('\n')}\n`, ...Object.fromEntries(patches) };
}
