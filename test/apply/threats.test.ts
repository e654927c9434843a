/** Patches from strangers: each of these has been an advisory against a program that applies patches. */
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { SeamError } from '../../tools/errors.ts';
import { parseDiff } from '../../tools/patch/parse.ts';
import { scratch, seam } from '../cli/seam.ts';
import { gitVersion } from '../patch/oracle.ts';
import { apply, bytes, outcomes, patchOf } from './small-tree.ts';

const create = (path: string, content = 'x', mode = '100644'): string =>
  `diff --git a/${path} b/${path}\nnew file mode ${mode}\n--- /dev/null\n+++ b/${path}\n@@ -0,0 +1 @@\n+${content}\n`;
const link = (path: string, target: string): string =>
  `${create(path, target, '120000')}\\ No newline at end of file\n`;
const quoted = (path: string): string =>
  `diff --git "a/${path}" "b/${path}"\nnew file mode 100644\n--- /dev/null\n+++ "b/${path}"\n@@ -0,0 +1 @@\n+x\n`;

const problem = async (...diffs: readonly string[]) => {
  const result = await apply({ 'd/x': 'x\n', real: 'x\n' }, diffs);
  const last = result.verdicts.find((verdict) => verdict.kind === 'conflict');
  return last?.files.find((file) => file.problem !== null)?.problem ?? null;
};

describe('paths that leave the tree', () => {
  test.each([
    '../x',
    'd/../../x',
    '.',
    'd/./x',
    'd/..',
    '.git/config',
    '.GIT/config',
    'd/.Git/hooks/post-commit',
    'git~1/config',
    '.git./config',
    '.git /config',
    '.git::$INDEX_ALLOCATION/config',
    '.g\u200cit/config',
    'd\\..\\..\\x',
    'C:/x',
    'C:x',
  ])('%s', async (path) => {
    const spelled = Buffer.from(path, 'utf8').toString('latin1');
    expect(await problem(create(spelled))).toMatchObject({ kind: 'unsafe-path' });
  });

  test('renamed out of it', async () => {
    expect(
      await problem('diff --git a/d/x b/../x\nrename from d/x\nrename to ../x\n'),
    ).toMatchObject({ kind: 'unsafe-path' });
  });

  test('absolute, where nothing is stripped', async () => {
    const diff = '--- /etc/passwd\n+++ /etc/passwd\n@@ -1 +1 @@\n-x\n+y\n';
    const result = await apply({}, [patchOf(diff, { strip: 0 })]);
    expect(outcomes(result)[0]?.problem).toMatchObject({ kind: 'unsafe-path' });
  });
});

describe('symbolic links as a way out', () => {
  test.each(['/etc', '../out', 'd/../../out', 'down/../../../out'])(
    'a link to %s is refused',
    async (target) => {
      expect(await problem(link('escape', target))).toEqual({ kind: 'unsafe-link', target });
    },
  );

  test('links inside the tree are links', async () => {
    const result = await apply({ 'd/x': '' }, [link('d/up', '../real'), link('plain', 'd')]);
    expect(result.kinds).toEqual(['clean', 'clean']);
  });

  test('writing through a link that an earlier file of the same patch made', async () => {
    expect(await problem(link('up', 'd') + create('up/y'))).toEqual({
      kind: 'not-a-directory',
      parent: 'up',
      link: true,
    });
  });

  test('writing through a link that an earlier patch of the series made', async () => {
    expect(await problem(link('up', 'd'), create('up/y'))).toEqual({
      kind: 'not-a-directory',
      parent: 'up',
      link: true,
    });
  });

  test('a rename puts a link in the way', async () => {
    const moved = 'diff --git a/away b/near\nrename from away\nrename to near\n';
    const found = await problem(link('away', 'd'), moved, create('near/y'));
    expect(found).toEqual({ kind: 'not-a-directory', parent: 'near', link: true });
  });

  test('in a real directory nothing outside is read or written', async () => {
    const cwd = scratch({ 'out/secret': 'secret\n', 'tree/x': 'x\n', series: 'p.patch\n' });
    symlinkSync('../out', join(cwd, 'tree/way'));
    writeFileSync(
      join(cwd, 'p.patch'),
      '--- a/way/secret\n+++ b/way/secret\n@@ -1 +1 @@\n-secret\n+public\n',
    );
    const { status, stdout } = await seam(
      ['apply', '--base', 'tree', '--series', '.', '--output', 'new'],
      { cwd },
    );
    expect(status).toBe(1);
    expect(stdout).toContain("'way' above it is a symbolic link");
    expect(readFileSync(join(cwd, 'out/secret'), 'utf8')).toBe('secret\n');
    expect(existsSync(join(cwd, 'new'))).toBe(false);
  });

  test('a failed hunk leaves no .rej and no .orig, through whatever links', async () => {
    const cwd = scratch({
      'tree/x': 'y\n',
      target: 'kept\n',
      series: 'p.patch\n',
      'p.patch': '--- a/x\n+++ b/x\n@@ -1 +1 @@\n-x\n+z\n',
    });
    symlinkSync('../target', join(cwd, 'tree/x.rej'));
    expect((await seam(['apply', '--base', 'tree', '--series', '.'], { cwd })).status).toBe(1);
    expect(readdirSync(join(cwd, 'tree')).sort()).toEqual(['x', 'x.rej']);
    expect(readFileSync(join(cwd, 'target'), 'utf8')).toBe('kept\n');
  });
});

describe('names that lie', () => {
  test.each([
    ['line feed', 'a\\nb'],
    ['carriage return', 'config\\r'],
    ['escape', '\\033[2Jx'],
    ['right-to-left override', 'x\\342\\200\\256cod.c'],
    ['NUL', 'a\\000b'],
  ])('a %s is refused', async (_, name) => {
    // git itself stops reading a quoted name at a NUL, so the two names differ then.
    await expect(problem(quoted(name))).resolves.toMatchObject({ kind: 'unsafe-path' });
  });

  test('names that differ only in case are pointed out', async () => {
    const result = await apply({ 'net/xt_mark.c': '' }, [create('net/xt_MARK.c')]);
    expect(outcomes(result)[0]?.cautions).toEqual([
      { kind: 'case-collision', other: 'net/xt_mark.c' },
    ]);
  });

  test.each(['.gitmodules', '.gitattributes', 'd/.GitAttributes'])(
    '%s is pointed out',
    async (path) => {
      const result = await apply({}, [create(path)]);
      expect(outcomes(result)[0]?.cautions).toMatchObject([{ kind: 'special-file' }]);
    },
  );
});

describe('modes', () => {
  test('setuid and group bits are not taken over', async () => {
    const result = await apply({}, [create('x', 'x', '106777')]);
    expect(result.tree.get('x')?.mode).toBe(0o100755);
  });

  test.each(['160000', '040000', '020666', '999'])('mode %s is refused', async (mode) => {
    const refused: unknown = await problem(create('x', 'x', mode)).catch((error: unknown) => error);
    const code =
      refused instanceof SeamError ? refused.code : (refused as { kind?: string } | null)?.kind;
    expect(['patch-bad-mode', 'wrong-type']).toContain(code);
  });
});

describe('other formats and directives', () => {
  const code = (text: string): string => {
    try {
      return parseDiff(bytes(text)).files.length === 0 ? 'no diff' : 'read';
    } catch (error) {
      return error instanceof SeamError ? error.code : 'thrown';
    }
  };

  test('ed scripts and normal diffs are refused, never run', () => {
    expect(code('--- a/x\n+++ b/x\n1d\n!touch /tmp/pwned\n.\nw\nq\n')).toBe('patch-other-format');
    expect(code('1,2c\nnew\n.\n')).toBe('patch-other-format');
    expect(code('2c2\n< a\n---\n> b\n')).toBe('patch-other-format');
    expect(code('*** a/x\n--- b/x\n***************\n*** 1 ****\n! a\n--- 1 ----\n! b\n')).toBe(
      'patch-context-diff',
    );
  });

  test('Prereq: and Index: are text', async () => {
    const diff =
      'Index: ../../elsewhere\nPrereq: 1.2.3\n--- a/d/x\n+++ b/d/x\n@@ -1 +1 @@\n-x\n+y\n';
    expect((await apply({ 'd/x': 'x\n' }, [diff])).kinds).toEqual(['clean']);
  });
});

describe('resources', () => {
  test('counts are never believed before the lines are there', () => {
    expect(() =>
      parseDiff(bytes('--- a/x\n+++ b/x\n@@ -1,2147483647 +1,2147483647 @@\n a\n')),
    ).toThrow(SeamError);
    expect(() => parseDiff(bytes(`--- a/x\n+++ b/x\n@@ -1,${'9'.repeat(40)} +1 @@\n a\n`))).toThrow(
      /larger than any file/,
    );
  });

  test('a long line, many hunks and many files are read in one pass', () => {
    const many = Array.from(
      { length: 20_000 },
      (_, at) => `@@ -${at * 9 + 1} +${at * 9 + 1} @@\n-a\n+b\n`,
    ).join('');
    expect(parseDiff(bytes(`--- a/x\n+++ b/x\n${many}`)).files[0]?.hunks).toHaveLength(20_000);
    expect(
      parseDiff(bytes(`--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n+${'x'.repeat(5_000_000)}\n`)).files,
    ).toHaveLength(1);
    expect(
      parseDiff(bytes('--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n+b\n'.repeat(20_000))).files,
    ).toHaveLength(20_000);
  });

  test('a hunk that looks like every place of a long file is placed in time', async () => {
    const content = 'same\n'.repeat(100_000);
    const hunk =
      '--- a/x\n+++ b/x\n@@ -50000,7 +50000,7 @@\n same\n same\n same\n-same\n+other\n same\n same\n same\n';
    expect((await apply({ x: content }, [hunk])).kinds).toEqual(['clean']);
    expect((await apply({ x: content }, [hunk.replace('\n-same', '\n-none')])).kinds).toEqual([
      'conflict',
    ]);
  });

  test('a truncated or corrupt binary hunk names its line', () => {
    const patch =
      'diff --git a/x b/x\nindex 1234567..89abcde 100644\nGIT binary patch\nliteral 10\n';
    for (const rest of ['', 'RcmZ', 'z!!!!!\n\n', 'delta 1\n']) {
      expect(() => parseDiff(bytes(patch + rest))).toThrow(/^corrupt binary patch at line \d+: /);
    }
  });
});

describe.skipIf(gitVersion === null)('repositories that bring commands along', () => {
  test('hooks, fsmonitor and filters of the base are not run', async () => {
    const cwd = scratch({
      'repo/x': 'x\n',
      'repo/.gitattributes': '* filter=evil\n',
      series: 'p.patch\n',
      'p.patch': '--- a/x\n+++ b/x\n@@ -1 +1 @@\n-x\n+y\n',
    });
    const repo = join(cwd, 'repo');
    const git = (...args: string[]): string =>
      execFileSync('git', ['-c', 'user.name=A', '-c', 'user.email=a@seam.invalid', ...args], {
        cwd: repo,
        encoding: 'utf8',
      });
    git('init', '-q', '-b', 'main');
    git('add', '-A');
    git('commit', '-q', '-m', 'base');
    const evil = join(cwd, 'evil.sh');
    writeFileSync(evil, `#!/bin/sh\ntouch ${join(cwd, 'pwned')}\n`);
    chmodSync(evil, 0o755);
    mkdirSync(join(repo, '.git/hooks'), { recursive: true });
    for (const hook of [
      'reference-transaction',
      'post-commit',
      'pre-commit',
      'post-checkout',
      'post-index-change',
    ]) {
      symlinkSync(evil, join(repo, '.git/hooks', hook));
    }
    for (const key of [
      'core.fsmonitor',
      'filter.evil.clean',
      'filter.evil.smudge',
      'core.sshCommand',
      'core.pager',
      'core.alternateRefsCommand',
      'uploadpack.packObjectsHook',
    ]) {
      git('config', key, evil);
    }
    const outcome = await seam(
      ['apply', '-q', '--base', 'repo', '--series', '.', '--branch', 'topic'],
      { cwd },
    );
    expect(outcome).toMatchObject({ status: 0, stderr: '' });
    expect(existsSync(join(cwd, 'pwned'))).toBe(false);
    expect(git('cat-file', '-p', 'topic:x')).toBe('y\n');
  });

  test.each(['--upload-pack=evil', '-x', 'HEAD;id'])(
    'revision %j is refused or not found, never an option',
    async (revision) => {
      const cwd = scratch({ series: '', 'repo/x': '' });
      execFileSync('git', ['init', '-q', join(cwd, 'repo')]);
      expect(
        (await seam(['apply', '--base', `repo@${revision}`, '--series', '.'], { cwd })).status,
      ).toBe(2);
    },
  );
});
