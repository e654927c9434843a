/** The series that the repository ships as an example, as arguments of a command line. */
import { fileURLToPath } from 'node:url';

export const EXAMPLE = fileURLToPath(new URL('../fixtures/example', import.meta.url));

/** `--base` and `--series` of the example. */
export const ON_EXAMPLE = ['--base', `${EXAMPLE}/base`, '--series', `${EXAMPLE}/patches`];
