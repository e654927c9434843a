/**
 * What a patch says, as data. Everything that came from a patch is bytes: content is
 * `Uint8Array`, and a `Path` is a string only in the lossless form that `path.ts` defines.
 */

/** Content exactly as it stands in a file or in a patch. */
export type Bytes = Uint8Array;

/**
 * A path relative to the top of a tree, with `/` between components. UTF-8 decoded; a byte that is
 * not part of valid UTF-8 is kept as the lone surrogate U+DC80…U+DCFF, so nothing is lost.
 */
export type Path = string;

/** A file mode as git keeps it. */
export type Mode = 0o100644 | 0o100755 | 0o120000 | 0o160000;

/** What a line of a hunk does: stays, goes, comes. */
export type LineOp = ' ' | '-' | '+';

/** One line of a hunk. `text` includes its line feed; the last line of a file may have none. */
export interface HunkLine {
  readonly op: LineOp;
  readonly text: Bytes;
}

/** A contiguous change. Line numbers count from 1, as in the `@@` header; counts are the body's. */
export interface Hunk {
  readonly oldStart: number;
  readonly oldCount: number;
  readonly newStart: number;
  readonly newCount: number;
  /** What follows the second `@@` on the header line, with its leading space: the heading. */
  readonly section: Bytes;
  readonly lines: readonly HunkLine[];
  /** Line of the `@@` header in the patch file, counted from 1. */
  readonly line: number;
}

/** One direction of a `GIT binary patch`: inflated data. */
export type BinaryHunk =
  | { readonly kind: 'literal'; readonly data: Bytes }
  /** `size` is that of the delta itself, as the patch declares it. */
  | { readonly kind: 'delta'; readonly data: Bytes };

/** Binary change: `unknown` is `Binary files a/x and b/x differ`, which carries no content. */
export type BinaryChange =
  | {
      readonly kind: 'data';
      readonly forward: BinaryHunk;
      readonly reverse: BinaryHunk | null;
      readonly line: number;
    }
  | { readonly kind: 'unknown'; readonly line: number };

/** What happens to a file as a whole. */
export type ChangeKind = 'modify' | 'create' | 'delete' | 'rename' | 'copy';

/** Something in the patch that was not right and that the parser put right. */
export interface Repair {
  readonly kind:
    /** The `@@` counts did not match the body; `Hunk` carries the body's. */
    | 'recounted'
    /** A context line whose leading space was eaten by an editor or a mailer (it starts with a tab). */
    | 'eaten-space'
    /** The last line of the patch file had no line feed and no `\\ No newline` marker. */
    | 'unterminated'
    /** The patch has CRLF line ends of its own: they were taken off to make it fit. Set when applying. */
    | 'carriage-returns';
  readonly line: number;
  readonly message: string;
}

/** The change of one file. */
export interface FilePatch {
  /** `git` has a `diff --git` header whose statements are exact; `unified` only has `---`/`+++`. */
  readonly format: 'git' | 'unified';
  readonly change: ChangeKind;
  /** Path before, with prefix stripped; null when the file is created. */
  readonly oldPath: Path | null;
  /** Path after, with prefix stripped; null when the file is deleted. */
  readonly newPath: Path | null;
  readonly oldMode: Mode | null;
  readonly newMode: Mode | null;
  /** Similarity or dissimilarity index in percent, as written. */
  readonly similarity: number | null;
  readonly dissimilarity: number | null;
  /** Object ids of the `index` line, as abbreviated there; null when absent. */
  readonly oldId: string | null;
  readonly newId: string | null;
  readonly hunks: readonly Hunk[];
  readonly binary: BinaryChange | null;
  readonly repairs: readonly Repair[];
  /** The header lines of this diff end in CR LF: those of its body may be the mailer's, too. */
  readonly crlf: boolean;
  /** First line of this diff in the patch file, counted from 1. */
  readonly line: number;
  /** Bytes of the patch file that this diff covers. */
  readonly start: number;
  readonly end: number;
  /** Names as written, before stripping (`a/x`, `/dev/null`), for messages and for writing back. */
  readonly rawOldName: Path | null;
  readonly rawNewName: Path | null;
}

/** A patch file cut into what people wrote and what programs apply. */
export interface ParsedDiff {
  /** Everything before the first diff. */
  readonly header: Bytes;
  readonly files: readonly FilePatch[];
  /** Everything after the last diff (a mail signature, say). */
  readonly footer: Bytes;
}
