/** Runs a kernel that was linked: its unit tests and its scenarios, or knows what came of it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Path } from '../../patch/types.ts';
import type { CompileContext } from './compile.ts';
import type { Artefact } from './contents.ts';
import { type TestReading, endText, readUnitTests } from './ktap.ts';
import { PROGRAM, placeProgram } from './link.ts';
import { runTool } from './process.ts';
import {
  type Played,
  TraceCheck,
  type TraceVerdict,
  readDifferences,
  traceObservations,
} from './traces.ts';
import type { ModelTree } from './trees.ts';
import { refuseFullDisk } from './room.ts';
import type { Workshop } from './workshop.ts';
import { actionKey } from '../store.ts';
import type { Observation } from '../types.ts';

/** Seconds for all unit tests, and for all scenarios: both take well under one. */
const TIMEOUT = 120;
const SWEEP = 'scripts/sweep.sh';
const KNOWN_BUGS = 'Documentation/known-bugs/';
const DIFFERENCES = 'Documentation/differences.rst';

/** What a run gave. */
export interface Ran extends TestReading {
  readonly cached: boolean;
  readonly seconds: number;
  readonly output: string;
  readonly measures?: Readonly<Record<string, number>>;
}

export interface RunContext extends CompileContext {
  /** What goes before a program that is not trusted. */
  readonly prefix: readonly string[];
}

type Kept = Omit<Ran, 'cached'>;

/** The unit tests; null when the program has to be linked again. */
export async function runUnitTests(
  program: Artefact,
  step: string,
  context: RunContext,
): Promise<Ran | null> {
  const key = actionKey({ ...runFacts(program, step, context), arguments: ['kunit'] });
  return keptOrRun(key, program, context, async (workshop) => {
    const command = [...context.prefix, `./${PROGRAM}`, 'kunit'];
    const { end, stdout, stderr } = await runProgram(command, workshop, context);
    if (end.kind === 'missing') return null;
    return { ...readUnitTests(stdout, stderr, end, step), output: stdout + stderr };
  });
}

/** All scenarios of `tree` against the traces that it keeps of a real kernel; null as above. */
export async function runScenarios(
  program: Artefact,
  tree: ModelTree,
  step: string,
  context: RunContext,
): Promise<Ran | null> {
  const scenarios = scenariosOf(tree);
  const golden = tree.paths().filter((path) => path.startsWith('tests/golden/'));
  const files = tree.digest([...scenarios, ...golden, DIFFERENCES]);
  const key = actionKey({ ...runFacts(program, step, context), files });
  return keptOrRun(key, program, context, async (workshop) => {
    workshop.place(tree, scenarios);
    const played = await play(scenarios, workshop, context);
    if (played === null) return null;
    const check = new TraceCheck(readDifferences(text(tree, DIFFERENCES) ?? ''));
    const verdicts = new Map<string, TraceVerdict>();
    for (const each of played)
      verdicts.set(
        each.scenario,
        check.compare(each, text(tree, `tests/golden/${each.scenario}.trace`)),
      );
    const observations = traceObservations(verdicts, check.stale(), step);
    const complete = played.length === scenarios.length;
    const reason = complete ? null : `only ${played.length} of ${scenarios.length} came to an end`;
    const output = summary(verdicts);
    return { verdict: complete ? 'passed' : 'timed-out', reason, observations, output };
  });
}

/** What decides how a program runs. */
export function runFacts(program: Artefact, step: string, { toolchain }: RunContext) {
  // The program loads libraries that belong to the compiler.
  return {
    action: 'run',
    version: 1,
    program: program.digest,
    step,
    toolchain: toolchain.identity,
  };
}

/** What is known under `key`, or comes of `work`; null when the program has to be linked again. */
export async function keptOrRun(
  key: string,
  program: Artefact,
  context: RunContext,
  work: (workshop: Workshop) => Promise<Omit<Kept, 'seconds'> | null>,
): Promise<Ran | null> {
  const kept = context.store.result(key) as Kept | null;
  if (kept !== null) return { ...kept, cached: true };
  return context.inWorkshop('run', async (workshop) => {
    if (!placeProgram(program, workshop, context)) return null;
    const start = context.now().getTime();
    const done = await work(workshop);
    if (done === null) return null;
    if (done.verdict !== 'passed' || done.observations.length > 0)
      refuseFullDisk(workshop.directory);
    const result = { ...done, seconds: (context.now().getTime() - start) / 1000 };
    // That it took too long may be the fault of what else the machine had to do.
    if (done.verdict !== 'timed-out') context.store.keep(key, result);
    return { ...result, cached: false };
  });
}

/** Run a command in the workshop, cut off from the user's files. */
export async function runProgram(
  command: readonly string[],
  workshop: Workshop,
  context: RunContext,
) {
  return runTool(command, {
    cwd: workshop.directory,
    env: { ...context.env, HOME: workshop.home, TMPDIR: workshop.temporary },
    job: workshop.job,
    timeout: TIMEOUT,
    signal: context.signal,
  });
}

/**
 * Every allocation failed in turn, by the tree's own `scripts/sweep.sh`, which knows of the bugs that
 * the tree says it has. A tree without it has no such test.
 */
export async function runFaults(
  program: Artefact,
  tree: ModelTree,
  step: string,
  context: RunContext,
): Promise<Ran | null> {
  const plain = { observations: [], output: '', cached: false, seconds: 0 };
  if (!tree.has(SWEEP)) return { verdict: 'skipped', reason: `the tree has no ${SWEEP}`, ...plain };
  const scenarios = scenariosOf(tree);
  const inputs = [...scenarios, SWEEP, ...knownBugs(tree)];
  const files = tree.digest(inputs);
  const key = actionKey({ ...runFacts(program, step, context), files });
  return keptOrRun(key, program, context, async (workshop) => {
    workshop.place(tree, inputs);
    const command = [...context.prefix, 'sh', SWEEP, `./${PROGRAM}`, KNOWN_BUGS, ...scenarios];
    const { end, stdout, stderr } = await runProgram(command, workshop, context);
    if (end.kind === 'missing') return null;
    const lines = stdout.trim().split('\n');
    const found = end.kind === 'exited' && end.status === 0 ? [] : lines.slice(0, -1);
    const observations = found.map((message): Observation => {
      return { rule: `${step}/failed`, severity: 'error', path: null, line: null, message };
    });
    const died = end.kind === 'exited' && end.status <= 1 ? null : endText(end);
    const verdict = died === null ? 'passed' : end.kind === 'timed-out' ? 'timed-out' : 'failed';
    return { verdict, reason: died, observations, output: stdout + stderr };
  });
}

/** One shell for all: starting it a hundred times from here takes longer than the scenarios. */
const PLAY = `dir=$1; shift; n=0
for file; do
	n=$((n + 1))
	./${PROGRAM} run "$file" > "$dir/$n.trace" 2> "$dir/$n.errors" < /dev/null
	echo "$n $?"
done`;

async function play(
  scenarios: readonly Path[],
  workshop: Workshop,
  context: RunContext,
): Promise<Played[] | null> {
  const { temporary } = workshop;
  const command = [...context.prefix, 'sh', '-c', PLAY, 'sh', temporary, ...scenarios];
  const { end, stdout } = await runProgram(command, workshop, context);
  if (end.kind === 'missing') return null;
  return stdout.split('\n').flatMap((line): Played[] => {
    const [number = '', status = ''] = line.split(' ');
    const path = scenarios[Number(number) - 1];
    if (path === undefined || status === '') return [];
    const scenario = path.replace(/^tests\/scenarios\//, '').replace(/\.scn$/, '');
    const read = (name: string): string =>
      readFileSync(join(temporary, `${number}.${name}`), 'utf8');
    return [{ scenario, status: Number(status), trace: read('trace'), errors: read('errors') }];
  });
}

function knownBugs(tree: ModelTree): Path[] {
  return tree.paths().filter((path) => path.startsWith(KNOWN_BUGS));
}

function scenariosOf(tree: ModelTree): Path[] {
  return tree.paths().filter((path) => /^tests\/scenarios\/[^/]+\/[^/]+\.scn$/.test(path));
}

function summary(verdicts: ReadonlyMap<string, TraceVerdict>): string {
  const lines = [...verdicts].map(([scenario, verdict]) => {
    if (verdict.kind === 'equal') return `equal    ${scenario}`;
    if (verdict.kind === 'skipped') return `skipped  ${scenario}: ${verdict.why}`;
    return `failed   ${scenario}: ${verdict.message}\n${verdict.detail}`;
  });
  return `${lines.join('\n')}\n`;
}

/** Scenarios and traces are UTF-8. */
function text(tree: ModelTree, path: Path): string | null {
  const bytes = tree.content(path);
  return bytes === null ? null : Buffer.from(bytes).toString('utf8');
}
