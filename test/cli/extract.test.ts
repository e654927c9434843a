import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { EXAMPLE, ON_EXAMPLE } from './example.ts';
import { scratch, seam } from './seam.ts';

describe('seam extract', () => {
  test('names the patches and proves that they apply', async () => {
    expect(await seam(['extract', '3', ...ON_EXAMPLE])).toMatchInlineSnapshot(`
      {
        "status": 0,
        "stderr": "",
        "stdout": "utsname/gethostname-empty-buffer.patch
      utsname/convert-system-calls.patch
      2 patches of 5, 1 of them because they are needed
      tree e574e396209c5e63111df98fef9ee8e86534e1e0
      ",
      }
    `);
  });

  test('a topic means its patches', async () => {
    expect((await seam(['extract', 'ipc', ...ON_EXAMPLE])).stdout).toMatchInlineSnapshot(`
      "ipc/message-queues.patch
      1 patch of 5, 0 of them because they are needed
      tree bf16b920d60ca5cdcbbec3d37a4f9182c67443f2
      "
    `);
    expect((await seam(['extract', '-q', 'utsname', ...ON_EXAMPLE])).stdout).toMatch(
      /^4 patches of 5/,
    );
  });

  test('--quilt writes a series that applies; its extract is the same', async () => {
    const cwd = scratch();
    await seam(['extract', '3', '--quilt', 'out', ...ON_EXAMPLE], { cwd });
    const name = 'utsname/convert-system-calls.patch';
    expect(readFileSync(join(cwd, 'out', name))).toEqual(
      readFileSync(`${EXAMPLE}/patches/${name}`),
    );
    const on = ['--base', `${EXAMPLE}/base`, '--series', 'out'];
    expect((await seam(['apply', ...on], { cwd })).stdout).toMatchInlineSnapshot(`
      "1  utsname/gethostname-empty-buffer.patch  clean
      2  utsname/convert-system-calls.patch      clean
      2 patches: 2 clean
      tree e574e396209c5e63111df98fef9ee8e86534e1e0
      "
    `);
    await seam(['extract', '2', '--quilt', 'again', ...on], { cwd });
    for (const file of ['series', name])
      expect(readFileSync(join(cwd, 'again', file))).toEqual(readFileSync(join(cwd, 'out', file)));
  });

  test('--mbox - gives mails and nothing else', async () => {
    const { stdout } = await seam(['extract', '3', '--mbox', '-', ...ON_EXAMPLE]);
    const { stdout: tree } = await seam(
      ['apply', '-q', '--base', `${EXAMPLE}/base`, '--series', '-'],
      { stdin: stdout },
    );
    expect(tree).toMatch(/^2 patches: 2 clean\n/);
  });

  test('--json', async () => {
    const { stdout } = await seam(['extract', '--json', '3', ...ON_EXAMPLE]);
    expect(JSON.parse(stdout)).toMatchInlineSnapshot(`
      {
        "patches": [
          "utsname/gethostname-empty-buffer.patch",
          "utsname/convert-system-calls.patch",
        ],
        "possible": true,
        "renumbered": [],
        "schema": "seam/extract/1",
        "tree": "e574e396209c5e63111df98fef9ee8e86534e1e0",
      }
    `);
  });

  test('usage', async () => {
    expect(await seam(['extract', '3', '--quilt', 'a', '--mbox', 'b', ...ON_EXAMPLE]))
      .toMatchInlineSnapshot(`
      {
        "status": 2,
        "stderr": "error: '--quilt' and '--mbox' cannot be used together
      ",
        "stdout": "",
      }
    `);
    expect((await seam(['extract', ...ON_EXAMPLE])).status).toBe(2);
  });
});
