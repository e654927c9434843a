/**
 * `npm run test:series -- mutation [--count N] [--seed S]`: are the tests worth anything? Leaves out one
 * line of a conversion at a time and looks for a step of `seam check` that minds. A mutant that none
 * minds is printed with its place, for somebody to think about: either a test is missing, or the line
 * makes no difference (see series/README.md).
 */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { type Complaint, Laboratory, type Step, isTest } from './laboratory.ts';
import { type Line, meaningful, sample, withoutLine } from './mutants.ts';

/** Looked at in this order, until one minds: every one of them must pass for every patch. */
const EXAMS: readonly (readonly [config: string, steps: readonly Step[]])[] = [
  ['allyes', ['build', 'kunit', 'scenarios']],
  ['allno', ['build']],
  ['def', ['build', 'kunit', 'scenarios']],
  ['without-UTS_NS', ['build', 'kunit', 'scenarios']],
  ['without-IPC_NS', ['build', 'kunit', 'scenarios']],
  ['without-DEVPTS_MULTIPLE_INSTANCES', ['build', 'kunit', 'scenarios']],
  ['without-PROC_FS', ['build', 'kunit', 'scenarios']],
  ['allyes', ['sanitize', 'sparse', 'clang']],
];

interface Mutant extends Line {
  readonly name: string;
  readonly caught: Complaint | null;
}

/** Lines of the kernel proper that conversions add. */
function candidates(lab: Laboratory): Line[] {
  return lab.patches.flatMap((patch, index) => {
    if (patch.name.startsWith('stability/')) return [];
    const tree = lab.treeAt(index + 1);
    return patch.files.flatMap(({ newPath: path, hunks }) => {
      if (path === null || isTest(path)) return [];
      const kept = meaningful(path, lab.text(tree, path) ?? '');
      return hunks
        .flatMap(({ newStart, lines }) => {
          let line = newStart - 1;
          return lines.map(({ op, text }) => {
            if (op !== '-') line += 1;
            return { op, line, text: Buffer.from(text).toString('utf8').trimEnd() };
          });
        })
        .filter(({ op, line }) => op === '+' && kept.has(line))
        .map(({ line, text }) => ({ patch: index, path, line, text }));
    });
  });
}

async function examine(lab: Laboratory, line: Line): Promise<Complaint | null> {
  const tree = lab.treeAt(line.patch + 1);
  const text = lab.text(tree, line.path) ?? '';
  const mutant = lab.withText(tree, line.path, withoutLine(text, line.line));
  const there = new Set(await lab.configurations(tree, ['def', 'allno', 'allyes', 'each']));
  for (const [config, steps] of EXAMS) {
    for (const step of there.has(config) ? steps : []) {
      const complaint = await lab.complaint(step, config, mutant);
      if (complaint !== null) return complaint;
    }
  }
  return null;
}

function report(mutants: readonly Mutant[], all: number): void {
  const caught = mutants.flatMap(({ caught: by }) => by ?? []);
  console.log(`${caught.length} of ${mutants.length} caught (${all} lines to choose from)`);
  const steps = Map.groupBy(caught, ({ step }) => step);
  for (const [step, by] of steps) console.log(`  ${step.padEnd(10)} ${by.length}`);
  for (const { name, path, line, text, caught: by } of mutants)
    if (by === null) console.log(`not caught: ${name}\n  ${path}:${line}: ${text.trim()}`);
}

/** Status: 0 if at least 95 of 100 were caught. */
export async function run(argv: readonly string[], signal: AbortSignal): Promise<number> {
  const options = {
    count: { type: 'string', default: '100' },
    seed: { type: 'string', default: '1' },
    only: { type: 'string', default: '' },
    json: { type: 'string' },
  } as const;
  const { values } = parseArgs({ args: [...argv], options });
  const lab = await Laboratory.open(signal);
  try {
    const all = candidates(lab).filter(({ patch }) =>
      lab.patches[patch]?.name.includes(values.only),
    );
    const queue = sample(all, Number(values.count), Number(values.seed));
    const mutants: Mutant[] = [];
    const work = async (): Promise<void> => {
      for (let line = queue.shift(); line !== undefined; line = queue.shift()) {
        const caught = await examine(lab, line);
        mutants.push({ ...line, name: lab.patches[line.patch]?.name ?? '', caught });
        const by = caught === null ? 'NOT CAUGHT' : `${caught.step} ${caught.config}`;
        console.error(`${mutants.length} ${line.path}:${line.line} ${by}`);
      }
    };
    await Promise.all([work(), work()]);
    report(mutants, all.length);
    if (values.json !== undefined) writeFileSync(values.json, JSON.stringify(mutants, null, 1));
    const share = mutants.filter(({ caught }) => caught !== null).length / mutants.length;
    return share >= 0.95 ? 0 : 1;
  } finally {
    await lab.close();
  }
}
