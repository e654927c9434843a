/** Threads, kept below `review/sent` as what was sent. */
import { existsSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { type KeptFiles, keepThreads, sentName } from '../../../review/revision/keep.ts';
import type { Thread } from '../../../review/thread/types.ts';
import { SeamError } from '../../errors.ts';
import { printable } from '../../report/printable.ts';
import { writeExport } from '../../series/disk.ts';
import type { Context } from '../context.ts';
import { keptVersions, sentDirectory } from './sent.ts';

/** How these threads stand to what is kept. */
export interface Keeping {
  readonly directory: string;
  /** Threads of versions that are not kept yet. */
  readonly fresh: readonly Thread[];
  /** Versions that are kept, with other bytes. */
  readonly others: readonly KeptFiles[];
}

/** Look at what is kept of these threads; nothing is written. */
export function compareWithKept(ctx: Context, threads: readonly Thread[]): Keeping {
  const directory = sentDirectory(ctx);
  const known = ({ topic, version }: Pick<Thread, 'topic' | 'version'>): boolean =>
    keptVersions(directory, sentName(topic)).includes(version);
  const same = ({ files }: KeptFiles): boolean =>
    files.every(({ name, bytes }) => {
      const path = join(directory, name);
      return existsSync(path) && readFileSync(path).equals(bytes);
    });
  return {
    directory,
    fresh: threads.filter((thread) => !known(thread)),
    others: keepThreads(threads.filter((thread) => known(thread))).filter((each) => !same(each)),
  };
}

/** A version is sent once: refuse to send or keep another one under its number. */
export function refuseOther({ others }: Keeping): void {
  const [first] = others;
  if (first === undefined) return;
  const { topic, version } = first;
  throw new SeamError('sent-already', otherWords(first), {
    kind: 'usage',
    data: { topics: others.map((other) => other.topic) },
    hint: `the next one is -v ${version + 1}; 'seam range-diff sent:${topic}' says what changed`,
  });
}

/** `version 1 of 'uts' was sent, and was another one`. */
export function otherWords({ topic, version }: KeptFiles): string {
  return `version ${version} of '${printable(topic)}' was sent, and was another one`;
}

/** Write the versions that are not kept yet; with `force` those that are others, too. */
export async function keepSent(ctx: Context, keeping: Keeping, force: boolean): Promise<void> {
  const { directory, fresh, others } = keeping;
  const wanted = [...keepThreads(fresh), ...(force ? others : [])];
  if (wanted.length === 0) return;
  const files = wanted.flatMap((version) => version.files);
  await writeExport(directory, { files, directories: [], warnings: [] }, { force });
  const names = wanted.map(({ topic, version }) => `${topic} v${version}`).join(', ');
  ctx.report.note(printable(`kept below ${relative(ctx.cwd, directory) || '.'}: ${names}`));
}
