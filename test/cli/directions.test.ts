/** The linter's rules on who may import whom are tried with code that breaks them. */
import { spawnSync } from 'node:child_process';
import { cpSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { scratch } from './seam.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

interface Diagnostic {
  readonly message: string;
  readonly help?: string;
  readonly filename: string;
}

/** Lints `code` as if it were the file `name` of this project. */
function lint(name: string, code: string): string[] {
  const directory = scratch({ [name]: code });
  for (const file of ['.oxlintrc.json', 'tsconfig.json'])
    cpSync(join(root, file), join(directory, file));
  symlinkSync(join(root, 'node_modules'), join(directory, 'node_modules'));
  const oxlint = join(root, 'node_modules/oxlint/bin/oxlint');
  const args = [oxlint, '--config', '.oxlintrc.json', '--format', 'json', name];
  const { stdout } = spawnSync(process.execPath, args, { cwd: directory, encoding: 'utf8' });
  const { diagnostics } = JSON.parse(stdout) as { diagnostics: Diagnostic[] };
  return diagnostics.map(({ message, help }) => `${message} ${help ?? ''}`);
}

const use = (specifier: string): string =>
  `import { thing } from '${specifier}';\nexport const other = thing;\n`;

test.each([
  ['tools/patch/a.ts', 'node:fs', 'Pure folder: no disk'],
  ['tools/series/a.ts', 'node:fs/promises', 'Pure folder: no disk'],
  ['tools/deps/a.ts', 'node:child_process', 'Pure folder: no disk'],
  ['tools/bisect/a.ts', 'execa', 'Pure folder: talking to git'],
  ['tools/patch/deep/a.ts', '../../tree/b.ts', 'are the bottom layer'],
  ['tools/series/a.ts', '../report/b.ts', 'are the bottom layer'],
  ['tools/tree/a.ts', '../stack/b.ts', 'a tree is below everything'],
  ['tools/check/a.ts', '../commands/b.ts', 'nothing imports the command line'],
  ['tools/report/a.ts', '../cli.ts', 'nothing imports the command line'],
  ['tools/commands/a.ts', '../cli.ts', 'nothing imports cli.ts'],
  ['tools/apply/a.ts', '../../review/thread/b.ts', 'review/ is built on the engine'],
  ['review/thread/a.ts', '../../tools/check/b.ts', 'review/ reads patches, series and results'],
  ['review/send/a.ts', '../../tools/commands/b.ts', 'nothing imports the command line'],
  ['tools/cli.ts', './apply/b.ts', 'cli.ts only starts the process'],
  ['tools/stack/a.ts', 'node:process', 'Only tools/cli.ts touches the process'],
])('%s must not import %s', (name, specifier, reason) => {
  expect(lint(name, use(specifier))).toContainEqual(expect.stringContaining(reason));
});

test.each([
  ['tools/patch/a.ts', 'export const now = Date.now();', 'take the time as a value'],
  ['tools/deps/a.ts', 'export const at = performance.now();', 'no clock and no network'],
  ['tools/series/a.ts', 'export const roll = Math.random();', 'seeded generator'],
  [
    'tools/check/a.ts',
    'export const dir = process.cwd();',
    'Only tools/cli.ts touches the process',
  ],
  ['tools/report/a.ts', "console.log('x');", 'console'],
])('%s must not say %s', (name, code, reason) => {
  expect(lint(name, `${code}\n`)).toContainEqual(expect.stringContaining(reason));
});

test.each([
  ['tools/series/a.ts', '../patch/b.ts'],
  ['tools/deps/a.ts', '../patch/b.ts'],
  ['tools/tree/a.ts', '../patch/b.ts'],
  ['tools/apply/a.ts', '../tree/b.ts'],
  ['tools/check/a.ts', '../bisect/b.ts'],
  ['tools/commands/a.ts', '../../review/thread/b.ts'],
  ['review/thread/a.ts', '../../tools/series/b.ts'],
  ['tools/cli.ts', './commands/main.ts'],
])('%s may import %s', (name, specifier) => {
  expect(lint(name, use(specifier))).toEqual([]);
});
