/** The words of a search: what is asked, what is answered, what comes out. */

/**
 * A state of the tree by the number of patches that are applied: 0 is the base, `k` the tree behind
 * patch `k`. A patch is at fault when the answers on both sides of it differ.
 */
export type Position = number;

/** What the command says of one tree. */
export type Answer = 'good' | 'bad' | 'skip' | 'abort';

/** What is looked for: the first patch that breaks, or the first that repairs. */
export type Goal = 'breaks' | 'fixes';

/** The two trees between which the patch must lie. */
export interface Ends {
  readonly first: Position;
  readonly last: Position;
}

export type Result =
  /** The answers directly before and behind this patch differ as they should. */
  | { readonly kind: 'found'; readonly position: Position }
  /** One of these patches; the trees between them could not be tested. */
  | { readonly kind: 'found-despite-skips'; readonly first: Position; readonly last: Position }
  /** An end could not be tested, so there is nothing to search between. */
  | { readonly kind: 'indeterminate'; readonly position: Position }
  /** The ends do not have the answers that the search starts from. */
  | { readonly kind: 'ends-wrong'; readonly first: Answer; readonly last: Answer }
  /** The command asked to stop. */
  | { readonly kind: 'aborted'; readonly position: Position };

/** What to do next. Questions come in the order of their worth: the first is what a serial search asks. */
export type Step<Question, Outcome> =
  | { readonly kind: 'evaluate'; readonly questions: readonly Question[] }
  | { readonly kind: 'done'; readonly result: Outcome };

/**
 * A search with no I/O in it: it hands out questions and is told answers. Immutable, so that a
 * driver may ask "what then?" without committing to it.
 */
export interface Search<Question, Outcome> {
  /**
   * Up to `count` questions worth asking now. Those in `pending` are being worked on: they are
   * named again as long as their answers matter, and nothing is asked twice.
   */
  next(count: number, pending: readonly Question[]): Step<Question, Outcome>;
  mark(question: Question, answer: Answer): Search<Question, Outcome>;
}
