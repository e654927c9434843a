/** What a `git apply` command line asks for, or why Seam does not answer it. */

export interface Request {
  /** Patch files; `-` is standard input, and so is an empty list. */
  readonly files: readonly string[];
  /** What to write to: files, files and index, or the index alone. */
  readonly target: 'worktree' | 'index' | 'cached';
  readonly strip: number | null;
  readonly reverse: boolean;
  readonly fuzz: number;
  readonly threeWay: boolean;
  readonly allowEmpty: boolean;
  /** Hunks without context are meant to be so. */
  readonly unidiffZero: boolean;
  readonly apply: boolean;
  /** See whether it applies, even if it is not to be applied. */
  readonly check: boolean;
  readonly print: readonly ('stat' | 'numstat' | 'summary')[];
}

type Draft = { -readonly [K in keyof Request]: Request[K] };

/** Context lines that `diff` writes: what `-C` counts from. */
const USUAL_CONTEXT = 3;

const PRINTING = ['stat', 'numstat', 'summary'] as const;

/** Options for which Seam has no meaning, each with the reason. */
const FOREIGN: readonly (readonly [option: RegExp, reason: string])[] = [
  [/^--whitespace=(fix|strip|error|error-all)$/, 'Seam neither judges nor changes white space'],
  [/^--ignore-(space-change|whitespace)$/, 'Seam compares context byte by byte'],
  [/^--reject$/, 'Seam applies a patch as a whole or not at all'],
  [/^--(directory|include|exclude)(=|$)/, 'Seam takes paths as the patch and -p name them'],
  [/^--unsafe-paths$/, 'Seam never writes outside the tree'],
  [/^--build-fake-ancestor(=|$)/, 'it is a helper of git am'],
  [
    /^(--no-add|--inaccurate-eof|--intent-to-add|-N)$/,
    'Seam applies all that a patch says, and only that',
  ],
  [/^(-v|--verbose|--whitespace=warn)$/, 'it asks for messages of git'],
  [/^-z$/, 'it asks for an output format of git'],
];

/** Options that change nothing for Seam, which always does so. */
const IMPLIED =
  /^(--recount|--allow-overlap|--binary|--allow-binary-replacement|--no-ignore-whitespace|--whitespace=nowarn|-q|--quiet|--no-reject)$/;

function take(draft: Draft, word: string): boolean {
  const printed = PRINTING.find((name) => word === `--${name}`);
  if (printed !== undefined) {
    draft.print = [...draft.print, printed];
    return true;
  }
  const number = /^-(p|C)(\d+)$/.exec(word);
  if (number?.[1] === 'p') draft.strip = Number(number[2]);
  else if (number?.[1] === 'C') draft.fuzz = Math.max(USUAL_CONTEXT - Number(number[2]), 0);
  else if (word === '--check') draft.check = true;
  else if (word === '--apply') draft.apply = true;
  else if (word === '--index') draft.target = draft.target === 'cached' ? 'cached' : 'index';
  else if (word === '--cached') draft.target = 'cached';
  else if (word === '-R' || word === '--reverse') draft.reverse = true;
  else if (word === '-3' || word === '--3way') draft.threeWay = true;
  else if (word === '--allow-empty') draft.allowEmpty = true;
  else if (word === '--unidiff-zero') draft.unidiffZero = true;
  else return IMPLIED.test(word);
  return true;
}

/** Read the words behind `git apply`; a string is the reason for handing the call on. */
export function parseRequest(words: readonly string[]): Request | string {
  const draft: Draft = {
    files: [],
    target: 'worktree',
    strip: null,
    reverse: false,
    fuzz: 0,
    threeWay: false,
    allowEmpty: false,
    unidiffZero: false,
    apply: false,
    check: false,
    print: [],
  };
  for (const word of words) {
    const foreign = FOREIGN.find(([option]) => option.test(word));
    if (foreign !== undefined) return foreign[1];
    if (!word.startsWith('-') || word === '-') draft.files = [...draft.files, word];
    else if (!take(draft, word)) return `unknown option ${word}`;
  }
  if (!draft.check && draft.print.length === 0) draft.apply = true;
  if (draft.threeWay && draft.target === 'worktree') draft.target = 'index';
  return draft;
}
