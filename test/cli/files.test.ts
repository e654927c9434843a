import { expect, test } from 'vitest';
import { ON_EXAMPLE } from './example.ts';
import { seam } from './seam.ts';

test('every path once, sorted', async () => {
  expect(await seam(['files', ...ON_EXAMPLE])).toMatchInlineSnapshot(`
    {
      "status": 0,
      "stderr": "",
      "stdout": "Makefile
    include/linux/utsname.h
    init/version.c
    ipc/msg.c
    kernel/sys.c
    kernel/utsname.c
    ",
    }
  `);
});

test('-v says which patch does what', async () => {
  expect((await seam(['files', '-v', '4..', ...ON_EXAMPLE])).stdout).toMatchInlineSnapshot(`
    "utsname/uts-namespace.patch
      M Makefile
      M include/linux/utsname.h
      R init/version.c -> kernel/utsname.c
    ipc/message-queues.patch
      M ipc/msg.c
    "
  `);
});

test('--json', async () => {
  const { stdout } = await seam(['files', '--json', 'uts-namespace', ...ON_EXAMPLE]);
  expect(JSON.parse(stdout)).toMatchInlineSnapshot(`
    {
      "patches": [
        {
          "files": [
            {
              "change": "modify",
              "line": 19,
              "newMode": "100644",
              "newPath": "Makefile",
              "oldMode": "100644",
              "oldPath": "Makefile",
            },
            {
              "change": "modify",
              "line": 31,
              "newMode": "100644",
              "newPath": "include/linux/utsname.h",
              "oldMode": "100644",
              "oldPath": "include/linux/utsname.h",
            },
            {
              "change": "rename",
              "line": 55,
              "newMode": "100644",
              "newPath": "kernel/utsname.c",
              "oldMode": "100644",
              "oldPath": "init/version.c",
            },
          ],
          "name": "utsname/uts-namespace.patch",
        },
      ],
      "schema": "seam/files/1",
    }
  `);
});
