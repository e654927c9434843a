/** Files before and after, as property tests and oracles draw them. */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import type { FileVersions } from '../../tools/patch/make.ts';
import { quoteBytes } from '../../tools/patch/quote.ts';
import { encodePath } from '../../tools/patch/path.ts';
import type { Bytes, Mode } from '../../tools/patch/types.ts';
import { git } from './oracle.ts';

/** Lines that repeat, so that changes can slide, with the odd bytes that real files hold. */
const LINES = [
  '\n',
  '{\n',
  '}\n',
  '\treturn 0;\n',
  '\t}\n',
  'int f(void)\n',
  '  indented\n',
  'label:\n',
  'crlf\r\n',
  'lone \r return\n',
  'caf\u00e9 in latin-1\n',
  '-- \n',
  '--- a/x\n',
  '@@ -1 +1 @@\n',
  '\\ No newline at end of file\n',
  ' \t \n',
];

/** Bytes of `text`, one per unit. */
export function bytesOf(text: string): Bytes {
  return new Uint8Array(Buffer.from(text, 'latin1'));
}

const line = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom(...LINES) },
  { weight: 2, arbitrary: fc.nat(30).map((n) => `${'\t'.repeat(n % 4)}statement ${n};\n`) },
  { weight: 1, arbitrary: fc.uint8Array({ maxLength: 6 }).map((b) => `${latin(b)}\n`) },
);

function latin(bytes: Bytes): string {
  return Buffer.from(bytes).toString('latin1').replaceAll('\n', '');
}

const text = fc
  .tuple(fc.array(line, { maxLength: 40 }), fc.constantFrom('', '', 'no newline', '\0'))
  .map(([lines, last]) => [...lines, last].filter((each) => each !== ''));

/** Replace up to a few stretches of lines. */
const edits = fc.array(fc.tuple(fc.nat(40), fc.nat(4), fc.array(line, { maxLength: 4 })), {
  maxLength: 5,
});

/** Content before and after: mostly an edited copy, sometimes something else altogether. */
export const contentPair: fc.Arbitrary<readonly [Bytes, Bytes]> = fc
  .tuple(text, edits, fc.option(text, { freq: 8 }))
  .map(([old, changes, other]) => {
    const next = [...old];
    for (const [at, count, lines] of changes) next.splice(at, count, ...lines);
    return [bytesOf(old.join('')), bytesOf((other ?? next).join(''))] as const;
  });

const MODES: readonly Mode[] = [0o100644, 0o100755];
const mode = fc.constantFrom(...MODES);
const name = fc.constantFrom(
  'plain',
  'dir/sub/file.c',
  'with space',
  'tab\there',
  'quo"te',
  'back\\slash',
  'caf\u00e9',
  'bad\udcff',
  'new\nline',
);

/** A file that is created, deleted, changed or renamed, under all kinds of names. */
export const fileVersions: fc.Arbitrary<FileVersions> = fc
  .record({
    pair: contentPair,
    modes: fc.tuple(mode, mode),
    names: fc.tuple(name, name),
    kind: fc.constantFrom('create', 'delete', 'modify', 'modify', 'rename'),
  })
  .map(({ pair: [old, next], modes: [oldMode, newMode], names: [first, second], kind }) => ({
    ...(kind === 'create'
      ? { oldPath: null, oldMode: null, old: null }
      : { oldPath: first, oldMode, old }),
    ...(kind === 'delete'
      ? { newPath: null, newMode: null, new: null }
      : { newPath: kind === 'rename' ? second : first, newMode, new: next }),
  }));

/** Something to draw a fixed sample from: the same in every run. */
export function sample<T>(arbitrary: fc.Arbitrary<T>, count: number, seed = 1): T[] {
  return fc.sample(arbitrary, { numRuns: count, seed });
}

/** `git diff` between two trees that hold these files, binary data included. */
export function gitDiffTrees(files: readonly FileVersions[], ...options: string[]): Bytes {
  const directory = mkdtempSync(join(tmpdir(), 'seam-trees-'));
  try {
    git(directory, ['init', '-q', '--bare', '.']);
    const stream: Bytes[] = [Buffer.from('feature done\n')];
    commit(
      stream,
      'old',
      files.map((file) => [file.oldPath, file.oldMode, file.old]),
    );
    commit(
      stream,
      'new',
      files.map((file) => [file.newPath, file.newMode, file.new]),
    );
    stream.push(Buffer.from('done\n'));
    git(directory, ['fast-import', '--quiet'], Buffer.concat(stream));
    return git(directory, ['diff', '--no-color', ...options, 'old', 'new']);
  } finally {
    rmSync(directory, { recursive: true });
  }
}

function commit(
  stream: Bytes[],
  branch: string,
  files: readonly (readonly [string | null, Mode | null, Bytes | null])[],
): void {
  const head = `commit refs/heads/${branch}\ncommitter S <s@seam.invalid> 0 +0000\ndata 0\n`;
  stream.push(Buffer.from(head));
  for (const [path, mode, content] of files) {
    if (path === null || mode === null || content === null) continue;
    const file = `M ${mode.toString(8)} inline ${quoteBytes(encodePath(path))}\n`;
    stream.push(Buffer.from(`${file}data ${content.length}\n`), content, Buffer.from('\n'));
  }
}
