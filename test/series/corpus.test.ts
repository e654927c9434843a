/** Real series, where `SEAM_CORPUS` has them (see test/real/README.md). */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { toCommitInfo } from '../../tools/series/commit.ts';
import { formatRawDate } from '../../tools/series/date.ts';
import { exportMbox, exportQuilt } from '../../tools/series/export.ts';
import { openSeries } from '../../tools/series/open.ts';
import { parseNote, patchNote } from '../../tools/series/notes.ts';
import type { Patch } from '../../tools/series/types.ts';
import { corpus } from '../patch/oracle.ts';
import { filesOf, io, raw, run, scratch, text, tree } from './support.ts';

const open = (path: string, spec = '.') => openSeries(spec, { cwd: path, io });

/** Author, subject and message as `git mailinfo` has them, the date as git reads it. */
function mailinfo(patch: Patch, dir: string): Record<string, string> {
  const printed = text(run(['git', 'mailinfo', '-u', 'msg', 'patch'], dir, patch.content));
  const fields = new Map(
    [...printed.matchAll(/^(\w+): (.*)$/gm)].map((match) => [match[1], match[2] ?? '']),
  );
  const date = { GIT_AUTHOR_DATE: fields.get('Date') ?? '2001-09-17T00:00:00Z' };
  return {
    author: `${fields.get('Author')} <${fields.get('Email')}>`,
    subject: fields.get('Subject') ?? '',
    date:
      /\d+ [+-]\d+$/.exec(
        text(run(['git', 'var', 'GIT_AUTHOR_IDENT'], dir, undefined, date)).trim(),
      )?.[0] ?? '',
    message: text(new Uint8Array(readFileSync(join(dir, 'msg')))).trim(),
  };
}

function read(patch: Patch): Record<string, string> {
  const { author, subject, body } = patch.header;
  const { authorDate } = toCommitInfo(patch);
  return {
    author: `${author?.name} <${author?.email}>`,
    subject,
    date: formatRawDate(authorDate),
    message: body.trim(),
  };
}

const series = [
  ['debian-linux/patches', 160],
  ['debian-linux/patches-rt', 67],
  ['ovz-2008/patches', 322],
] as const;

describe.each(series)('%s', (name, count) => {
  const path = corpus(name);

  test.skipIf(path === null)(
    'every patch is read, mails as by git mailinfo',
    async () => {
      const { patches } = await open(path ?? '');
      expect(patches).toHaveLength(count);
      expect(
        patches
          .filter(
            (patch) =>
              patch.files.length === 0 ||
              patch.header.subject === '' ||
              patch.header.author === null,
          )
          .map((patch) => patch.name),
      ).toEqual([]);
      const mails = patches.filter((patch) =>
        patch.header.fields.some((field) => field.key === 'Subject'),
      );
      expect(mails.length).toBeGreaterThan(count * 0.9);
      const dir = scratch();
      expect(mails.map(read)).toEqual(mails.map((patch) => mailinfo(patch, dir)));
    },
    120_000,
  );

  test.skipIf(path === null)(
    'comes out byte for byte, and whole from a mailbox',
    async () => {
      const found = await open(path ?? '');
      // Debian keeps a file there that its series does not name.
      expect(tree(path ?? '')).toMatchObject(filesOf(exportQuilt(found).files));
      const { bytes, warnings } = exportMbox(found, 'mboxo');
      expect(warnings).toEqual([]);
      const again = await openSeries('-', { cwd: '/', io, stdin: async () => bytes });
      const facts = (patch: Patch): unknown => ({
        ...toCommitInfo(patch),
        message: raw(toCommitInfo(patch).message),
        files: patch.files.length,
      });
      expect(again.patches.map(facts)).toEqual(found.patches.map(facts));
      const trees = { tree: 'a'.repeat(40), parentTree: 'b'.repeat(40) };
      for (const patch of found.patches)
        expect(parseNote(patchNote(patch, trees))?.patch?.bytes).toEqual(patch.raw);
    },
    120_000,
  );
});

const ovz = corpus('ovz-2008');

describe.skipIf(ovz === null)('ovz-2008', () => {
  test('range, mailbox and directory are the same 322 commits', async () => {
    const dir = ovz ?? '';
    const [base, tip] = ['base', 'tip'].map((name) => readFileSync(join(dir, name), 'utf8').trim());
    const range = await open(join(dir, 'repo.git'), `${base}..${tip}`);
    const box = await open(dir, 'series.mbox');
    const quilt = await open(dir, 'patches');
    expect([range, box, quilt].map((found) => found.patches.length)).toEqual([322, 322, 322]);
    const facts = (patch: Patch): unknown => {
      const { author, authorDate } = toCommitInfo(patch);
      const { subject, trailers } = patch.header;
      const changes = patch.files.map((file) => [
        file.oldPath,
        file.newPath,
        file.oldId,
        file.newId,
        file.hunks.length,
      ]);
      return { author, authorDate, subject, trailers, changes };
    };
    expect(box.patches.map(facts)).toEqual(quilt.patches.map(facts));
    expect(range.patches.map(facts)).toEqual(quilt.patches.map(facts));
  });
});
