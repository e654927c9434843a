/** Numbers of a build, which a check compares with those of the tree before. */
import type { Built } from './build.ts';
import type { Contents } from './contents.ts';
import { functionSizes, memorySize } from './elf.ts';
import { type RunContext, keptOrRun, runFacts, runProgram } from './runs.ts';
import type { Fresh } from './parts.ts';
import { PROGRAM } from './link.ts';
import { actionKey } from '../store.ts';

/** Bytes of text and data of each object in memory, and of each function. */
export function measureSizes({ program, objects }: Built, contents: Contents): Fresh {
  const measures: Record<string, number> = {};
  for (const { path, object } of objects) {
    const file = contents.get(object);
    const size = file === null ? null : memorySize(file);
    for (const [kind, bytes] of Object.entries(size ?? {}))
      if (bytes > 0) measures[`${path} ${kind}`] = bytes;
  }
  const file = program === null ? null : contents.get(program);
  if (file !== null) for (const [name, size] of functionSizes(file)) measures[`${name}()`] = size;
  const plain = { reason: null, cached: false, seconds: 0, observations: [], output: '' };
  return { verdict: 'passed', ...plain, measures };
}

/**
 * Instructions of each loop of `vmlinux bench`, counted by callgrind: the same number every time. Null
 * when the program is gone.
 */
export async function countInstructions(
  { program }: Built,
  step: string,
  context: RunContext,
): Promise<Fresh | null> {
  if (program === null) return null;
  const key = actionKey({ ...runFacts(program, step, context), arguments: ['bench'] });
  return keptOrRun(key, program, context, async (workshop) => {
    const list = await runProgram([...context.prefix, `./${PROGRAM}`, 'bench'], workshop, context);
    const names = list.stdout
      .split('\n')
      .flatMap((line) => /^(\S+)\s+\d+ calls/.exec(line)?.[1] ?? []);
    const measures: Record<string, number> = {};
    for (const name of names) {
      const counter = ['valgrind', '--tool=callgrind', '--callgrind-out-file=/dev/null'];
      const command = [...context.prefix, ...counter, `./${PROGRAM}`, 'bench', name];
      const { end, stderr } = await runProgram(command, workshop, context);
      const count = /Collected : (\d+)/.exec(stderr)?.[1];
      if (end.kind === 'missing' || count === undefined)
        return missing(
          end.kind === 'missing' ? "'valgrind' is not installed" : 'valgrind did not count',
        );
      measures[`${name} instructions`] = Number(count);
    }
    if (names.length === 0) return missing('the program has no benchmark');
    return { verdict: 'passed', reason: null, observations: [], output: list.stdout, measures };
  });
}

function missing(reason: string) {
  return { verdict: 'error', reason, observations: [], output: '' } as const;
}
