import type { Corpus } from './corpus.ts';
export const gitSuite: readonly Corpus[] = [];
