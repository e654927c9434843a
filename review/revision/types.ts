/** What became of each patch between two versions of a series, as data. */
import type { Patch } from '../../tools/series/types.ts';

/**
 * One word for what happened to a patch, the weightiest that applies:
 * `unchanged`  every byte that a commit of it would show is the same;
 * `moved`      the same, at another place in the series;
 * `reworded`   only its message or author changed;
 * `context`    the lines that it adds and removes are the same, those around them are not;
 * `changed`    its code changed;
 * `split`      its code is now in several patches; `merged`: several patches became one;
 * `rewritten`  the subject is the same, the code has hardly anything in common;
 * `dropped`    only in the old version; `new`: only in the new one.
 */
export type Kind = (typeof KINDS)[number];

/** In the order in which a summary counts them. */
export const KINDS = [
  'unchanged',
  'moved',
  'reworded',
  'context',
  'changed',
  'split',
  'merged',
  'rewritten',
  'dropped',
  'new',
] as const;

/** What of the message differs. */
export interface Wording {
  readonly author: boolean;
  readonly subject: boolean;
  /** The text below the subject, trailers apart. */
  readonly body: boolean;
  readonly trailers: boolean;
}

/** How much of the code differs, in lines that a patch adds or removes. */
export interface CodeChange {
  /** Lines of the new version that the old one does not have, and the other way round. */
  readonly gained: number;
  readonly lost: number;
  /** Files in which they are, in order of name. */
  readonly files: readonly string[];
  /** Nothing but white space differs. */
  readonly whitespaceOnly: boolean;
}

/** A patch of the old version, of the new one, or both. Indexes count from 0. */
export interface Entry {
  readonly kind: Kind;
  readonly old: number | null;
  readonly new: number | null;
  /** It stands elsewhere among the patches that both versions have. */
  readonly moved: boolean;
  readonly wording: Wording;
  readonly code: CodeChange;
  /** For `split`, `merged` and `rewritten`: every patch that took part, this entry's own included. */
  readonly origins: readonly number[];
  readonly results: readonly number[];
}

/** Two versions, compared. Entries stand in the order in which `git range-diff` prints them. */
export interface Comparison {
  readonly old: readonly Patch[];
  readonly new: readonly Patch[];
  readonly entries: readonly Entry[];
}

/** The wording of patches that have the same. */
export const SAME_WORDING: Wording = {
  author: false,
  subject: false,
  body: false,
  trailers: false,
};

/** The code of patches that have the same. */
export const SAME_CODE: CodeChange = { gained: 0, lost: 0, files: [], whitespaceOnly: false };

/** Whether anything of the message differs. */
export function isReworded({ author, subject, body, trailers }: Wording): boolean {
  return author || subject || body || trailers;
}
