import { expect, test } from 'vitest';
import { ON_EXAMPLE } from './example.ts';
import { seam } from './seam.ts';

test('one line for each file, however many patches change it', async () => {
  expect(await seam(['diffstat', ...ON_EXAMPLE])).toMatchInlineSnapshot(`
    {
      "status": 0,
      "stderr": "",
      "stdout": " kernel/sys.c                       | 12 ++++++------
     include/linux/utsname.h            | 15 +++++++++++++--
     Makefile                           |  2 +-
     init/version.c => kernel/utsname.c | 12 ++++++++----
     ipc/msg.c                          | 17 ++++++++++++-----
     5 files changed, 40 insertions(+), 18 deletions(-)
     rename init/version.c => kernel/utsname.c (29%)
    ",
    }
  `);
});

test('--width and --numstat', async () => {
  expect((await seam(['diffstat', '--width', '40', '4', ...ON_EXAMPLE])).stdout)
    .toMatchInlineSnapshot(`
    " Makefile                  |  2 +-
     include/linux/utsname.h   |  9 +++--
     .../utsname.c             | 12 ++++---
     3 files changed, 16 insertions(+), 7 deletions(-)
     rename init/version.c => kernel/utsname.c (29%)
    "
  `);
  expect((await seam(['diffstat', '--numstat', '..3', ...ON_EXAMPLE])).stdout)
    .toMatchInlineSnapshot(`
    "6	6	kernel/sys.c
    6	0	include/linux/utsname.h
    "
  `);
});

test('--json', async () => {
  expect(JSON.parse((await seam(['diffstat', '--json', '5', ...ON_EXAMPLE])).stdout))
    .toMatchInlineSnapshot(`
    {
      "added": 12,
      "changes": [
        {
          "added": 12,
          "binary": false,
          "change": "modify",
          "deleted": 5,
          "path": "ipc/msg.c",
        },
      ],
      "deleted": 5,
      "files": 1,
      "schema": "seam/diffstat/1",
    }
  `);
});
