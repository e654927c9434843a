import type { FilePatch, Path } from '../patch/types.ts';

/** What one patch did to one file, where its hunks were really found. */
export interface FileFootprint {
  /** In the direction in which it was applied, hunks numbered by where they stood. */
  readonly file: FilePatch;
  /** The path that was read; null when the file was created. */
  readonly source: Path | null;
  /** The path that was written; null when the file was removed. */
  readonly destination: Path | null;
}

/** What one patch did, in the order of its diffs. */
export type Footprint = readonly FileFootprint[];

/** A series as it applied, and what it started from. */
export interface Footprints {
  readonly patches: readonly Footprint[];
  /** Lines of each file of the base that any patch touches; a file that is not here does not exist. */
  readonly lines: ReadonlyMap<Path, number>;
}

/**
 * `needs`: without the other patch this one does not apply, or not to the same effect.
 * `after`: it applies without the other one, but where it comes first the other one does not apply any more.
 */
export type EdgeKind = 'needs' | 'after';

/** What of a file two patches share. */
export type TextCause =
  /** Lines that the other patch put there. */
  | 'lines'
  /** Lines that the other patch took away from between two neighbours, or a place that it moved. */
  | 'neighbours'
  /** Lines that the other patch has as context, and that this one changes or parts. */
  | 'context'
  /** The file itself: created, removed or moved by the other patch. */
  | 'file'
  | 'mode';

/** A place that ties one patch to another. */
export interface TextReason {
  readonly layer: 'text';
  readonly cause: TextCause;
  readonly path: Path;
  /** Lines of the file as it is before the dependent patch, from 1; null when it is about the whole file. */
  readonly first: number | null;
  readonly last: number | null;
  /** The first of these lines without its line end; empty when there is none to show. */
  readonly text: string;
}

export type SymbolKind =
  | 'function'
  | 'variable'
  | 'type'
  | 'field'
  | 'macro'
  | 'constant'
  | 'config'
  | 'file';

/** A name that the other patch defines, changes or removes, and that this one uses. */
export interface SymbolReason {
  readonly layer: 'symbols';
  readonly symbol: string;
  readonly kind: SymbolKind;
  readonly what: 'defines' | 'changes' | 'removes';
  readonly defined: SourceLine;
  readonly used: SourceLine;
}

/** A line that a patch adds or takes away. */
export interface SourceLine {
  readonly path: Path;
  /** On the side of the patch that has the line, from 1. */
  readonly line: number;
  readonly text: string;
}

/** What a build or a test says of the patch when the other one is left out, with all that needs that one. */
export interface BuildReason {
  readonly layer: 'build';
  /** The step of the check that does not pass then. */
  readonly step: string;
  readonly config: string | null;
  /** Where it says so; null when it names no place. */
  readonly path: Path | null;
  readonly line: number | null;
  readonly message: string;
}

export type Reason = TextReason | SymbolReason | BuildReason;

/** Patch `from` depends on the earlier patch `to`; both are indexes in the series. */
export interface Edge {
  readonly from: number;
  readonly to: number;
  readonly kind: EdgeKind;
  readonly reasons: readonly Reason[];
}

/** Which patch depends on which. Edges are sorted by `from`, then `to`; at most one for each pair. */
export interface Graph {
  readonly size: number;
  readonly edges: readonly Edge[];
}
