import { execFileSync } from 'node:child_process';
import { brotliCompressSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { unpackFile } from '../../tools/series/compress.ts';
import { type OpenOptions, openSeries } from '../../tools/series/open.ts';
import { selectAll, selectPatches } from '../../tools/series/selection.ts';
import { bytes, failure, has, io, put, raw, run, scratch } from './support.ts';

const diff = (file: string, from = 'a', to = 'b'): string =>
  `diff --git a/${file} b/${file}\n--- a/${file}\n+++ b/${file}\n@@ -1 +1 @@\n-${from}\n+${to}\n`;
const open = (spec: string, cwd: string, more: Partial<OpenOptions> = {}) =>
  openSeries(spec, { cwd, io, ...more });
const mail = (subject: string, rest = `---\n${diff('f')}`, fields = ''): string =>
  `From ${'0'.repeat(40)} Mon Sep 17 00:00:00 2001\nFrom: A <a@x>\nDate: Tue, 4 Mar 2008 14:00:00 +0000\nSubject: ${subject}\n${fields}\nText.\n${rest}\n`;

describe('quilt', () => {
  test('a patches directory: options, topics, guards, compressed patches', async () => {
    const dir = scratch();
    put(dir, {
      'p/series':
        '# First part\n# of it\na.patch\nsub/b.patch -p0 -R\n#gone.patch\nc.patch.gz\n\n# Second\n+x d.patch\ne.diff\n',
      'p/a.patch': `one\n\n${diff('f')}`,
      'p/sub/b.patch': '--- f\n+++ f\n@@ -1 +1 @@\n-a\n+b\n',
      'p/c.patch.gz': new Uint8Array(gzipSync(diff('g'))),
      'p/d.patch': 'left out',
      'p/e.diff': diff('h'),
    });
    const series = await open('p', dir);
    expect(series.origin).toBe('quilt');
    expect(
      series.patches.map(({ name, strip, reverse, topic }) => ({ name, strip, reverse, topic })),
    ).toEqual([
      { name: 'a.patch', strip: 1, reverse: false, topic: 'First part of it' },
      { name: 'sub/b.patch', strip: 0, reverse: true, topic: 'sub' },
      { name: 'c.patch.gz', strip: 1, reverse: false, topic: 'First part of it' },
      { name: 'e.diff', strip: 1, reverse: false, topic: 'Second' },
    ]);
    expect(series.patches.map((patch) => patch.files[0]?.newPath)).toEqual(['f', 'f', 'g', 'h']);
    expect(raw(series.patches[2]!.content)).toBe(diff('g'));
    expect(series.excluded).toEqual([{ name: 'd.patch', bytes: bytes('left out') }]);
    const withSymbol = await open('p', dir, { symbols: new Set(['x']) }).then((found) =>
      found.patches.map((patch) => patch.name),
    );
    expect(withSymbol).toContain('d.patch');
  });

  test('up to a patch: nothing behind it is looked at', async () => {
    const dir = scratch();
    put(dir, {
      'p/series': 'a.patch\n-x b.patch\nc.patch\ngone.patch\n',
      'p/a.patch': diff('f'),
      'p/b.patch': 'guarded',
      'p/c.patch': diff('g'),
    });
    const upTo = async (spec: string): Promise<string[]> =>
      (await open('p', dir, { upTo: spec, symbols: new Set(['x']) })).patches.map(
        ({ name }) => name,
      );
    expect(await upTo('a')).toEqual(['a.patch']);
    expect(await upTo('2')).toEqual(['a.patch', 'c.patch']);
    expect(await failure(async () => upTo('gone'))).toMatchObject({ code: 'patch-file-missing' });
    expect(await failure(async () => upTo('d'))).toMatchObject({ code: 'patch-not-found' });
  });

  test.each([
    [
      'the environment',
      { 'w/qp/series': 'a.patch\n', 'w/qp/a.patch': diff('f') },
      { QUILT_PATCHES: 'qp' },
    ],
    [
      '.pc',
      {
        'w/.pc/.quilt_patches': 'qp\n',
        'w/.pc/.quilt_series': 'other\n',
        'w/qp/other': 'a.patch\n',
        'w/qp/a.patch': diff('f'),
      },
      {},
    ],
    [
      'the work tree',
      { 'w/series': 'a.patch\n', 'w/patches/series': 'b.patch\n', 'w/patches/a.patch': diff('f') },
      {},
    ],
    [
      '.pc before the work tree',
      { 'w/.pc/series': 'a.patch\n', 'w/series': 'b.patch\n', 'w/patches/a.patch': diff('f') },
      {},
    ],
    ['the default', { 'w/patches/series': 'a.patch\n', 'w/patches/a.patch': diff('f') }, {}],
  ])('is found by %s', async (_, files, env) => {
    const dir = scratch();
    put(dir, files);
    const series = await open('w', dir, { env });
    expect(series.patches.map((patch) => patch.name)).toEqual(['a.patch']);
  });

  test('a series file is named itself, beside the patches or beside their directory', async () => {
    const dir = scratch();
    put(dir, {
      'p/series.rt': 'a.patch\n',
      'p/a.patch': diff('f'),
      'w/series': 'a.patch\n',
      'w/patches/a.patch': diff('f'),
      'p/mine': 'a.patch # x\n',
    });
    for (const spec of ['p/series.rt', 'w/series', 'p/mine'])
      expect((await open(spec, dir)).patches).toHaveLength(1);
  });

  test('what is wrong is said with its line', async () => {
    const dir = scratch();
    put(dir, {
      'p/series': '# x\na.patch\nb.patch\n',
      'p/a.patch': diff('f'),
      'q/series': 'a.patch\n',
      'q/a.patch': diff('f').replace('@@ -1 +1 @@', '@@ -x +1 @@'),
    });
    expect(await failure(() => open('p', dir))).toEqual({
      code: 'patch-file-missing',
      message: "patch 'b.patch' is missing, named on line 3 of series",
    });
    expect((await failure(() => open('q', dir))).message).toMatch(/^patch 'a\.patch': .*line/);
  });
});

describe('compressed', () => {
  const content = bytes(diff('f'));
  const tool = (command: string, ...args: string[]): Uint8Array =>
    new Uint8Array(execFileSync(command, args, { input: content }));

  test('by zlib', async () => {
    expect(await unpackFile('a.patch.gz', new Uint8Array(gzipSync(content)), io)).toEqual(content);
    expect(await unpackFile('a.patch.zst', new Uint8Array(zstdCompressSync(content)), io)).toEqual(
      content,
    );
    expect(await unpackFile('a.patch.br', new Uint8Array(brotliCompressSync(content)), io)).toEqual(
      content,
    );
  });

  test.skipIf(!has('bzip2'))('by bzip2', async () => {
    expect(await unpackFile('a.patch.bz2', tool('bzip2', '-c'), io)).toEqual(content);
  });

  test.skipIf(!has('xz'))('by xz', async () => {
    expect(await unpackFile('a.patch.xz', tool('xz', '-c'), io)).toEqual(content);
    expect(await unpackFile('a.patch.lzma', tool('xz', '--format=lzma', '-c'), io)).toEqual(
      content,
    );
  });

  test('a missing tool, rubbish and a bomb are named', async () => {
    expect(
      await failure(() => unpackFile('a.patch.lz', content, { unpack: async () => null })),
    ).toEqual({
      code: 'unpacker-missing',
      message: "cannot read patch 'a.patch.lz' without 'lzip'",
    });
    expect((await failure(() => unpackFile('a.patch.gz', content, io))).message).toMatch(
      /^patch 'a\.patch\.gz' does not unpack: /,
    );
    // Two rounds, as gzip alone shrinks to a thousandth at most.
    const bomb = new Uint8Array(brotliCompressSync(new Uint8Array(64 * 1024 * 1024)));
    expect((await failure(() => unpackFile('a.patch.br', bomb, io))).message).toBe(
      "patch 'a.patch.br' does not unpack: more than 1048576 bytes come out",
    );
  });
});

describe('mail', () => {
  const box = async (...mails: string[]) =>
    openSeries('-', { cwd: '/', io, stdin: async () => bytes(mails.join('')) });

  test('order, cover, replies, base', async () => {
    const series = await box(
      mail('[PATCH 2/2] second', `---\n${diff('f')}-- \n2.1\n\nbase-commit: ${'a'.repeat(40)}\n`),
      mail('Re: [PATCH 1/2] first', `> ${diff('f')}`),
      mail('[PATCH 0/2] both', `---\nInterdiff:\n${diff('f')}`),
      mail('[PATCH 1/2] first'),
    );
    expect(series.patches.map((patch) => patch.name)).toEqual([
      '0001-first.patch',
      '0002-second.patch',
    ]);
    expect(series.cover?.subject).toBe('both');
    expect(series.baseCommit).toBe('a'.repeat(40));
    expect(series.warnings).toEqual(['1 reply left out']);
  });

  test('the newest version, each mail once, missing ones said', async () => {
    const series = await box(
      mail('[PATCH 1/2] old'),
      mail('[PATCH v2 1/3] one', undefined, 'Message-ID: <1@x>\n'),
      mail('[PATCH v2 1/3] one', undefined, 'Message-ID: <1@x>\n'),
      mail('[PATCH v2 3/3] three', undefined, 'Message-ID: <3@x>\n'),
      mail('announcement', 'no patch\n'),
    );
    expect(series.version).toBe(2);
    expect(series.patches.map((patch) => patch.header.subject)).toEqual(['one', 'three']);
    expect(series.warnings).toEqual([
      "mail '[PATCH v2 1/3] one' is there twice",
      'version 2 is used, 1 mail of older versions left out',
      'of 3 patches, 1 missing: 2',
      "mail 'announcement' has no patch, left out",
    ]);
  });

  test('without numbers the mailbox decides', async () => {
    const series = await box(
      mail('[PATCH] b'),
      mail('[PATCH 2/2] y'),
      mail('[PATCH 1/2] x'),
      mail('[PATCH] b'),
    );
    expect(series.patches.map((patch) => patch.name)).toEqual([
      '0001-b.patch',

      '0002-x.patch',
      '0003-y.patch',
      '0004-b.patch',
    ]);
  });

  test('a Message-ID never becomes a name; damaged quoted diffs in replies do not matter', async () => {
    const series = await box(
      mail('[PATCH 1/1] ../../etc/passwd', undefined, 'Message-ID: <../../x%2F..@y>\n'),
      mail('Re: [PATCH 1/1] x', `diff --git a/f b/f\n--- a/f\n+++ b/f\n@@ -1,9 +1,9 @@\n broken\n`),
    );
    expect(series.patches.map((patch) => patch.name)).toEqual(['0001-etc-passwd.patch']);
  });

  test('maildir, single mail, single patch', async () => {
    const dir = scratch();
    put(dir, {
      'box/new/2.x': mail('[PATCH 1/2] one'),
      'box/cur/1.x:2,S': mail('[PATCH 2/2] two'),
      'box/tmp/3': 'x',
      'one.eml': mail('[PATCH] one').replace(/^From .*\n/, ''),
      'x.diff': diff('f'),
    });
    const box = await open('box', dir);
    expect([box.origin, ...box.patches.map((patch) => patch.header.subject)]).toEqual([
      'maildir',
      'one',
      'two',
    ]);
    const single = await open('one.eml', dir);
    expect([single.origin, single.patches[0]?.header.subject]).toEqual(['file', 'one']);
    expect((await open('x.diff', dir)).patches[0]?.header.style).toBe('none');
  });

  test('nothing is a series', async () => {
    const dir = scratch();
    put(dir, { 'notes.txt': 'hello\nworld\n', 'empty/x': '' });
    expect((await failure(() => open('notes.txt', dir))).message).toBe(
      "'notes.txt' is no patch, mailbox or series file",
    );
    expect((await failure(() => open('empty', dir))).message).toBe(
      "no series in directory 'empty'",
    );
    expect((await failure(() => open('nowhere', dir))).message).toBe("no series 'nowhere'");
    expect((await failure(() => open('-', dir))).code).toBe('series-no-stdin');
  });
});

describe.skipIf(!has('git'))('git', () => {
  const repository = (): string => {
    const dir = scratch();
    const commit = (message: string, files: Record<string, string>): void => {
      put(dir, files);
      run(['git', 'add', '-A'], dir);
      run(['git', 'commit', '-q', '--cleanup=verbatim', '-F', '-'], dir, message, {
        GIT_AUTHOR_NAME: 'J\u00f6',
        GIT_AUTHOR_EMAIL: 'j@x',
        GIT_AUTHOR_DATE: '1200000000 -0330',
      });
    };
    run(['git', 'init', '-q', '-b', 'main'], dir);
    commit('base\n', { f: 'a\n', old: 'line\n'.repeat(20) });
    run(['git', 'tag', 'base'], dir);
    commit('first\nline two\n\n\n  body  \n\n', { f: 'b\n' });
    commit('\n\nsecond: b\u00efnary\n', { bin: '\0\u0001\u0002', f: 'c' });
    run(['git', 'mv', 'old', 'new name'], dir);
    commit('third', {});
    run(['git', 'commit', '-q', '--allow-empty', '-m', 'third'], dir);
    return dir;
  };

  test('a range: exact messages, renames, binary, empty commits, unique names', async () => {
    const dir = repository();
    const series = await open('base..main', dir);
    expect(series.origin).toBe('git');
    expect(series.patches.map((patch) => patch.name)).toEqual([
      'first-line-two.patch',
      'second-b-nary.patch',
      'third.patch',
      'third-2.patch',
    ]);
    expect(series.patches.map((patch) => raw(patch.message!))).toEqual([
      'first\nline two\n\n\n  body  \n\n',
      '\n\nsecond: b\u00c3\u00afnary\n',
      'third',
      'third\n',
    ]);
    expect(series.patches.map((patch) => patch.files.map((file) => file.change))).toEqual([
      ['modify'],
      ['create', 'modify'],
      ['rename'],
      [],
    ]);
    expect(series.patches[0]?.header).toMatchObject({
      subject: 'first line two',
      author: { name: 'J\u00f6' },
      date: { seconds: 1200000000, zone: -210 },
    });
    const named = await open(`${dir}@base..main~2`, '/');
    expect(named.patches).toHaveLength(2);
  });

  test("the user's settings do not matter", async () => {
    const dir = repository();
    const before = await open('base..', dir);
    for (const [key, value] of [
      ['diff.noprefix', 'true'],
      ['diff.context', '9'],
      ['diff.algorithm', 'patience'],
      ['color.ui', 'always'],
      ['diff.renames', 'false'],
      ['log.showSignature', 'true'],
      ['format.pretty', 'oneline'],
      ['i18n.logOutputEncoding', 'UTF-16'],
      ['log.date', 'relative'],
      ['log.mailmap', 'true'],
    ] as const) {
      run(['git', 'config', key, value], dir);
    }
    const after = await open('base..', dir);
    expect(after.patches.map((patch) => raw(patch.raw))).toEqual(
      before.patches.map((patch) => raw(patch.raw)),
    );
    expect(after.patches.map(({ header }) => header)).toEqual(
      before.patches.map(({ header }) => header),
    );
  });

  test('merges, options and symmetric differences are refused', async () => {
    const dir = repository();
    run(['git', 'checkout', '-q', '-b', 'side', 'base'], dir);
    run(['git', 'commit', '-q', '--allow-empty', '-m', 'side'], dir);
    run(['git', 'merge', '-q', '--no-edit', 'main'], dir);
    expect((await failure(() => open('base..side', dir))).message).toMatch(
      /^range 'base\.\.side' has the merge '[0-9a-f]{12}', which is no patch$/,
    );
    for (const spec of ['base...main', '--output=x..y'])
      expect((await failure(() => open(spec, dir))).code).toBe('series-not-found');
  });
});

describe('which patches', () => {
  const patches = ['mm/0001-add-slab.patch', 'mm/fix-slab.patch', 'net/add-socket.patch', '2'].map(
    (name) => ({ name }),
  );

  test.each([
    ['mm/fix-slab.patch', [1]],
    ['fix-slab', [1]],
    ['fix', [1]],
    ['add-so', [2]],
    ['add-slab', [0]],
    ['3', [2]],
    ['2', [3]],
    ['1..2', [0, 1, 2, 3]],
    ['fix-slab..', [1, 2, 3]],
    ['..fix-slab', [0, 1]],
    ['1..3', [0, 1, 2]],
    ['..', [0, 1, 2, 3]],
  ])('%j', (spec, expected) => {
    expect(selectPatches(patches, spec)).toEqual(expected);
  });

  test('several, each once', () => {
    expect(selectAll(patches, ['net/', '..2', '1'])).toEqual([0, 1, 2, 3]);
  });

  test.each([
    ['fixslab', "no patch 'fixslab' in the series"],
    ['add', "patch 'add' could be 'mm/0001-add-slab.patch', 'net/add-socket.patch'"],
    ['9', 'no patch number 9 in a series of 4 patches'],
    [
      '3..1',
      "range '3..1' runs backwards: 'net/add-socket.patch' comes after 'mm/0001-add-slab.patch'",
    ],
  ])('%j is refused', async (spec, message) => {
    expect((await failure(() => selectPatches(patches, spec))).message).toBe(message);
  });

  test('a near miss is suggested', () => {
    expect(() => selectPatches(patches, 'fixslab')).toThrow(
      expect.objectContaining({ hint: "did you mean 'mm/fix-slab.patch'?" }),
    );
  });
});
