/** The data files of git's tests of `git apply`, where a case is input and expected output. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { applySeries } from '../../tools/apply/series.ts';
import { latin1 } from '../../tools/patch/lines.ts';
import { parseDiff } from '../../tools/patch/parse.ts';
import { formatStat } from '../../tools/patch/stat-graph.ts';
import { formatSummary } from '../../tools/patch/stat.ts';
import { parsePatch } from '../../tools/series/patchfile.ts';
import type { MemoryFile } from '../../tools/tree/memory.ts';
import { MemoryStore } from '../../tools/tree/memory.ts';
import { Tally } from './corpus.ts';
import type { Corpus, Findings, Place } from './corpus.ts';

const ROOT = 'git-apply/git/t';

/** What patches make of a file; the name of the verdict that stopped them otherwise. */
async function applied(
  files: Iterable<MemoryFile>,
  patches: readonly string[],
  path: string,
): Promise<string> {
  const series = patches.map((name) => parsePatch(readFileSync(name), { name }));
  const { ok, tree, blobs, verdicts } = await applySeries(new MemoryStore(files), series);
  const content = blobs.get(tree.get(path)?.id ?? '');
  return ok && content !== undefined ? latin1(content) : `stopped: ${verdicts.at(-1)?.kind}`;
}

/** What `--stat --summary` prints. */
function checkStat(root: string, tally: Tally): void {
  for (const number of [1, 2, 3, 4, 5, 6, 7, 8, 9]) {
    const path = join(root, 't4100', `t-apply-${number}`);
    const { files } = parseDiff(readFileSync(`${path}.patch`));
    const style = 'apply';
    const actual = formatStat(files, { style }) + formatSummary(files, style);
    tally.same(`t4100 ${number}`, actual, latin1(readFileSync(`${path}.expect`)));
  }
}

/** Every step between four files, three of which end without a line feed or in another line. */
async function checkIncomplete(root: string, tally: Tally): Promise<void> {
  const contents = ['a\nb\n', 'a\nb\nc\n', 'a\nb', 'a\nc\nb'];
  for (const [i, before] of contents.entries())
    for (const [j, after] of contents.entries()) {
      if (i === j) continue;
      const file = { path: 'frotz', content: Buffer.from(before) };
      const diff = join(root, 't4101', `diff.${i}-${j}`);
      tally.same(`t4101 ${i} to ${j}`, await applied([file], [diff], 'frotz'), after);
    }
}

/** Patches that build a file from nothing: the last has to be looked for. */
const CHAINS: readonly (readonly [dir: string, patches: string, expect: string, path: string])[] = [
  ['t4109', '12', 'expect-1', 'main.c'],
  ['t4109', '123', 'expect-2', 'main.c'],
  ['t4109', '14', 'expect-3', 'main.c'],
  ['t4110', '12345', 'expect', 'new.txt'],
];

async function check({ dir }: Place): Promise<Findings> {
  const root = join(dir, ROOT);
  const tally = new Tally();
  checkStat(root, tally);
  await checkIncomplete(root, tally);
  for (const [folder, numbers, expect, path] of CHAINS) {
    const patches = numbers.split('').map((number) => join(root, folder, `patch${number}.patch`));
    const expected = latin1(readFileSync(join(root, folder, expect)));
    tally.same(`${folder} ${numbers}`, await applied([], patches, path), expected);
  }
  return tally.findings('cases');
}

export const gitData: readonly Corpus[] = [
  {
    name: 'git-data',
    needs: ['t4100', 't4101', 't4109', 't4110'].map((d) => `${ROOT}/${d}`),
    check,
  },
];
