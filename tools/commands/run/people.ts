/** MAINTAINERS and .mailmap of the base, ready to be asked: what `maintainers`, `thread` and `send` share. */
import { resolve } from 'node:path';
import { type Section, parseMaintainers, withOverlay } from '../../../review/people/maintainers.ts';
import { type Mailmap, parseMailmap } from '../../../review/people/mailmap.ts';
import { Maintainers, type Subject, directoriesToAsk } from '../../../review/people/match.ts';
import { type Contact, findPeople, peopleInFile } from '../../../review/people/people.ts';
import { SeamError } from '../../errors.ts';
import type { Bytes, Path } from '../../patch/types.ts';
import { printable } from '../../report/printable.ts';
import type { TreeStore } from '../../tree/types.ts';
import type { Context } from '../context.ts';
import { readText } from './thread-covers.ts';

export interface PeopleSources {
  /** In place of the base's own file. */
  readonly maintainers: string | undefined;
  readonly overlay: string | undefined;
  readonly subscriberLists?: boolean;
}

/** Answers whom a subject is to be sent to. */
export interface People {
  /** False where there is no MAINTAINERS: then nobody is found. */
  readonly known: boolean;
  contacts(subject: Subject): Contact[];
}

/** Read what is needed to answer for `paths`. Without base and file, nobody is known. */
export async function openPeople(
  ctx: Context,
  base: TreeStore | null,
  paths: readonly Path[],
  sources: PeopleSources,
): Promise<People> {
  const yaml = paths.filter((path) => path.endsWith('.yaml'));
  const files = await readFiles(base, ['MAINTAINERS', '.mailmap', ...yaml]);
  const sections = await readSections(ctx, files.get('MAINTAINERS') ?? null, sources);
  const mailmap: Mailmap = parseMailmap(textOf(files.get('.mailmap')));
  const directories = await directoriesOf(base, directoriesToAsk(sections, paths));
  const maintainers = new Maintainers(sections, (path) => directories.has(path));
  for (const { file, line, letter, value } of maintainers.unreadable)
    ctx.report.warn(
      printable(`${file}:${line}: '${letter}: ${value}' cannot be read, passed over`),
    );
  return {
    known: sections.length > 0,
    contacts: (subject) => {
      const bindings = subject.paths.filter((path) => path.endsWith('.yaml'));
      const named = bindings.flatMap((path) => peopleInFile(textOf(files.get(path)), path));
      const { subscriberLists = false } = sources;
      return findPeople(maintainers, mailmap, subject, named, { subscriberLists });
    },
  };
}

async function readSections(
  ctx: Context,
  own: Bytes | null,
  { maintainers, overlay }: PeopleSources,
): Promise<Section[]> {
  const read = async (name: string): Promise<Section[]> =>
    parseMaintainers(await readText(ctx, resolve(ctx.cwd, name)), name);
  const sections =
    maintainers === undefined
      ? parseMaintainers(textOf(own ?? undefined), 'MAINTAINERS')
      : await read(maintainers);
  return overlay === undefined ? sections : withOverlay(sections, await read(overlay));
}

/** Contents of those of `paths` that are files of the base. */
export async function readFiles(
  base: TreeStore | null,
  paths: readonly Path[],
): Promise<Map<Path, Bytes>> {
  if (base === null) return new Map();
  const tree = await base.load(paths);
  const entries = paths.flatMap((path) => {
    const entry = tree.get(path);
    return entry === null ? [] : [{ path, id: entry.id }];
  });
  const blobs = await base.blobs(entries.map(({ id }) => id));
  return new Map(
    entries.flatMap(({ path, id }) => {
      const bytes = blobs.get(id);
      return bytes === undefined ? [] : [[path, bytes] as const];
    }),
  );
}

async function directoriesOf(base: TreeStore | null, paths: readonly Path[]): Promise<Set<Path>> {
  if (base === null || paths.length === 0) return new Set();
  const tree = await base.load(paths);
  return new Set(paths.filter((path) => tree.kind(path) === 'directory'));
}

function textOf(bytes: Bytes | undefined): string {
  return bytes === undefined ? '' : Buffer.from(bytes).toString('utf8');
}

/** A file of the base that is not there. */
export function noSuchFile(base: TreeStore, path: Path): SeamError {
  return new SeamError('file-not-found', `no file '${printable(path)}' in '${base.label}'`, {
    kind: 'usage',
    data: { path },
  });
}
