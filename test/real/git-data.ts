import type { Corpus } from './corpus.ts';
export const gitData: readonly Corpus[] = [];
