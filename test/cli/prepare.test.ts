import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseKtap } from '../../tools/check/ktap.ts';
import { type Edit, append, makeSeries } from '../check/planted/series.ts';
import type { Files } from '../check/planted/tree.ts';
import { scratch, seam } from './seam.ts';

const BASE: Files = { 'kernel/queue.c': 'int queue;\n' };
const TWO: readonly Edit[] = ['first', 'second'].map((name) => ({
  name: `${name}-comment`,
  files: { 'kernel/queue.c': append(`/* The ${name}. */\n`) },
}));
const COVER = `---
to: list@example.com
---

# queue: say what it is

Two comments that make the queue easier to find.
`;

/** A project of two patches in one topic, as `seam prepare` finds it. */
function project(edits: readonly Edit[], cover = COVER) {
  const { series: _, ...patches } = makeSeries(BASE, edits);
  const files = Object.fromEntries(
    Object.entries(patches).map(([name, text]) => [`series/queue/${name}`, text]),
  );
  const names = Object.keys(patches).map((name) => `queue/${name}\n`);
  const home = scratch({
    'base/kernel/queue.c': BASE['kernel/queue.c'] ?? '',
    'seam.toml': 'base = "base"\nseries = "series"\n',
    'series/series': `# queue\n${names.join('')}`,
    'series/queue/cover.md': cover,
    ...files,
  });
  const env = { XDG_CONFIG_HOME: join(home, 'config'), XDG_CACHE_HOME: join(home, 'cache') };
  return {
    home,
    prepare: async (...argv: string[]) => seam(['prepare', ...argv], { cwd: home, env }),
  };
}

describe('seam prepare', { timeout: 120_000 }, () => {
  test('a series that is ready: checked, drawn, and in threads', async () => {
    const { home, prepare } = project(TWO);
    expect(await prepare()).toMatchSnapshot('output');
    const out = join(home, 'seam-out');
    expect(readdirSync(out, { recursive: true, encoding: 'utf8' }).toSorted()).toMatchSnapshot(
      'files',
    );
    expect(parseKtap(readFileSync(join(out, 'check.ktap'), 'utf8')).tests).toHaveLength(2);
    expect(readFileSync(join(out, 'deps.svg'), 'utf8')).toContain('second-comment');
    const { schema } = JSON.parse(readFileSync(join(out, 'check.json'), 'utf8')) as {
      schema: string;
    };
    expect(schema).toBe('seam/check/1');
  });

  test('again, after a change: the threads are those of now', async () => {
    const { home, prepare } = project(TWO);
    await prepare();
    writeFileSync(join(home, 'series/series'), '# queue\nqueue/first-comment.patch\n');
    const { status, stdout } = await prepare();
    expect(stdout).toContain('1 thread of 2 mails');
    expect(status).toBe(0);
    expect(readdirSync(join(home, 'seam-out/threads/queue'))).toHaveLength(2);
  });

  test('a patch with a fault is not ready, and can be read as a thread', async () => {
    const { home, prepare } = project(
      TWO.map((edit, index) => (index === 0 ? edit : { ...edit, body: '' })),
    );
    const { status, stdout } = await prepare();
    expect(status).toBe(1);
    expect(stdout).toMatch(/\nnot ready: 1 patch to be put right\n$/);
    expect(existsSync(join(home, 'seam-out/threads/queue.mbox'))).toBe(true);
  });

  test('a series that does not apply has reports and no threads', async () => {
    const { home, prepare } = project(TWO);
    writeFileSync(join(home, 'series/series'), '# queue\nqueue/second-comment.patch\n');
    const { status, stdout } = await prepare();
    expect(status).toBe(1);
    expect(stdout).toMatch(/\nnot ready: the series does not apply\n$/);
    expect(existsSync(join(home, 'seam-out/check.md'))).toBe(true);
    expect(existsSync(join(home, 'seam-out/threads'))).toBe(false);
  });

  test('what the threads lack is said', async () => {
    const { prepare } = project(TWO, COVER.replace('make the queue', '*** BLURB HERE ***'));
    const { status, stdout } = await prepare();
    expect(status).toBe(1);
    expect(stdout).toMatchSnapshot();
  });

  test("nobody else's directory is written to", async () => {
    const { home, prepare } = project(TWO);
    mkdirSync(join(home, 'mine'));
    writeFileSync(join(home, 'mine/letter'), 'dear');
    const { status, stderr } = await prepare('-o', 'mine');
    expect(status).toBe(2);
    expect(stderr).toContain("mine' holds something else");
    expect(readdirSync(join(home, 'mine'))).toEqual(['letter']);
  });

  test('--json says it all', async () => {
    const { prepare } = project(TWO);
    const { stdout } = await prepare('--json', '-o', 'out');
    const { directory: _, check, ...rest } = JSON.parse(stdout) as Record<string, unknown>;
    expect(rest).toMatchSnapshot();
    expect(check).toMatchObject({ steps: ['apply', 'lint'] });
  });
});
