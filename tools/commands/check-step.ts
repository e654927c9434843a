/** Commands as steps of a check: as they stand in configurations, and on the command line. */
import { chainOf, splitChain } from '../check/commands/chain.ts';
import { type CommandStep, DEFAULT_TIMEOUT, type OutputKind } from '../check/commands/types.ts';
import { SeamError } from '../errors.ts';
import { checkPath } from '../patch/path.ts';
import { type Rule, absolutePath, checkTable, tableOf } from './config.ts';

/** `[[check.step]]` as it stands in a file. */
export interface StepTable {
  readonly name: string;
  readonly run: readonly string[];
  readonly setup?: readonly string[];
  readonly configs?: readonly string[];
  readonly after?: string;
  readonly artifacts?: readonly string[];
  readonly within?: string;
  readonly output?: OutputKind;
  readonly env?: Readonly<Record<string, string>>;
  readonly timeout?: number;
}

export const words: Rule = (value) =>
  Array.isArray(value) && value.every((each) => typeof each === 'string')
    ? null
    : 'must be a list of strings';
const command: Rule = (value) =>
  words(value) === null && (value as unknown[]).length > 0 && (value as string[])[0] !== ''
    ? null
    : 'must be a list of strings: a program and its arguments';
export const count: Rule = (value) =>
  Number.isSafeInteger(value) && (value as number) > 0 ? null : 'must be a whole number above 0';
const stepName: Rule = (value) =>
  typeof value === 'string' && /^[a-z][a-z0-9-]*$/.test(value)
    ? null
    : 'must be a word of small letters, digits and dashes';
const outputKind: Rule = (value) =>
  ['gcc', 'ktap', 'text'].includes(value as string) ? null : "must be 'gcc', 'ktap' or 'text'";
const artifacts: Rule = (value) =>
  words(value) === null && (value as string[]).every((each) => checkPath(each) === null)
    ? null
    : 'must be a list of paths below {build}';
const variables: Rule = (value) =>
  tableOf(value) === null &&
  Object.values(value as object).every((each) => typeof each === 'string')
    ? null
    : 'must be a table of strings';

const STEP_RULES = {
  name: stepName,
  run: command,
  setup: command,
  configs: words,
  after: stepName,
  artifacts,
  within: absolutePath,
  output: outputKind,
  env: variables,
  timeout: count,
};

/** Refuse what a step cannot have, and one that lacks what it needs. */
export function checkStep(step: StepTable, file: string): void {
  checkTable(step, STEP_RULES, file);
  for (const key of ['name', 'run'] as const) if (!(key in step)) throw incomplete(file, key);
}

function incomplete(file: string, key: string): SeamError {
  return new SeamError('config-invalid', `a step in '${file}' has no '${key}'`, {
    kind: 'config',
    data: { file, key },
  });
}

/** `exec`, `exec-2` and so on, each for trees where the one before it passed. */
export function shellSteps(commands: readonly string[]): CommandStep[] {
  const nameOf = (index: number): string => (index === 0 ? 'exec' : `exec-${index + 1}`);
  return stepsFrom(
    commands.map((line, index) => ({
      name: nameOf(index),
      run: ['sh', '-c', line],
      output: 'gcc',
      ...(index > 0 && { after: nameOf(index - 1) }),
    })),
  );
}

export function stepsFrom(tables: readonly StepTable[]): CommandStep[] {
  return tables.map((step) => ({
    name: step.name,
    run: step.run,
    setup: step.setup ?? null,
    configs: step.configs ?? [],
    after: step.after ?? null,
    artifacts: step.artifacts ?? [],
    within: step.within ?? null,
    output: step.output ?? 'text',
    env: step.env ?? {},
    timeout: step.timeout ?? DEFAULT_TIMEOUT,
  }));
}

/** What is wrong with a step that gets copies only, and so has no tree and no directory to set up. */
function detached(step: CommandStep, before: ReadonlyMap<string, CommandStep>): string | null {
  const { building, behind } = splitChain(chainOf(step, before));
  if (behind.length === 0) return null;
  const has = `step '${step.name}' has only the artifacts of '${building.at(-1)?.name}'`;
  if (step.setup !== null) return `${has}, and no 'setup'`;
  return step.run.some((word) => word.includes('{tree}')) ? `${has}, and no '{tree}'` : null;
}

/** A step must stand behind the one that it needs, and have the same configurations. */
export function refuseMissing(steps: readonly CommandStep[], file: string): void {
  const before = new Map<string, CommandStep>();
  for (const step of steps) {
    const needed = step.after === null ? null : (before.get(step.after) ?? null);
    const wrong = before.has(step.name)
      ? `step '${step.name}' is there twice`
      : step.after !== null && needed === null
        ? `step '${step.name}' comes after '${step.after}', which does not stand before it`
        : needed !== null && needed.configs.join() !== step.configs.join()
          ? `step '${step.name}' has other configurations than '${needed.name}'`
          : detached(step, before);
    if (wrong !== null)
      throw new SeamError('config-invalid', wrong, { kind: 'config', data: { file } });
    before.set(step.name, step);
  }
}
