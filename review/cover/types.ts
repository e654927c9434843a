/** A cover letter as values, for those who do not read Markdown themselves. */
import type { Moment, Person } from '../../tools/series/types.ts';
import type { Objection } from '../message/objections.ts';

/** Columns of the text, as kernel lists have them. */
export const LETTER_WIDTH = 72;

/** A cover letter before patches, recipients and numbers are known. */
export interface Cover {
  /** How messages name the file. */
  readonly file: string;
  readonly facts: CoverFacts;
  readonly subject: string;
  /** Lines of the letter, each at most 72 columns wide but for code, tables and long words. */
  readonly lines: readonly string[];
  /** What has to be put right before it can be sent. */
  readonly objections: readonly Objection[];
}

/** What a cover says besides its text. */
export interface CoverFacts {
  /** For the brackets, `PATCH` always among them. */
  readonly prefix: string;
  readonly version: number;
  readonly from: Person | null;
  readonly to: readonly Person[];
  readonly cc: readonly Person[];
  /** Topics, Message-IDs with their angle brackets, URLs. */
  readonly dependsOn: readonly string[];
  readonly openQuestions: readonly Question[];
  readonly baseCommit: string | null;
  readonly changeId: string | null;
  readonly date: Moment | null;
}

/** Markdown, and the line of the file where it stands. */
export interface Question {
  readonly text: string;
  readonly line: number;
}

export const NO_FACTS: CoverFacts = {
  prefix: 'PATCH',
  version: 1,
  from: null,
  to: [],
  cc: [],
  dependsOn: [],
  openQuestions: [],
  baseCommit: null,
  changeId: null,
  date: null,
};
