/**
 * What configurations say of checks: `[check]` of the user's own file, and of the project's, whose
 * commands count only if the user trusts exactly this content.
 */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { type CommandStep, DEFAULT_LIMITS } from '../check/commands/types.ts';
import type { Limits } from '../check/runner/runner.ts';
import {
  type StepTable,
  checkStep,
  count,
  refuseMissing,
  shellSteps,
  stepsFrom,
  words,
} from './check-step.ts';
import { type Rule, checkTable, parseTomlText, tableOf, text, userConfigFile } from './config.ts';
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

const MIB = 2 ** 20;

const tables: Rule = (value) =>
  Array.isArray(value) && value.every((each) => tableOf(each) === null)
    ? null
    : 'must be written as [[check.step]]';
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
  for (const step of table.step ?? []) checkStep(step, file);
  return table;
}

function stepsOf({ table }: FileTable): CommandStep[] {
  return stepsFrom(table.step ?? []);
}
