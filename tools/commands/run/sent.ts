/** Versions that were sent, on disk: below `review/sent` beside the configuration. */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import {
  type SentVersion,
  readVersion,
  sentPlace,
  versionOfName,
} from '../../../review/revision/sent.ts';
import { SeamError } from '../../errors.ts';
import type { Bytes } from '../../patch/types.ts';
import type { Context } from '../context.ts';

/** Where versions are kept when nothing else is said: beside the file that names the series. */
export function sentDirectory(ctx: Context): string {
  return join(ctx.globals.series?.from ?? ctx.cwd, 'review/sent');
}

/** The versions of a topic that are kept, ascending. */
export function keptVersions(directory: string, topic: string): number[] {
  const folder = join(directory, topic);
  if (!existsSync(folder)) return [];
  const found = readdirSync(folder).flatMap((name) => versionOfName(name) ?? []);
  return found.sort((a, b) => a - b);
}

/** A kept version: what it says, and the path of its patches. */
export interface Kept {
  readonly said: SentVersion;
  readonly mbox: string;
}

/** The version of `topic` that was sent last, or `version`. Throws when there is none. */
export function openKept(directory: string, topic: string, version?: number): Kept {
  // Refuses names that lead elsewhere before anything is looked for.
  sentPlace(topic, version ?? 1);
  const kept = keptVersions(directory, topic);
  const wanted = version ?? kept.at(-1);
  if (wanted === undefined || !kept.includes(wanted))
    throw notKept(directory, topic, version, kept);
  const place = sentPlace(topic, wanted);
  const [manifest, patches, covers] = ['json', 'mbox', 'cover'].map((suffix) =>
    readIfThere(join(directory, `${place}.${suffix}`)),
  );
  if (!manifest || !patches) throw notKept(directory, topic, wanted, kept);
  return {
    said: readVersion(place, manifest, { patches, covers: covers ?? null }),
    mbox: join(directory, `${place}.mbox`),
  };
}

function readIfThere(path: string): Bytes | null {
  return existsSync(path) ? readFileSync(path) : null;
}

function notKept(
  directory: string,
  topic: string,
  version: number | undefined,
  kept: readonly number[],
): SeamError {
  const message =
    version === undefined
      ? `no version of '${topic}' was sent`
      : `version ${version} of '${topic}' was not sent`;
  const there = kept.map((each) => `sent:${topic}@v${each}`).join(', ');
  return new SeamError('not-sent', message, {
    data: { directory, topic, kept },
    ...(there === '' ? {} : { hint: `there is ${there}` }),
  });
}
