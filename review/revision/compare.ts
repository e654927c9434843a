/** Compares two versions of a series, patch by patch; no tree is needed. */
import type { Patch } from '../../tools/series/types.ts';
import { codeBetween, wordingBetween } from './difference.ts';
import { type Bags, type LineBag, findSpreads, lineBag } from './lineage.ts';
import { CREATION_FACTOR, matchPatches } from './match.ts';
import { displayOrder, findMoved } from './order.ts';
import { type ChangedLine, type KnownTexts, type PatchText, changedLines, textOf } from './text.ts';
import {
  type CodeChange,
  type Comparison,
  type Entry,
  type Kind,
  type Wording,
  SAME_CODE,
  SAME_WORDING,
  isReworded,
} from './types.ts';

export interface CompareOptions {
  /** Percent of its own length that a patch without partner costs; 60, as in git. */
  readonly creationFactor?: number;
}

/** Find out what became of each patch of `old` in `next`. */
export function compareVersions(
  old: readonly Patch[],
  next: readonly Patch[],
  options: CompareOptions = {},
): Comparison {
  const known: KnownTexts = new Map();
  const read = (patches: readonly Patch[]): Version[] =>
    patches.map((patch) => new Version(patch, known));
  const [before, after] = [read(old), read(next)];
  const partner = matchPatches(before, after, options.creationFactor ?? CREATION_FACTOR);
  const relations = new Relations(before, after, partner);
  const moved = findMoved(partner);
  const entries = displayOrder(partner, next.length).map(([oldAt, nextAt]): Entry => {
    const facts = factsOf(before[oldAt], after[nextAt]);
    const related = relations.of(oldAt, nextAt);
    const entry = {
      old: oldAt === -1 ? null : oldAt,
      new: nextAt === -1 ? null : nextAt,
      moved: oldAt !== -1 && moved.has(oldAt),
      wording: facts.wording,
      code: facts.code,
      origins: related?.origins ?? [],
      results: related?.results ?? [],
    };
    return { ...entry, kind: related?.kind ?? kindOf(entry, facts.sameDiff) };
  });
  return { old, new: next, entries };
}

/** A patch with what is found out about it on the way. */
class Version {
  readonly patch: Patch;
  readonly subject: string;
  readonly text: PatchText;
  private lines: readonly ChangedLine[] | undefined;

  constructor(patch: Patch, known: KnownTexts) {
    this.patch = patch;
    this.subject = patch.header.subject;
    this.text = textOf(patch, known);
  }

  /** Most patches stay as they are, so this is made for those only that do not. */
  get changes(): readonly ChangedLine[] {
    this.lines ??= changedLines(this.patch);
    return this.lines;
  }
}

interface Facts {
  readonly wording: Wording;
  readonly code: CodeChange;
  readonly sameDiff: boolean;
}

function factsOf(old: Version | undefined, next: Version | undefined): Facts {
  if (old === undefined || next === undefined)
    return { wording: SAME_WORDING, code: SAME_CODE, sameDiff: false };
  const sameHead = old.text.head === next.text.head;
  const sameDiff = old.text.diff === next.text.diff;
  return {
    wording: wordingBetween(old.patch.header, next.patch.header, sameHead),
    code: sameDiff ? SAME_CODE : codeBetween(old.changes, next.changes),
    sameDiff,
  };
}

function kindOf(entry: Omit<Entry, 'kind'>, sameDiff: boolean): Kind {
  if (entry.new === null) return 'dropped';
  if (entry.old === null) return 'new';
  if (entry.code !== SAME_CODE) return 'changed';
  if (!sameDiff) return 'context';
  if (isReworded(entry.wording)) return 'reworded';
  return entry.moved ? 'moved' : 'unchanged';
}

interface Relation {
  readonly kind: 'split' | 'merged' | 'rewritten';
  readonly origins: readonly number[];
  readonly results: readonly number[];
}

/** Ties between more than two patches, or between two that were not matched. */
class Relations {
  private readonly byOld = new Map<number, Relation>();
  private readonly byNew = new Map<number, Relation>();

  constructor(old: readonly Version[], next: readonly Version[], partner: Int32Array) {
    const back = new Int32Array(next.length).fill(-1);
    for (const [from, to] of partner.entries()) if (to !== -1) back[to] = from;
    const [before, after] = [bagsOf(old, next, partner), bagsOf(next, old, back)];
    for (const { whole, pieces } of findSpreads(before, after, partner))
      this.add({ kind: 'split', origins: [whole], results: pieces });
    for (const { whole, pieces } of findSpreads(after, before, back))
      this.add({ kind: 'merged', origins: pieces, results: [whole] });
    this.findRewritten(
      [...before.keys()].filter((index) => partner[index] === -1),
      [...after.keys()].filter((index) => back[index] === -1),
      old,
      next,
    );
  }

  /** Patches that share a subject which neither version has twice, and nothing else. */
  private findRewritten(
    gone: readonly number[],
    come: readonly number[],
    old: readonly Version[],
    next: readonly Version[],
  ): void {
    const waiting = uniqueSubjects(come, next);
    for (const [subject, from] of uniqueSubjects(gone, old)) {
      const to = waiting.get(subject);
      if (to !== undefined) this.add({ kind: 'rewritten', origins: [from], results: [to] });
    }
  }

  of(old: number, next: number): Relation | undefined {
    return this.byOld.get(old) ?? this.byNew.get(next);
  }

  /** The first relation that a patch is found in stays. */
  private add(relation: Relation): void {
    const { origins, results } = relation;
    const free =
      origins.every((index) => !this.byOld.has(index)) &&
      results.every((index) => !this.byNew.has(index));
    if (!free) return;
    for (const index of origins) this.byOld.set(index, relation);
    for (const index of results) this.byNew.set(index, relation);
  }
}

/** The telling lines of every patch that the other version does not have as it is. */
function bagsOf(own: readonly Version[], other: readonly Version[], partner: Int32Array): Bags {
  const bags = new Map<number, LineBag>();
  for (const [index, version] of own.entries()) {
    const match = other[partner[index] ?? -1];
    if (match === undefined || version.text.diff !== match.text.diff)
      bags.set(index, lineBag(version.changes));
  }
  return bags;
}

function uniqueSubjects(
  indexes: readonly number[],
  versions: readonly Version[],
): Map<string, number> {
  const places = new Map<string, number>();
  const repeated = new Set(['']);
  for (const index of indexes) {
    const subject = versions[index]?.subject ?? '';
    if (places.has(subject)) repeated.add(subject);
    places.set(subject, index);
  }
  for (const subject of repeated) places.delete(subject);
  return places;
}
