/** What reviewers get of a series: its threads, and a drawing of which patch needs which. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { filesOf, mailboxOf } from '../../../review/message/mailbox.ts';
import { formatObjection } from '../../../review/message/objections.ts';
import { drawingOf } from '../../deps/drawing.ts';
import { formatSvg } from '../../deps/svg.ts';
import { EXIT } from '../../errors.ts';
import { writeExport } from '../../series/disk.ts';
import { slugOf, uniqueNames } from '../../series/slug.ts';
import type { Context } from '../context.ts';
import { threadOptions } from '../thread-options.ts';
import { noneOf } from '../types.ts';
import { writeReport } from './check-output.ts';
import { nodesOf, withDependencies } from './dependencies.ts';
import { type Made, withThreads } from './thread-make.ts';
import { startThreads } from './thread-start.ts';

/** What became of the threads. */
export interface Threads {
  /** Names of the mailboxes, one for each thread; none if something stands in the way. */
  readonly files: readonly string[];
  readonly mails: number;
  /** What keeps them from being sent. */
  readonly objections: readonly string[];
}

export interface Needs {
  readonly edges: number;
  /** Patches that need none and that none needs. */
  readonly alone: number;
}

/** Write a mailbox and a folder of mails for every thread. Nothing is written that cannot be sent. */
export async function makeThreads(ctx: Context, place: string): Promise<Threads> {
  let result: Threads = { files: [], mails: 0, objections: [] };
  await withThreads(await startThreads(ctx), [], noneOf(threadOptions), async (made) => {
    result = await writeThreads(place, made);
    return EXIT.yes;
  });
  return result;
}

async function writeThreads(place: string, { threads, objections }: Made): Promise<Threads> {
  // What an earlier run has left would be sent along.
  rmSync(place, { recursive: true, force: true });
  if (objections.length > 0)
    return { files: [], mails: 0, objections: objections.map((each) => formatObjection(each)) };
  const names = uniqueNames(threads.map(({ name }) => slugOf(name) || 'thread'));
  const files = threads.flatMap(({ mails, version }, index) => {
    const name = names[index] ?? String(index);
    const mailbox = { name: `${name}.mbox`, bytes: mailboxOf(mails, 'mboxrd') };
    return [mailbox, ...filesOf(mails, version, `${name}/`)];
  });
  await writeExport(place, { files, directories: [], warnings: [] }, { force: false });
  return {
    files: files.map(({ name }) => name).filter((name) => name.endsWith('.mbox')),
    mails: threads.reduce((sum, { mails }) => sum + mails.length, 0),
    objections: [],
  };
}

/** Write `deps.svg`. */
export async function drawNeeds(ctx: Context, directory: string): Promise<Needs> {
  let needs: Needs = { edges: 0, alone: 0 };
  await withDependencies(ctx, 0, async ({ series, text }) => {
    writeReport(ctx, join(directory, 'deps.svg'), formatSvg(drawingOf(text, nodesOf(series))));
    const tied = new Set(text.edges.flatMap(({ from, to }) => [from, to]));
    needs = { edges: text.edges.length, alone: series.patches.length - tied.size };
    return EXIT.yes;
  });
  return needs;
}
