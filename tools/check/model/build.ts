/** Builds one tree in one configuration from what is known and what has to be compiled. */
import {
  type CompileContext,
  type Compiled,
  compile,
  compileKey,
  knownCompile,
} from './compile.ts';
import type { Configuration } from './config.ts';
import type { Artefact } from './contents.ts';
import { readDiagnostics, readLinkErrors, unique } from './diagnostics.ts';
import { type LinkInput, type Linked, link } from './link.ts';
import { type Rules, type Unit, rulesOf } from './rules.ts';
import type { ModelTree } from './trees.ts';
import type { Variant } from './variant.ts';
import type { Observation, VerdictKind } from '../types.ts';

/** What came of a build. */
export interface Built {
  readonly verdict: VerdictKind;
  readonly reason: string | null;
  /** Null unless the verdict is `passed`. */
  readonly program: Artefact | null;
  /** In link order. */
  readonly objects: readonly { readonly path: string; readonly object: Artefact }[];
  readonly observations: readonly Observation[];
  readonly output: string;
  /** No program was run for it. */
  readonly cached: boolean;
  /** Of all that belongs to it, whenever that was done. */
  readonly seconds: number;
  /** Link once more, where the store has lost the program. */
  readonly again: () => Promise<Artefact | null>;
}

/** Answers that are shared by all builds of a run, so that nothing is done twice at the same time. */
export class Compiler {
  readonly #context: CompileContext;
  readonly #answers = new Map<string, Promise<{ compiled: Compiled; cached: boolean }>>();

  constructor(context: CompileContext) {
    this.#context = context;
  }

  get context(): CompileContext {
    return this.#context;
  }

  /** What comes of a unit; `cached` if that was known. */
  async compile(
    tree: ModelTree,
    unit: Unit,
    configuration: Configuration,
  ): Promise<{ compiled: Compiled; cached: boolean }> {
    const known = compileKey(tree, unit, configuration, this.#context.toolchain);
    let answer = this.#answers.get(known.key);
    if (answer !== undefined) return { ...(await answer), cached: true };
    const kept = knownCompile(known, this.#context);
    answer =
      kept !== null
        ? Promise.resolve({ compiled: kept, cached: true })
        : compile(tree, unit, known, this.#context).then((compiled) => ({
            compiled,
            cached: false,
          }));
    this.#answers.set(known.key, answer);
    const { compiled, cached } = await answer;
    if (compiled.trouble !== null) this.#answers.delete(known.key);
    return { compiled, cached };
  }

  /** Compile whatever is known, for an object that the store has lost. */
  async again(tree: ModelTree, unit: Unit, configuration: Configuration): Promise<Artefact | null> {
    const known = compileKey(tree, unit, configuration, this.#context.toolchain);
    return (await compile(tree, unit, known, this.#context)).object;
  }
}

/** Build `tree` in `configuration`. */
export async function build(
  tree: ModelTree,
  configuration: Configuration,
  variant: Variant,
  compiler: Compiler,
): Promise<Built> {
  const { context } = compiler;
  const step = variant.rule;
  const rules = await rulesOf(tree, configuration.autoConf, variant, context.toolchain, context);
  if (rules.kind === 'no-rules') {
    const verdict = rules.why === 'broken' ? 'failed' : 'error';
    return nothing(verdict, rules.message, [], '');
  }
  const answers = await Promise.all(
    rules.units.map((unit) => compiler.compile(tree, unit, configuration)),
  );
  const results = answers.map(({ compiled }) => compiled);
  const output = results.map((each) => each.output).join('');
  const observations = unique(results.flatMap((each) => readDiagnostics(each.output, step)));
  const failed = judge(results, rules, observations, output);
  if (failed !== null) return failed;
  const linked = await linkAll(tree, configuration, rules, results, compiler);
  const seconds = results.reduce((sum, each) => sum + each.seconds, linked.seconds);
  const cached = answers.every((each) => each.cached) && linked.cached;
  const all = [...observations, ...linkObservations(linked, step)];
  const verdict = linked.trouble !== null ? 'error' : linked.program === null ? 'failed' : 'passed';
  return {
    verdict,
    reason: linked.trouble ?? (linked.program === null ? 'does not link' : null),
    program: linked.program,
    objects: rules.units.flatMap(({ object: path }, index) => {
      const object = results[index]?.object ?? null;
      return object === null ? [] : [{ path, object }];
    }),
    observations: all,
    output: output + linked.output,
    cached,
    seconds,
    again: async () => (await linkAll(tree, configuration, rules, results, compiler, true)).program,
  };
}

/** Why there is nothing to link; null if everything was compiled. */
function judge(
  results: readonly Compiled[],
  { units }: Rules,
  observations: readonly Observation[],
  output: string,
): Built | null {
  const troubled = results.findIndex(({ trouble }) => trouble !== null);
  if (troubled !== -1) {
    const { trouble, timedOut } = results[troubled] ?? { trouble: null, timedOut: false };
    const reason = `${units[troubled]?.source ?? ''}: ${trouble}`;
    return nothing(timedOut ? 'timed-out' : 'error', reason, observations, output);
  }
  const bad = results.filter(({ object }) => object === null).length;
  if (bad === 0) return null;
  const reason = `${bad} of ${units.length} files do not compile`;
  return nothing('failed', reason, observations, output);
}

function nothing(
  verdict: VerdictKind,
  reason: string,
  observations: readonly Observation[],
  output: string,
): Built {
  const plain = { program: null, objects: [], cached: false, seconds: 0, again: async () => null };
  return { verdict, reason, observations, output, ...plain };
}

async function linkAll(
  tree: ModelTree,
  configuration: Configuration,
  { units, linkFlags }: Rules,
  results: readonly Compiled[],
  compiler: Compiler,
  anew = false,
): Promise<Linked> {
  const inputs = units.flatMap((unit, index): LinkInput[] => {
    const object = results[index]?.object ?? null;
    const again = async () => compiler.again(tree, unit, configuration);
    return object === null ? [] : [{ path: unit.object, object, again }];
  });
  return link(inputs, linkFlags, compiler.context, anew);
}

function linkObservations({ program, output, trouble }: Linked, step: string): Observation[] {
  if (trouble !== null) return [];
  if (program === null) return readLinkErrors(output);
  const lines = output.split('\n').filter((line) => /\bwarning: /.test(line));
  return lines.map((message): Observation => {
    return { rule: `${step}/link-warning`, severity: 'warning', path: null, line: null, message };
  });
}
