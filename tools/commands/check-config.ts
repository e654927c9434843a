/**
 * What configurations say of checks: `[check]` of the user's own file, and of the project's, whose
 * commands count only if the user trusts exactly this content.
 */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { CommandStep, OutputKind } from '../check/commands/types.ts';
import { DEFAULT_LIMITS, DEFAULT_TIMEOUT } from '../check/commands/types.ts';
import type { Limits } from '../check/runner/runner.ts';
import { SeamError } from '../errors.ts';
import {
  type Rule,
  absolutePath,
  checkTable,
  parseTomlText,
  tableOf,
  text,
  userConfigFile,
} from './config.ts';
import type { Context } from './context.ts';
import { isTrusted } from './trusted.ts';

export interface CheckConfig {
  readonly steps: readonly CommandStep[];
  /** Steps of the project that are not run, because nobody has trusted them. */
  readonly untrusted: readonly string[];
  readonly limits: Limits;
  /** Names of environment variables that commands get besides the usual ones. */
  readonly passed: readonly string[];
  readonly sets: readonly string[];
  /** Absolute path. */
  readonly baseline: string | null;
}

/** The table as it stands in a file, after its values were checked. */
interface CheckTable {
  readonly sets?: readonly string[];
  readonly baseline?: string;
  readonly pass?: readonly string[];
  readonly memory?: number;
  readonly processes?: number;
  readonly output?: number;
  readonly step?: readonly StepTable[];
}

interface StepTable {
  readonly name: string;
  readonly run: readonly string[];
  readonly setup?: readonly string[];
  readonly configs?: readonly string[];
  readonly after?: string;
  readonly within?: string;
  readonly output?: OutputKind;
  readonly env?: Readonly<Record<string, string>>;
  readonly timeout?: number;
}

const MIB = 2 ** 20;

const words: Rule = (value) =>
  Array.isArray(value) && value.every((each) => typeof each === 'string')
    ? null
    : 'must be a list of strings';
const command: Rule = (value) =>
  words(value) === null && (value as unknown[]).length > 0 && (value as string[])[0] !== ''
    ? null
    : 'must be a list of strings: a program and its arguments';
const count: Rule = (value) =>
  Number.isSafeInteger(value) && (value as number) > 0 ? null : 'must be a whole number above 0';
const tables: Rule = (value) =>
  Array.isArray(value) && value.every((each) => tableOf(each) === null)
    ? null
    : 'must be written as [[check.step]]';
const stepName: Rule = (value) =>
  typeof value === 'string' && /^[a-z][a-z0-9-]*$/.test(value)
    ? null
    : 'must be a word of small letters, digits and dashes';
const outputKind: Rule = (value) =>
  ['gcc', 'ktap', 'text'].includes(value as string) ? null : "must be 'gcc', 'ktap' or 'text'";
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
  within: absolutePath,
  output: outputKind,
  env: variables,
  timeout: count,
};
const SHARED_RULES = { sets: words, baseline: text, step: tables };
/** What decides how much of the machine is given away is the user's own business. */
const USER_RULES = { ...SHARED_RULES, pass: words, memory: count, processes: count, output: count };

/**
 * Both files together: the user's steps first, a project's step of the same name does not count.
 * `commands` are lines for the shell, from the command line; their steps come before all others.
 */
export async function readCheckConfig(
  ctx: Context,
  commands: readonly string[],
): Promise<CheckConfig> {
  const own = await readTable(userConfigFile(ctx.env), USER_RULES);
  const project = await readTable(ctx.globals.config, SHARED_RULES);
  const steps = [...shellSteps(commands), ...stepsOf(own)];
  const names = new Set(steps.map(({ name }) => name));
  const brought = stepsOf(project).filter(({ name }) => !names.has(name));
  const trusted = project.bytes !== null && isTrusted(ctx.env, project.file, project.bytes);
  const all = trusted ? [...steps, ...brought] : steps;
  refuseMissing(all, own.file);
  const { memory, processes, output } = own.table;
  const baseline = own.table.baseline ?? project.table.baseline;
  const from = own.table.baseline === undefined ? project.file : own.file;
  return {
    steps: all,
    untrusted: trusted ? [] : brought.map(({ name }) => name),
    limits: {
      memory: memory === undefined ? DEFAULT_LIMITS.memory : memory * MIB,
      processes: processes ?? DEFAULT_LIMITS.processes,
      output: output === undefined ? DEFAULT_LIMITS.output : output * MIB,
    },
    passed: own.table.pass ?? [],
    sets: own.table.sets ?? project.table.sets ?? [],
    baseline: baseline === undefined ? null : resolve(dirname(from), baseline),
  };
}

/** The steps that a file brings; for `seam trust` to show. */
export async function readProjectSteps(file: string, bytes: Buffer): Promise<CommandStep[]> {
  return stepsOf({ file, bytes, table: await parseTable(file, bytes, SHARED_RULES) });
}

interface FileTable {
  readonly file: string;
  /** Null where there is no file. */
  readonly bytes: Buffer | null;
  readonly table: CheckTable;
}

async function readTable(
  file: string | undefined,
  rules: Readonly<Record<string, Rule>>,
): Promise<FileTable> {
  if (file === undefined || !existsSync(file)) return { file: file ?? '', bytes: null, table: {} };
  // What is trusted is what is parsed: read once.
  const bytes = readFileSync(file);
  return { file, bytes, table: await parseTable(file, bytes, rules) };
}

async function parseTable(
  file: string,
  bytes: Buffer,
  rules: Readonly<Record<string, Rule>>,
): Promise<CheckTable> {
  const { check = {} } = (await parseTomlText(bytes.toString('utf8'), file)) as { check?: object };
  checkTable(check, rules, file);
  const table = check as CheckTable;
  for (const step of table.step ?? []) {
    checkTable(step, STEP_RULES, file);
    for (const key of ['name', 'run'] as const) if (!(key in step)) throw incomplete(file, key);
  }
  return table;
}

function incomplete(file: string, key: string): SeamError {
  return new SeamError('config-invalid', `a step in '${file}' has no '${key}'`, {
    kind: 'config',
    data: { file, key },
  });
}

/** `exec`, `exec-2` and so on, each for trees where the one before it passed. */
function shellSteps(commands: readonly string[]): CommandStep[] {
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

function stepsOf({ table }: FileTable): CommandStep[] {
  return stepsFrom(table.step ?? []);
}

function stepsFrom(tables: readonly StepTable[]): CommandStep[] {
  return tables.map((step) => ({
    name: step.name,
    run: step.run,
    setup: step.setup ?? null,
    configs: step.configs ?? [],
    after: step.after ?? null,
    within: step.within ?? null,
    output: step.output ?? 'text',
    env: step.env ?? {},
    timeout: step.timeout ?? DEFAULT_TIMEOUT,
  }));
}

/** A step must stand behind the one that it needs, and have the same configurations. */
function refuseMissing(steps: readonly CommandStep[], file: string): void {
  const before = new Map<string, CommandStep>();
  for (const step of steps) {
    const needed = step.after === null ? null : (before.get(step.after) ?? null);
    const wrong = before.has(step.name)
      ? `step '${step.name}' is there twice`
      : step.after !== null && needed === null
        ? `step '${step.name}' comes after '${step.after}', which does not stand before it`
        : needed !== null && needed.configs.join() !== step.configs.join()
          ? `step '${step.name}' has other configurations than '${needed.name}'`
          : null;
    if (wrong !== null)
      throw new SeamError('config-invalid', wrong, { kind: 'config', data: { file } });
    before.set(step.name, step);
  }
}
