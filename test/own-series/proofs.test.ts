/** What series/ promises in its tables: the tests are there, and the globals are gone. */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { scratch, seam } from '../cli/seam.ts';
import { CHECKOUT } from '../checkout.ts';

const PITFALLS = readFileSync(join(CHECKOUT, 'series/pitfalls.md'), 'utf8');

/** Globals that stand for something that containers have each for themselves now. */
const CONVERTED = [
  'fs/devpts/inode.c:allocated_ptys',
  'fs/devpts/inode.c:devpts_root',
  'ipc/mqueue.c:mqueue_mnt',
  'ipc/mqueue.c:msg_max',
  'ipc/mqueue.c:msgsize_max',
  'ipc/mqueue.c:queues_count',
  'ipc/mqueue.c:queues_max',
  'ipc/msg.c:msg_bytes',
  'ipc/msg.c:msg_hdrs',
  'ipc/msg.c:msg_ids',
  'ipc/sem.c:sem_ids',
  'ipc/sem.c:used_sems',
  'ipc/shm.c:shm_ids',
  'ipc/shm.c:shm_tot',
  'msg_ctlmax',
  'msg_ctlmnb',
  'msg_ctlmni',
  'sem_ctls',
  'shm_ctlall',
  'shm_ctlmax',
  'shm_ctlmni',
  'system_utsname',
];

/** Rows of a table, as cells. */
function rowsOf(markdown: string): string[][] {
  return markdown
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .slice(2)
    .map((line) => line.split('|').slice(1, -1))
    .map((cells) => cells.map((cell) => cell.trim()));
}

/** Unit tests and scenarios of the tree behind the last patch, as the table names them. */
async function provers(): Promise<ReadonlySet<string>> {
  const tree = join(scratch(), 'tree');
  await seam(['apply', '--output', tree], { cwd: CHECKOUT });
  const cases = globSync('**/*_test.c', { cwd: tree })
    .flatMap((path) => [
      ...readFileSync(join(tree, path), 'utf8').matchAll(/^\tKUNIT_CASE\((\w+)\)/gm),
    ])
    .map(([, name]) => `kunit ${name ?? ''}`);
  const traces = globSync('tests/golden/**/*.trace', { cwd: tree }).map(
    (path) => `scenario ${path.slice('tests/golden/'.length, -'.trace'.length)}`,
  );
  return new Set([...cases, ...traces]);
}

test('every mistake that was made before has its tests', async () => {
  const there = await provers();
  const rows = rowsOf(PITFALLS);
  expect(rows.length).toBeGreaterThan(15);
  const untested = rows.filter(([, tests = '']) => {
    return tests.split(', ').some((name) => !there.has(name));
  });
  expect(untested).toEqual([]);
}, 600_000);

test('the series takes away the globals that it converts, and no others', async () => {
  const { stdout } = await seam(['globals', '--diff', '--json'], { cwd: CHECKOUT });
  const { patches } = JSON.parse(stdout) as {
    patches: { vanished: { key: string; toConvert: boolean }[]; left: number }[];
  };
  const gone = patches.flatMap(({ vanished }) => vanished.filter((each) => each.toConvert));
  expect(gone.map(({ key }) => key).sort()).toEqual(CONVERTED);
  // Nothing new waits for its conversion: each patch has as many as the one before, or fewer.
  const left = patches.map((patch) => patch.left);
  expect(left).toEqual(left.toSorted((a, b) => b - a));
}, 600_000);
