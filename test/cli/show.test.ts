import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { EXAMPLE, ON_EXAMPLE } from './example.ts';
import { scratch, seam } from './seam.ts';

test('the last patch, byte for byte', async () => {
  const raw = readFileSync(`${EXAMPLE}/patches/ipc/message-queues.patch`, 'utf8');
  expect(await seam(['show', ...ON_EXAMPLE])).toEqual({ status: 0, stdout: raw, stderr: '' });
});

test('several patches, in series order', async () => {
  const raw = ['gethostname-empty-buffer', 'introduce-utsname'].map((name) =>
    readFileSync(`${EXAMPLE}/patches/utsname/${name}.patch`, 'utf8'),
  );
  expect((await seam(['show', '2', '1', ...ON_EXAMPLE])).stdout).toBe(raw.join(''));
});

test('a terminal gets no escape sequences', async () => {
  const patch = 'Nice \u001b]0;title\u0007 words\n--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n+\u001b[2J\n';
  const cwd = scratch({ series: 'x.patch\n', 'x.patch': patch });
  const { stdout } = await seam(['show', '--series', '.'], { cwd, terminal: true });
  expect(stdout).toBe(patch.replaceAll('\u001b', '\\x1b').replaceAll('\u0007', '\\x07'));
  expect((await seam(['show', '--series', '.'], { cwd })).stdout).toBe(patch);
});

test('--json has the bytes in base64', async () => {
  const { stdout } = await seam(['show', '--json', '1', ...ON_EXAMPLE]);
  const document = JSON.parse(stdout) as {
    schema: string;
    patches: { name: string; bytes: string }[];
  };
  expect(document.schema).toBe('seam/show/1');
  expect(Buffer.from(document.patches[0]?.bytes ?? '', 'base64')).toEqual(
    readFileSync(`${EXAMPLE}/patches/utsname/gethostname-empty-buffer.patch`),
  );
});
