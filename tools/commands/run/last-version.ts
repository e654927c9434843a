/** The version of a topic that was sent before the one that is made: what changed, what tags are worth. */
import { parseAddress } from '../../../review/message/address.ts';
import { changesSection } from '../../../review/revision/changes.ts';
import { compareVersions } from '../../../review/revision/compare.ts';
import { type Advice, adviseTrailers } from '../../../review/revision/trailers.ts';
import type { Comparison } from '../../../review/revision/types.ts';
import type { Patch, Person, Series } from '../../series/types.ts';
import type { Context } from '../context.ts';
import type { Analysed } from './dependencies.ts';
import { compareOnStore } from './rebased.ts';
import { keptVersions, openKept, sentDirectory } from './sent.ts';
import { openKeptSeries } from './versions.ts';

/** A topic's patches, and what it is called where it is kept. */
export interface Topic {
  readonly name: string;
  readonly patches: readonly Patch[];
  /** Patches of the series that it stands on. */
  readonly before: readonly Patch[];
}

/** What became of the last version. */
export interface Since {
  /** Its number. */
  readonly version: number;
  readonly comparison: Comparison;
  readonly advice: readonly Advice[];
}

/** Compare a topic with the last version that was sent before `version`; null when none is kept. */
export async function sinceLast(
  ctx: Context,
  { name, patches, before }: Topic,
  version: number,
  analysed: Analysed | null,
): Promise<Since | null> {
  const directory = sentDirectory(ctx);
  const last = keptVersions(directory, name).findLast((kept) => kept < version);
  if (last === undefined) return null;
  const { said, mbox } = openKept(directory, name, last);
  const old: Series = await openKeptSeries(ctx, said, mbox);
  const raw = compareVersions(old.patches, patches);
  const comparison =
    analysed === null
      ? raw
      : (await compareOnStore(analysed.base, raw, before, {}, ctx.signal)).comparison;
  return { version: last, comparison, advice: adviseTrailers(comparison) };
}

/** The section of the next cover letter, Markdown. Where a topic has parts, it counts over all. */
export function draftSince({ version, comparison, advice }: Since, parts: number): string {
  const section = changesSection(comparison, `v${version}`, advice);
  return parts === 1 ? section : `${section}\nPatches are counted through all ${parts} parts.\n`;
}

/** Who has to look at a patch once more, by patch: people whose tag was given to other code. */
export function peopleToAsk({ advice }: Since, patches: readonly Patch[]): Map<Patch, Person[]> {
  const asked = new Map<Patch, Person[]>();
  for (const { patch: index, trailer, fate } of advice) {
    const patch = patches[index];
    const person = fate === 'ask' || fate === 'recheck' ? parseAddress(trailer.value) : null;
    if (patch === undefined || person === null) continue;
    asked.set(patch, [...(asked.get(patch) ?? []), person]);
  }
  return asked;
}
