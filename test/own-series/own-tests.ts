/**
 * `npm run test:series -- own-tests`: the tests that a patch brings must fail without it. Builds, for each
 * patch, its parent with the patch's tests and says what minds.
 */
import { parseArgs } from 'node:util';
import { type Complaint, Laboratory, type Step, isTest } from './laboratory.ts';

/** Tried in this order until one fails; some bugs show only to a checker or with three processors. */
const EXAMS: readonly (readonly [config: string, steps: readonly Step[]])[] = [
  ['allyes', ['build', 'kunit', 'scenarios']],
  ['def', ['build', 'kunit', 'scenarios']],
  ['allyes', ['sanitize']],
  ...[1, 2, 3, 4, 5, 6, 7, 8].map((seed) => [`rand-${seed}`, ['build', 'kunit']] as const),
];

/** What the tests of a patch, counted from 0, have against its parent; null if nothing. */
async function failure(lab: Laboratory, index: number): Promise<Complaint | null> {
  const parent = lab.treeAt(index);
  const code = lab.changedBy(index).filter((path) => !isTest(path) && /\.[ch]$/.test(path));
  const tree = lab.treeAt(index + 1).with(code.map((path) => [path, parent.get(path)]));
  for (const [config, steps] of EXAMS) {
    for (const step of steps) {
      const complaint = await lab.complaint(step, config, tree);
      if (complaint !== null) return complaint;
    }
  }
  return null;
}

/** Status: 0 if every patch has a test that fails without it. */
export async function run(argv: readonly string[], signal: AbortSignal): Promise<number> {
  const options = { only: { type: 'string', default: '' } } as const;
  const { values } = parseArgs({ args: [...argv], options });
  const lab = await Laboratory.open(signal);
  let [good, bad] = [0, 0];
  try {
    for (const [index, { name }] of lab.patches.entries()) {
      if (!name.includes(values.only)) continue;
      const found = await failure(lab, index);
      if (found === null) bad += 1;
      else good += 1;
      const said = found === null ? 'NOTHING FAILS' : `${found.step} ${found.config}`;
      console.log(`${name}\n  ${said}${found === null ? '' : `: ${found.message}`}`);
    }
    console.log(`${good} of ${good + bad} have a test that fails`);
    return bad === 0 ? 0 : 1;
  } finally {
    await lab.close();
  }
}
