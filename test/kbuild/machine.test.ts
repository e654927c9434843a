/** What a machine can do to a check of the model: a full disk, a kill, another check at its side. */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { scratch, seam } from '../cli/seam.ts';
import { MISSING } from '../model/kernel.ts';
import { SMALL } from './small-kernel.ts';

vi.setConfig({ testTimeout: 240_000 });

const SEAM = resolve(import.meta.dirname, '../../tools/seam');

/** A base and a series of one patch that warns in a header, and the words to check them. */
function material(): { readonly directory: string; readonly argv: readonly string[] } {
  const directory = scratch();
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(directory, path)), { recursive: true });
    writeFileSync(join(directory, path), text);
  };
  for (const [path, text] of Object.entries(SMALL)) write(`base/${path}`, text);
  write('series/series', 'one.patch\n');
  const hunk =
    '@@ -5,5 +5,6 @@\n \n static inline int add(int a, int b)\n {\n+\tint c;\n \treturn a + b;\n }\n';
  const file = 'include/linux/sum.h';
  const mail = `Subject: [PATCH] sum: warn\n\nWhy.\n---\n--- a/${file}\n+++ b/${file}\n${hunk}`;
  write('series/one.patch', mail);
  const where = [`--base=${directory}/base`, `--series=${directory}/series`];
  return { directory, argv: ['check', ...where, '--skip', 'lint'] };
}

const WARNING =
  /one\.patch\n {2}warning: include\/linux\/sum\.h:8: unused variable 'c' \[-Wunused-variable\] \[build\/warning\]/;

describe.skipIf(MISSING.length > 0)('the command', () => {
  test('a warning of a header is blamed on the patch that brings it, once', async () => {
    const { argv } = material();
    const sets = ['--config-set', 'def,allyes', '--jobs', '2'];
    const { status, stdout } = await seam([...argv, ...sets]);
    expect(status).toBe(1);
    expect(stdout).toMatch(WARNING);
    expect(stdout.match(/unused variable 'c'/g)).toHaveLength(1);
  });

  test('--paranoid builds with make, too, however often it is asked', async () => {
    const { directory, argv } = material();
    const env = { XDG_CACHE_HOME: join(directory, 'cache') };
    const words = [...argv, '--only', 'build', '--paranoid', '--config-set', 'allyes', '--json'];
    for (const known of [false, true]) {
      const { stdout } = await seam(words, { env });
      const { patches } = JSON.parse(stdout) as {
        patches: { results: { step: string; verdict: string; cached: boolean }[] }[];
      };
      expect(patches[0]?.results).toMatchObject([
        { step: 'build', verdict: 'failed', cached: known },
        { step: 'paranoid', verdict: 'passed', cached: false },
      ]);
    }
  });

  test('--paranoid where there is nothing to build', async () => {
    const { argv, directory } = material();
    writeFileSync(join(directory, 'base/Kbuild'), '');
    const other = argv.map((word) => word.replace('/base', '/base/lib'));
    const { status, stderr } = await seam([...other, '--paranoid']);
    expect(status).toBe(2);
    expect(stderr).toContain('error: only the modelled kernel can be compared with make\n');
  });

  test('a check that was killed leaves nothing half, and the next one goes on', async () => {
    const { directory, argv } = material();
    const env = { ...process.env, XDG_CACHE_HOME: join(directory, 'cache') };
    const programs = join(directory, 'programs');
    mkdirSync(programs);
    const begun = join(directory, 'begun');
    const script = `case "$*" in *sum.c*) touch ${begun}; kill -STOP $$;; esac\nexec gcc "$@"\n`;
    writeFileSync(join(programs, 'cc'), `#!/bin/sh\n${script}`, { mode: 0o755 });
    const path = `${programs}:${process.env['PATH']}`;
    const child = spawn(SEAM, argv, { env: { ...env, PATH: path }, stdio: 'ignore' });
    const ended = new Promise((done) => child.once('exit', (_, signal) => done(signal)));
    await vi.waitUntil(() => existsSync(begun), { timeout: 60_000 });
    child.kill('SIGKILL');
    expect(await ended).toBe('SIGKILL');
    const next = await seam(argv, { env: { XDG_CACHE_HOME: env.XDG_CACHE_HOME } });
    expect(next.stdout).toMatch(WARNING);
    const verified = await seam(['cache', 'verify'], {
      env: { XDG_CACHE_HOME: env.XDG_CACHE_HOME },
    });
    expect(verified.stdout).toMatch(/^\d+ files, 0 damaged\n$/);
  });

  test('two checks at once on one store', async () => {
    const { directory, argv } = material();
    const env = { XDG_CACHE_HOME: join(directory, 'cache') };
    const words = [...argv, '--config-set', 'def,allyes'];
    const both = await Promise.all([seam(words, { env }), seam(words, { env })]);
    for (const { stdout } of both) expect(stdout).toMatch(WARNING);
    const verified = await seam(['cache', 'verify'], { env });
    expect(verified.stdout).toMatch(/^\d+ files, 0 damaged\n$/);
  });

  test('damage anywhere in the store costs time, no answer', async () => {
    const { directory, argv } = material();
    const env = { XDG_CACHE_HOME: join(directory, 'cache') };
    const report = async (): Promise<string> => {
      const { stdout } = await seam([...argv, '--json'], { env });
      return stdout.replaceAll(/"(cached|seconds)": ?[^,\n]+/g, '');
    };
    const first = await report();
    const files = spawnSync('find', [join(directory, 'cache/seam/store'), '-type', 'f'], {
      encoding: 'utf8',
    }).stdout.trim();
    for (const [index, file] of files.split('\n').entries()) {
      const bytes = readFileSync(file);
      const at = (index * 7919) % bytes.length;
      bytes.writeUInt8(bytes.readUInt8(at) ^ 1, at);
      writeFileSync(file, index % 3 === 0 ? bytes.subarray(0, at) : bytes);
    }
    expect(await report()).toBe(first);
    // What nobody has read is found by looking for it.
    await seam(['cache', 'verify'], { env });
    expect((await seam(['cache', 'verify'], { env })).stdout).toMatch(/^\d+ files, 0 damaged\n$/);
    expect(await report()).toBe(first);
  });
});

/** A file system of its own needs a namespace of its own. */
const TMPFS =
  spawnSync('unshare', ['-rm', 'sh', '-c', 'mount -t tmpfs -o size=64k tmpfs /mnt']).status === 0;

describe.skipIf(MISSING.length > 0 || !TMPFS)('a full disk (needs unshare -rm)', () => {
  test.each([0, 16, 64, 128, 256, 512])('with %i KiB left', (left) => {
    const { directory, argv } = material();
    const disk = join(directory, 'disk');
    mkdirSync(disk);
    const script = `disk=$1; left=$2; shift 2
      mount -t tmpfs -o size=8m tmpfs $disk || exit 99
      dd if=/dev/zero of=$disk/filler bs=1k 2>/dev/null
      truncate -s -\${left}K $disk/filler
      XDG_CACHE_HOME=$disk "$@" >$disk.first 2>&1; echo first $?
      rm $disk/filler
      XDG_CACHE_HOME=$disk "$@" >$disk.second 2>&1; echo second $?
      XDG_CACHE_HOME=$disk "$1" cache verify`;
    const run = spawnSync(
      'unshare',
      ['-rm', 'sh', '-c', script, 'sh', disk, String(left), SEAM, ...argv],
      { encoding: 'utf8' },
    );
    const first = readFileSync(`${disk}.first`, 'utf8');
    expect(run.stdout).toMatch(/^first [12]\nsecond 1\n\d+ files, 0 damaged\n$/);
    // Either there was room for the work, or it says that there was none: no blame for what is not.
    const full = run.stdout.startsWith('first 2');
    expect(first).toMatch(full ? /^error: no space left for /m : WARNING);
    expect(readFileSync(`${disk}.second`, 'utf8')).toMatch(WARNING);
  });
});
