import { describe, expect, test } from 'vitest';
import { EXAMPLE, ON_EXAMPLE } from './example.ts';
import { scratch, seam } from './seam.ts';

describe('seam deps', () => {
  test('what every patch needs, by number', async () => {
    expect(await seam(['deps', ...ON_EXAMPLE])).toMatchInlineSnapshot(`
      {
        "status": 0,
        "stderr": "",
        "stdout": "1  utsname/gethostname-empty-buffer.patch
      2  utsname/introduce-utsname.patch
      3  utsname/convert-system-calls.patch      needs 1
      4  utsname/uts-namespace.patch             needs 2
      5  ipc/message-queues.patch
      5 patches, 2 edges, 1 patch stands alone
      ",
      }
    `);
  });

  test('one patch, with the lines that tie it', async () => {
    expect((await seam(['deps', '-v', 'convert-system-calls', ...ON_EXAMPLE])).stdout)
      .toMatchInlineSnapshot(`
      "utsname/convert-system-calls.patch (3 of 5)
        needs
          1 utsname/gethostname-empty-buffer.patch
              kernel/sys.c:17  changes or shows lines of it  'if (len <= 0)'
      "
    `);
    expect((await seam(['deps', '2', '5', ...ON_EXAMPLE])).stdout).toMatchInlineSnapshot(`
      "utsname/introduce-utsname.patch (2 of 5)
        is needed by
          4 utsname/uts-namespace.patch
              include/linux/utsname.h:15-20  changes or shows lines of it  '/* The names that the caller sees. */'
      ipc/message-queues.patch (5 of 5)
        needs nothing, and nothing needs it
      "
    `);
  });

  test('a topic means its patches', async () => {
    const topic = await seam(['deps', 'ipc', ...ON_EXAMPLE]);
    expect(topic).toEqual(await seam(['deps', '5', ...ON_EXAMPLE]));
    const drawn = await seam(['deps', 'utsname', '--format', 'svg', ...ON_EXAMPLE]);
    expect(drawn.stdout.match(/class="box"/g)).toHaveLength(4);
  });

  test('symbols', async () => {
    expect((await seam(['deps', '--layer', 'symbols', '3', ...ON_EXAMPLE])).stdout)
      .toMatchInlineSnapshot(`
      "utsname/convert-system-calls.patch (3 of 5)
        needs
          2 utsname/introduce-utsname.patch
              kernel/sys.c:9  uses function utsname, which it defines
      "
    `);
    const all = await seam(['deps', '--layer', 'all', ...ON_EXAMPLE]);
    expect(all.stdout).toMatchInlineSnapshot(`
      "1  utsname/gethostname-empty-buffer.patch
      2  utsname/introduce-utsname.patch
      3  utsname/convert-system-calls.patch      needs 1 2
      4  utsname/uts-namespace.patch             needs 2
      5  ipc/message-queues.patch
      5 patches, 3 edges, 1 patch stands alone
      "
    `);
  });

  test('json', async () => {
    const { stdout } = await seam(['deps', '--format', 'json', '4', ...ON_EXAMPLE]);
    expect((await seam(['deps', '--json', '4', ...ON_EXAMPLE])).stdout).toBe(stdout);
    const document = JSON.parse(stdout) as { schema: string; patches: unknown[]; edges: unknown[] };
    expect(document.schema).toBe('seam/deps/1');
    expect(document.patches).toHaveLength(5);
    expect(document.edges).toMatchInlineSnapshot(`
      [
        {
          "from": 4,
          "kind": "needs",
          "reasons": [
            {
              "cause": "lines",
              "first": 15,
              "last": 20,
              "layer": "text",
              "path": "include/linux/utsname.h",
              "text": "/* The names that the caller sees. */",
            },
          ],
          "to": 2,
        },
      ]
    `);
  });

  test('dot and svg', async () => {
    expect((await seam(['deps', '--format', 'dot', ...ON_EXAMPLE])).stdout).toMatchInlineSnapshot(`
      "digraph series {
        rankdir=BT;
        node [shape=box, fontname="sans-serif"];
        subgraph "cluster utsname" {
          label="utsname";
          p1 [label="1 gethostname-empty-buffer", tooltip="sys: refuse an empty buffer in gethostname()"];
          p2 [label="2 introduce-utsname", tooltip="utsname: introduce utsname()"];
          p3 [label="3 convert-system-calls", tooltip="utsname: convert the system calls to utsname()"];
          p4 [label="4 uts-namespace", tooltip="utsname: let the names belong to a namespace"];
        }
        subgraph "cluster ipc" {
          label="ipc";
          p5 [label="5 message-queues", tooltip="ipc: count message queues where their limit is"];
        }
        p3 -> p1 [tooltip="kernel/sys.c:17: changes or shows lines of it"];
        p4 -> p2 [tooltip="include/linux/utsname.h:15-20: changes or shows lines of it"];
      }
      "
    `);
    const { stdout } = await seam(['deps', '--format', 'svg', ...ON_EXAMPLE]);
    expect(stdout).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" [^]*<\/svg>\n$/);
    expect(stdout.match(/class="box"/g)).toHaveLength(5);
  });

  test('can A go before B?', async () => {
    expect(await seam(['deps', '--order', '5', '1', ...ON_EXAMPLE])).toMatchInlineSnapshot(`
      {
        "status": 0,
        "stderr": "",
        "stdout": "'ipc/message-queues.patch' can go before 'utsname/gethostname-empty-buffer.patch': tried: the tree is 5dde9b1b1123f00589225853c7887d0e4234c372 as before
      ",
      }
    `);
    expect(await seam(['deps', '--order', '4', '2', ...ON_EXAMPLE])).toMatchInlineSnapshot(`
      {
        "status": 1,
        "stderr": "",
        "stdout": "'utsname/uts-namespace.patch' cannot go before 'utsname/introduce-utsname.patch'
        4 utsname/uts-namespace.patch needs
          2 utsname/introduce-utsname.patch
              include/linux/utsname.h:15-20  changes or shows lines of it  '/* The names that the caller sees. */'
      ",
      }
    `);
    expect((await seam(['deps', '--order', '1', '2', ...ON_EXAMPLE])).stdout)
      .toMatchInlineSnapshot(`
      "'utsname/gethostname-empty-buffer.patch' can go before 'utsname/introduce-utsname.patch': it does already
      "
    `);
    const { stdout } = await seam(['deps', '--json', '--order', '4', '2', ...ON_EXAMPLE]);
    expect(JSON.parse(stdout)).toMatchObject({ possible: false, because: [{ from: 4, to: 2 }] });
  });

  test.each([
    ['one patch to order', ['deps', '--order', '1', ...ON_EXAMPLE], 2],
    ['the same twice', ['deps', '--order', '1', '1', ...ON_EXAMPLE], 2],
    ['a patch that is not there', ['deps', 'nothing-like-it', ...ON_EXAMPLE], 2],
  ])('usage: %s', async (_, argv, expected) => {
    const { status, stderr } = await seam(argv);
    expect(status).toBe(expected);
    expect(stderr).toMatchSnapshot();
  });

  test('a series that does not apply', async () => {
    const base = scratch({ Makefile: '' });
    const outcome = await seam(['deps', '--base', base, '--series', `${EXAMPLE}/patches`]);
    expect(outcome).toMatchInlineSnapshot(`
      {
        "status": 2,
        "stderr": "error: patch 'utsname/gethostname-empty-buffer.patch' does not apply
        verdict: conflict
      hint: seam apply
      ",
        "stdout": "",
      }
    `);
  });
});
