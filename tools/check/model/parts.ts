/** What the steps of the engine are made of: each part looks at one build in one way. */
import { type Built, type Compiler } from './build.ts';
import type { Configuration } from './config.ts';
import type { Artefact } from './contents.ts';
import { countInstructions, measureSizes } from './measure.ts';
import { compareWithMake } from './paranoid.ts';
import { type RunContext, runFaults, runScenarios, runUnitTests } from './runs.ts';
import { checkSparse } from './sparse.ts';
import type { Toolchain } from './toolchain.ts';
import type { ModelTree } from './trees.ts';
import type { Variant } from './variant.ts';
import type { Outcome } from '../types.ts';

export type PartName =
  | 'build'
  | 'kunit'
  | 'scenarios'
  | 'faults'
  | 'size'
  | 'bench'
  | 'sparse'
  | 'paranoid';

/** An outcome before its output is in the store. */
export type Fresh = Omit<Outcome, 'log'> & { readonly output: string };

/** One build and all that it came from. */
export interface Cell {
  /** Name of the step; it begins the names of the rules. */
  readonly step: string;
  readonly tree: ModelTree;
  /** Name of the configuration. */
  readonly config: string;
  readonly configuration: Configuration;
  readonly variant: Variant;
  readonly built: Built;
  readonly compiler: Compiler;
  /** What goes before a program that was built. */
  readonly prefix: readonly string[];
  /** Finds a tool that is no compiler. */
  readonly tool: (name: string) => Promise<Toolchain | null>;
}

/** Options that a part cannot do without. */
const NEEDS: Readonly<Partial<Record<PartName, readonly [option: string, lack: string]>>> = {
  kunit: ['KUNIT', 'this configuration has no unit tests'],
  scenarios: ['SCENARIO', 'this configuration has no scenarios'],
};

/** Do one part. */
export async function doPart(part: PartName, cell: Cell): Promise<Fresh> {
  const { step, tree, config, configuration, variant, built, compiler } = cell;
  if (part === 'build') return built;
  if (built.program === null) return problem(built.reason ?? 'it does not build');
  const [option = '', lack = ''] = NEEDS[part] ?? [];
  if (option !== '' && !configuration.has(option)) return { ...problem(lack), verdict: 'skipped' };
  const context: RunContext = { ...compiler.context, prefix: cell.prefix };
  switch (part) {
    case 'kunit':
      return withProgram(built, (program) => runUnitTests(program, step, context));
    case 'scenarios':
      return withProgram(built, (program) => runScenarios(program, tree, step, context));
    case 'faults':
      return withProgram(built, (program) => runFaults(program, tree, step, context));
    case 'bench':
      return withProgram(built, (program) =>
        countInstructions({ ...built, program }, step, context),
      );
    case 'size':
      return measureSizes(built, context.contents);
    case 'paranoid':
      return compareWithMake(tree, config, configuration, variant, built, context);
    case 'sparse': {
      const sparse = await cell.tool('sparse');
      if (sparse === null) return problem("'sparse' is not installed");
      return checkSparse(tree, configuration, step, sparse, compiler);
    }
  }
}

/** Use the program, linked again where the store has lost it. */
async function withProgram(
  built: Built,
  use: (program: Artefact) => Promise<Fresh | null>,
): Promise<Fresh> {
  const used = built.program === null ? null : await use(built.program);
  if (used !== null) return used;
  const again = await built.again();
  const second = again === null ? null : await use(again);
  return second ?? problem('the program is gone from the store');
}

const RANK = ['passed', 'skipped', 'not-run', 'failed', 'timed-out', 'error'] as const;

/** One outcome of several: the worst verdict, all that was seen. */
export function joined(parts: readonly Fresh[]): Fresh {
  const [only] = parts;
  if (only !== undefined && parts.length === 1) return only;
  const worst = [...parts].sort((a, b) => RANK.indexOf(b.verdict) - RANK.indexOf(a.verdict))[0];
  // A part that has nothing to look at in this configuration takes nothing from the others.
  const fine = worst === undefined || worst.verdict === 'skipped';
  return {
    verdict: fine ? 'passed' : worst.verdict,
    reason: fine ? null : worst.reason,
    cached: parts.every((part) => part.cached),
    seconds: parts.reduce((sum, part) => sum + part.seconds, 0),
    observations: parts.flatMap((part) => part.observations),
    output: parts.map((part) => part.output).join(''),
  };
}

/** What stood in the way of an answer. */
export function problem(reason: string): Fresh {
  return { verdict: 'error', reason, cached: false, seconds: 0, observations: [], output: '' };
}
