import { existsSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { fc, test as propertyTest } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import { toCommitInfo, UNKNOWN_AUTHOR, UNKNOWN_DATE } from '../../tools/series/commit.ts';
import { composeMail } from '../../tools/series/compose.ts';
import { formatRawDate } from '../../tools/series/date.ts';
import { writeExport } from '../../tools/series/disk.ts';
import { exportMaildir, exportMbox, exportQuilt } from '../../tools/series/export.ts';
import {
  NOTES_REF,
  joinNotes,
  parseNote,
  patchNote,
  seriesNote,
} from '../../tools/series/notes.ts';
import { openSeries } from '../../tools/series/open.ts';
import { parsePatch } from '../../tools/series/patchfile.ts';
import { type NotedCommit, restoreQuilt } from '../../tools/series/restore.ts';
import type { Series } from '../../tools/series/types.ts';
import {
  bytes,
  failure,
  filesOf,
  has,
  io,
  latin,
  put,
  raw,
  run,
  scratch,
  text,
  tree,
} from './support.ts';

const diff = (file: string, from = 'a', to = 'b'): string =>
  `--- a/${file}\n+++ b/${file}\n@@ -1 +1 @@\n-${from}\n+${to}\n`;
const open = (spec: string, cwd: string) => openSeries(spec, { cwd, io });

/** A quilt series with all that git cannot hold. */
const QUILT = {
  series: latin(
    '# Topic caf\xe9\n\n  one.patch\t# why\r\nsub/two.patch -p0\n+never three.patch\n\tfour.patch.gz  \nfive.patch -R\nsix.patch #+g\n',
  ),
  'one.patch': latin(
    `Description: odd \xff bytes\n More text\nAuthor: A <a@x>\nOrigin: vendor\n\nFree.  \n\n\nText\n---\nIndex: x/f\n${diff('f', 'a', 'b').replace('--- a/f', '--- x.orig/f\t2006-01-01').replace('+++ b/f', '+++ x/f\t2006-01-02')}trailing words\n`,
  ),
  'sub/two.patch': latin(
    'From: B <b@x>\nSubject: two\nDate: Tue, 4 Mar 2008 14:00:00 +0300\n\nText of two.\n---\n g | 2 +-\n\n--- g\n+++ g\n@@ -1 +1 @@\n-a\n+b\n-- \n1.5\n',
  ),
  'three.patch': latin('never applied, not even a diff\n'),
  'four.patch.gz': new Uint8Array(gzipSync(`four\n\n${diff('h')}`)),
  'five.patch': latin(`five, in reverse\n\n${diff('i', 'b', 'a')}`),
  'six.patch': latin(diff('never')),
} as const;

const BASE = { f: 'a\n', g: 'a\n', h: 'a\n', i: 'a\n', never: 'a\n' };

/** Apply with GNU patch and commit as `toCommitInfo` says, notes beside: what `seam import` does. */
function commitSeries(dir: string, series: Series): void {
  put(dir, BASE);
  run(['git', 'init', '-q', '-b', 'main'], dir);
  run(['git', 'add', '-A'], dir);
  run(['git', 'commit', '-q', '-m', 'base'], dir);
  run(['git', 'tag', 'base'], dir);
  const treeOf = (): string => text(run(['git', 'rev-parse', 'HEAD^{tree}'], dir)).trim();
  for (const [index, patch] of series.patches.entries()) {
    const parentTree = treeOf();
    run(
      [
        'patch',
        '-s',
        '-f',
        '--no-backup-if-mismatch',
        `-p${patch.strip}`,
        ...(patch.reverse ? ['-R'] : []),
      ],
      dir,
      patch.content,
    );
    const info = toCommitInfo(patch);
    run(['git', 'add', '-A'], dir);
    // Not git commit, which takes bytes that are no UTF-8 for ISO 8859-1; fast-import does not.
    const [name, parent] = [['write-tree'], ['rev-parse', 'HEAD']].map((args) =>
      text(run(['git', ...args], dir)).trim(),
    );
    const who = `${info.author.name} <${info.author.email}> ${formatRawDate(info.authorDate)}`;
    const object = latin(
      `tree ${name}\nparent ${parent}\nauthor ${who}\ncommitter ${who}\n\n${raw(info.message)}`,
    );
    const commit = text(
      run(['git', 'hash-object', '-w', '-t', 'commit', '--stdin'], dir, object),
    ).trim();
    run(['git', 'update-ref', 'HEAD', commit], dir);
    const note = patchNote(patch, { tree: treeOf(), parentTree });
    const last = index === series.patches.length - 1;
    const id = text(
      run(
        ['git', 'hash-object', '-w', '--stdin'],
        dir,
        joinNotes(note, last ? seriesNote(series) : new Uint8Array()),
      ),
    ).trim();
    run(['git', 'notes', `--ref=${NOTES_REF}`, 'add', '-C', id, 'HEAD'], dir);
  }
}

async function notedCommits(dir: string): Promise<{ series: Series; commits: NotedCommit[] }> {
  const series = await open('base..main', dir);
  const show = (...args: string[]): Uint8Array | null => {
    try {
      return run(['git', ...args], dir);
    } catch {
      return null;
    }
  };
  const commits = series.patches.map((patch) => ({
    patch,
    tree: text(run(['git', 'rev-parse', `${patch.commit}^{tree}`], dir)).trim(),
    parentTree: text(run(['git', 'rev-parse', `${patch.commit}~^{tree}`], dir)).trim(),
    note:
      show('cat-file', 'blob', `${NOTES_REF}:${patch.commit}`) ??
      show(
        'cat-file',
        'blob',
        `${NOTES_REF}:${patch.commit?.slice(0, 2)}/${patch.commit?.slice(2)}`,
      ),
  }));
  return { series, commits };
}

const wanted = (): Record<string, string> =>
  filesOf(Object.entries(QUILT).map(([name, content]) => ({ name, bytes: content })));

describe('quilt', () => {
  test('out is what came in', async () => {
    const dir = scratch();
    put(dir, QUILT);
    const series = await open('.', dir);
    expect(filesOf(exportQuilt(series).files)).toEqual(wanted());
  });

  test('a part of it takes the lines of the others out', async () => {
    const dir = scratch();
    put(dir, QUILT);
    const series = await open('.', dir);
    const part = exportQuilt({ ...series, patches: series.patches.slice(0, 1) });
    expect(raw(part.files.at(-1)!.bytes)).toBe(
      '# Topic caf\xe9\n\n  one.patch\t# why\r\n+never three.patch\nsix.patch #+g\n',
    );
  });

  test.skipIf(!has('git'))('to git and back, byte for byte', async () => {
    const [from, repo] = [scratch(), scratch()];
    put(from, QUILT);
    commitSeries(repo, await open('.', from));
    const { series, commits } = await notedCommits(repo);
    expect(filesOf((await restoreQuilt(series, commits, io)).files)).toEqual(wanted());
  });

  test.skipIf(!has('git'))('to git, edited, and back: what was not touched stays', async () => {
    const [from, repo] = [scratch(), scratch()];
    put(from, QUILT);
    commitSeries(repo, await open('.', from));
    const { series, commits } = await notedCommits(repo);
    const [one, two, ...others] = commits;
    const reworded = {
      ...two!,
      patch: { ...two!.patch, message: bytes('two, better\n\nText of two.\n') },
    };
    const moved = { ...one!, tree: '0'.repeat(40) };
    const files = filesOf(
      (await restoreQuilt(series, [moved, reworded, { ...others[0]!, note: null }, others[1]!], io))
        .files,
    );
    const before = wanted();
    expect(files['one.patch']).toBe(before['one.patch']);
    expect(files['sub/two.patch']).toContain('Subject: [PATCH] two, better\n\nText of two.\n');
    expect(files['sub/two.patch']).toContain('\n--- g\n+++ g\n@@ -1 +1 @@\n-a\n+b\n-- \n1.5\n');
    expect(Object.keys(files).sort()).toEqual([
      'five.patch',
      'one.patch',
      'series',
      'six.patch',
      'sub/four.patch',
      'sub/two.patch',
      'three.patch',
    ]);
    expect(files['series']).toBe(
      '# Topic caf\xe9\n\n  one.patch\t# why\r\nsub/two.patch -p0\nsub/four.patch\r\n+never three.patch\nfive.patch -R\nsix.patch #+g\n',
    );
  });

  test('from mails: names from subjects without numbers, a fresh series file', () => {
    const mails = ['[PATCH 1/3] mm: count', '[PATCH 2/3] mm: count', '[PATCH 3/3] '].map(
      (subject, index) =>
        parsePatch(
          bytes(`From: A <a@x>\nSubject: ${subject}\n\nx\n---\n${diff('f')}`),
          { name: `000${index + 1}-x.patch`, topic: index === 0 ? null : 'b c' },
          { mail: true },
        ),
    );
    const series: Series = {
      origin: 'mbox',
      source: '-',
      patches: mails,
      version: 1,
      baseCommit: null,
      cover: null,
      seriesFile: null,
      excluded: [],
      warnings: [],
    };
    const { files } = exportQuilt(series);
    expect(files.map((file) => file.name)).toEqual([
      'mm-count.patch',
      'b-c/mm-count.patch',
      'b-c/x.patch',
      'series',
    ]);
    expect(raw(files.at(-1)!.bytes)).toBe(
      'mm-count.patch\n\n# b c\nb-c/mm-count.patch\nb-c/x.patch\n',
    );
  });
});

describe('notes', () => {
  propertyTest.prop([fc.array(fc.uint8Array({ maxLength: 60 }), { minLength: 2, maxLength: 4 })])(
    'give back any bytes',
    ([file = new Uint8Array(), seriesFile = new Uint8Array(), ...others]) => {
      const patch = { ...parsePatch(bytes(''), { name: 'a\u00e9 b.patch' }), raw: file };
      const excluded = others.map((content, index) => ({ name: `x${index}`, bytes: content }));
      const series: Series = {
        origin: 'quilt',
        source: '',
        patches: [patch],
        version: 1,
        baseCommit: null,
        cover: null,
        seriesFile,
        excluded,
        warnings: [],
      };
      const trees = { tree: 'a'.repeat(40), parentTree: 'b'.repeat(40) };
      const note = parseNote(joinNotes(patchNote(patch, trees), seriesNote(series)));
      expect(note).toEqual({
        patch: { name: patch.name, bytes: file },
        ...trees,
        series: seriesFile,
        excluded,
      });
    },
  );

  test('of others are left alone, damaged ones named', async () => {
    expect(parseNote(bytes('Reviewed-by: somebody\n'))).toBeNull();
    expect(
      (await failure(() => parseNote(bytes('seam-note 1\npatch 99 x\nshort\n')))).message,
    ).toBe("note under 'refs/notes/seam' is damaged at byte 23");
  });
});

describe.skipIf(!has('git'))('git → mail → git', () => {
  const repository = (): string => {
    const dir = scratch();
    run(['git', 'init', '-q', '-b', 'main'], dir);
    const commit = (
      message: string,
      files: Record<string, string>,
      author = 'J\u00f6rg M. X',
    ): void => {
      put(dir, files);
      run(['git', 'add', '-A'], dir);
      run(['git', 'commit', '-q', '-F', '-'], dir, message, {
        GIT_AUTHOR_NAME: author,
        GIT_AUTHOR_EMAIL: 'j@x',
        GIT_AUTHOR_DATE: '1200000000 -0330',
      });
    };
    commit('base', { f: 'a\n', g: 'x\r\ny\r\n' });
    run(['git', 'tag', 'base'], dir);
    commit(
      'mm: count p\u00e4ges per container, with a subject that is long enough to be folded twice over when it is written\n\nBody.\n\nSigned-off-by: J\u00f6rg <j@x>\n',
      { f: 'b\n' },
    );
    commit(
      'binary and CR LF\n\nFrom: looks like a header\n\nmore',
      { bin: '\0\u0001\n', g: 'x\r\nz\r\n' },
      'Plain',
    );
    commit('no newline', { f: 'c' }, 'A, B');
    commit('quotes, mails\n\n> quoted\n>From here\nFrom there on\n', { 'f\ttab': 'b\n' });
    return dir;
  };
  const facts = (dir: string, range: string): string =>
    text(
      run(['git', 'log', '--reverse', '--format=%T%n%an <%ae>%n%ad%n%B', '--date=raw', range], dir),
    );
  const replay = (dir: string, args: string[], mailbox: Uint8Array): string => {
    run(['git', 'checkout', '-q', '-b', 'replay', 'base'], dir);
    run(['git', 'am', '-q', '--keep-cr', ...args], dir, mailbox);
    const found = facts(dir, 'base..replay');
    run(['git', 'checkout', '-q', 'main'], dir);
    run(['git', 'branch', '-q', '-D', 'replay'], dir);
    return found;
  };

  test('both mailboxes give git am the same trees, authors, dates and messages', async () => {
    const dir = repository();
    const series = await open('base..main', dir);
    for (const [flavour, args] of [
      ['mboxo', []],
      ['mboxrd', ['--patch-format=mboxrd']],
    ] as const) {
      const { bytes: mailbox, warnings } = exportMbox(series, flavour);
      expect(warnings).toEqual([]);
      expect(replay(dir, [...args], mailbox)).toBe(facts(dir, 'base..main'));
    }
  });

  test('and our own reader the same commits', async () => {
    const dir = repository();
    const series = await open('base..main', dir);
    const { bytes: mailbox } = exportMbox(series, 'mboxrd');
    const again = await openSeries('-', { cwd: '/', io, stdin: async () => mailbox });
    expect(
      again.patches.map((patch) => ({
        ...toCommitInfo(patch),
        message: raw(toCommitInfo(patch).message),
      })),
    ).toEqual(
      series.patches.map((patch) => ({
        ...toCommitInfo(patch),
        message: raw(toCommitInfo(patch).message),
      })),
    );
  });

  test('a maildir, too', async () => {
    const [dir, box] = [repository(), scratch()];
    const exported = exportMaildir(await open('base..main', dir));
    await writeExport(join(box, 'm'), exported);
    for (const name of ['cur', 'new', 'tmp']) expect(existsSync(join(box, 'm', name))).toBe(true);
    run(['git', 'checkout', '-q', '-b', 'replay', 'base'], dir);
    run(['git', 'am', '-q', '--keep-cr', join(box, 'm')], dir);
    expect(facts(dir, 'base..replay')).toBe(facts(dir, 'base..main'));
  });

  test('what a mail cannot carry is said', async () => {
    const dir = repository();
    put(dir, { f: 'd\n' });
    run(['git', 'commit', '-qa', '-m', 'cut\n\nabove\n---\nbelow'], dir);
    put(dir, { f: 'e\n' });
    run(['git', 'commit', '-qa', '-m', 'split\n\nFrom me@x Mon Sep 17 00:00:00 2001\nmore'], dir);
    put(dir, { f: 'g\n' });
    run(['git', 'commit', '-qa', '-m', 'name'], dir, undefined, {
      GIT_AUTHOR_NAME: 'J\u00f6rg "X" Y',
    });
    const series = await open('main~3..main', dir);
    expect(exportMbox(series, 'mboxo').warnings).toEqual([
      "patch 'cut.patch' does not come out of a mail with the same message",
      "patch 'split.patch' has a line that begins a new mail in an mbox; write mboxrd instead",
      // git format-patch writes such a name in the same way, and git am loses the same quotes.
      "patch 'name.patch' does not come out of a mail with the same author",
    ]);
    expect(exportMbox(series, 'mboxrd').warnings).toHaveLength(2);
  });

  test('a single mail is that of git format-patch, diffstat apart', async () => {
    const dir = repository();
    const series = await open('main~3..main', dir);
    const stat = (): string => 'STAT';
    const theirs = text(
      run(
        [
          'git',
          'format-patch',
          '--stdout',
          '--binary',
          '--full-index',
          '-n',
          '--signature=s',
          'main~3..main',
        ],
        dir,
      ),
    );
    const ours = series.patches
      .map((patch, index) =>
        text(composeMail(patch, { number: index + 1, total: 3, stat, signature: 's' })),
      )
      .join('\n');
    expect(ours).toBe(
      theirs
        .replace(/^---\n[^]*?\n\n(?=diff)/gm, '---\nSTAT\n\n')
        .replace('\nFrom: looks like', '\nFrom: Plain <j@x>\n\nFrom: looks like'),
    );
  });

  test.skipIf(!has('quilt'))('quilt pushes the export', async () => {
    const [dir, work] = [repository(), scratch()];
    put(work, { f: 'a\n', g: 'x\r\ny\r\n' });
    await writeExport(join(work, 'patches'), exportQuilt(await open('base..main~3', dir)));
    run(['quilt', 'push', '-a', '-q'], work, undefined, { QUILT_PATCHES: 'patches' });
    expect(readFileSync(join(work, 'f'), 'utf8')).toBe('b\n');
  });
});

describe('commits', () => {
  test('what a patch does not say is always the same', () => {
    const info = toCommitInfo(parsePatch(bytes(diff('f')), { name: 'sub/fix-it.patch' }));
    expect(info).toMatchObject({
      author: UNKNOWN_AUTHOR,
      authorDate: UNKNOWN_DATE,
      committer: UNKNOWN_AUTHOR,
    });
    expect(text(info.message)).toBe('fix-it\n');
    const dated = toCommitInfo(
      parsePatch(bytes(`Description: x\nLast-Update: 2012-05-01\n\n${diff('f')}`), { name: 'a' }),
      { committer: { name: 'C', email: 'c@x' } },
    );
    expect(dated.authorDate).toEqual({ seconds: 1335830400, zone: 0 });
    expect(dated.committer.name).toBe('C');
  });
});

describe('writing', () => {
  const exported = {
    files: [
      { name: 'a/b.patch', bytes: bytes('x') },
      { name: 'series', bytes: bytes('a/b.patch\n') },
    ],
    directories: [],
    warnings: [],
  };

  test('new files, nothing beside them', async () => {
    const dir = scratch();
    await writeExport(join(dir, 'out'), exported);
    expect(tree(dir)).toEqual({ 'out/a/b.patch': 'x', 'out/series': 'a/b.patch\n' });
  });

  test('many files at once, and names that begin alike', async () => {
    const dir = scratch();
    const files = Array.from({ length: 150 }, (_, index) => ({
      name: `${'n'.repeat(180)}-${index}.patch`,
      bytes: bytes(`patch ${index}`),
    }));
    await writeExport(dir, { files, directories: [], warnings: [] });
    expect(tree(dir)).toEqual(
      Object.fromEntries(files.map(({ name }, index) => [name, `patch ${index}`])),
    );
  });

  test('what could not be written leaves nothing behind', async () => {
    const dir = scratch();
    const files = ['first', 'x'.repeat(300)].map((name) => ({ name, bytes: bytes(name) }));
    await failure(() => writeExport(dir, { files, directories: [], warnings: [] }));
    expect(tree(dir)).toEqual({});
  });

  test('over old files only when asked, all or none', async () => {
    const dir = scratch();
    put(dir, { series: 'old' });
    expect((await failure(() => writeExport(dir, exported))).message).toMatch(
      /series' exists already$/,
    );
    expect(tree(dir)).toEqual({ series: 'old' });
    await writeExport(dir, exported, { force: true });
    expect(tree(dir)['series']).toBe('a/b.patch\n');
  });

  test('never outside', async () => {
    const [dir, outside] = [scratch(), scratch()];
    symlinkSync(outside, join(dir, 'a'));
    expect((await failure(() => writeExport(dir, exported, { force: true }))).message).toMatch(
      /\/a' is a symbolic link$/,
    );
    for (const name of ['../x', '/tmp/x', 'a/../../x', '.git/hooks/x']) {
      const bad = { files: [{ name, bytes: bytes('x') }], directories: [], warnings: [] };
      expect((await failure(() => writeExport(dir, bad, { force: true }))).code).toBe(
        'export-unsafe-path',
      );
    }
    expect(tree(outside)).toEqual({});
  });
});
