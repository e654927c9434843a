/** Looks at each unit with sparse, as `make C=1` does: not at what the C library is included by. */
import type { Compiler } from './build.ts';
import { type CompileContext, compileKey, placeUnit } from './compile.ts';
import type { Configuration } from './config.ts';
import { readDiagnostics, unique } from './diagnostics.ts';
import type { Fresh } from './parts.ts';
import { type Unit, rulesOf } from './rules.ts';
import type { Toolchain } from './toolchain.ts';
import type { ModelTree } from './trees.ts';
import { PLAIN } from './variant.ts';
import { actionKey } from '../store.ts';

const TIMEOUT = 120;

interface Said {
  readonly output: string;
  readonly seconds: number;
}

/** What sparse, which `sparse` identifies, has to say of `tree`. */
export async function checkSparse(
  tree: ModelTree,
  configuration: Configuration,
  step: string,
  sparse: Toolchain,
  { context }: Compiler,
): Promise<Fresh> {
  const rules = await rulesOf(tree, configuration.autoConf, PLAIN, context.toolchain, context);
  if (rules.kind === 'no-rules')
    return { ...EMPTY, verdict: 'error', reason: rules.message, cached: false, seconds: 0 };
  const units = rules.units.filter(({ search }) => search.closed);
  const said = await Promise.all(
    units.map((unit) => look(tree, unit, configuration, rules.checkFlags, sparse, context)),
  );
  const output = said.map(({ fresh }) => fresh.output).join('');
  return {
    verdict: 'passed',
    reason: null,
    cached: said.every(({ cached }) => cached),
    seconds: said.reduce((sum, { fresh }) => sum + fresh.seconds, 0),
    observations: unique(readDiagnostics(output, step)),
    output,
  };
}

const EMPTY = { observations: [], output: '' } as const;

async function look(
  tree: ModelTree,
  unit: Unit,
  configuration: Configuration,
  checkFlags: readonly string[],
  sparse: Toolchain,
  context: CompileContext,
): Promise<{ fresh: Said; cached: boolean }> {
  const compiled = compileKey(tree, unit, configuration, context.toolchain);
  const facts = { action: 'sparse', version: 1, checkFlags, sparse: sparse.identity };
  const key = actionKey({ ...facts, compiled: compiled.key });
  const kept = context.store.result(key) as Said | null;
  if (kept !== null) return { fresh: kept, cached: true };
  return context.inWorkshop('run', async (workshop) => {
    const start = context.now().getTime();
    placeUnit(tree, unit, compiled.header, workshop);
    const command = [sparse.cc, ...checkFlags, ...unit.flags, unit.source];
    const limits = { timeout: TIMEOUT, signal: context.signal };
    const { end, stderr } = await workshop.starter.run(command, limits);
    const fresh: Said = { output: stderr, seconds: (context.now().getTime() - start) / 1000 };
    if (end.kind === 'exited') context.store.keep(key, fresh);
    return { fresh, cached: false };
  });
}
