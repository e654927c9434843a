/** Where this checkout is: the project's own tree and series are in it. */
import { resolve } from 'node:path';

export const CHECKOUT = resolve(import.meta.dirname, '..');
