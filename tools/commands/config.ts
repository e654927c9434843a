/**
 * Configuration, from two files with different rights.
 *
 * `seam.toml` (or `.seam.toml`) belongs to a project and travels with its tree, so it may name a base
 * and a series; commands that it names are run only after `seam trust`, so that nothing that a tree
 * brings along is ever run unasked. Programs are named in the user's own
 * `$XDG_CONFIG_HOME/seam/config.toml`. What stands under `[check]` is read by `check-config.ts`.
 */
import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { SeamError } from '../errors.ts';
import { suggest } from './suggest.ts';

const NAMES = ['seam.toml', '.seam.toml'];

type Env = Readonly<Record<string, string | undefined>>;

export interface ProjectConfig {
  /** Absolute path of the file; relative names in it start from its directory. */
  readonly file: string;
  readonly base: string | undefined;
  readonly series: string | undefined;
}

/** The directories from `cwd` up to the root of the repository; outside of one, `cwd` alone. */
function searchPath(cwd: string): string[] {
  const path: string[] = [];
  for (let directory = cwd; ; directory = dirname(directory)) {
    path.push(directory);
    if (existsSync(join(directory, '.git'))) return path;
    // A file in /tmp or /home has no say over what lies below it.
    if (dirname(directory) === directory) return [cwd];
  }
}

function findProjectFile(cwd: string): string | undefined {
  return searchPath(cwd)
    .flatMap((directory) => NAMES.map((name) => join(directory, name)))
    .find((file) => existsSync(file));
}

async function parseToml(file: string): Promise<object> {
  return parseTomlText(readFileSync(file, 'utf8'), file);
}

/** Read what was in `file`, whose name is for messages. */
export async function parseTomlText(content: string, file: string): Promise<object> {
  const { parse } = await import('smol-toml');
  try {
    return parse(content);
  } catch (cause) {
    const reason = (cause as Error).message.split('\n')[0] ?? '';
    throw new SeamError('config-unreadable', `cannot read '${file}'`, {
      kind: 'config',
      data: { file, reason },
      cause,
    });
  }
}

/** What a key may hold: null when `value` is right, otherwise what it must be. */
export type Rule = (value: unknown) => string | null;

export const text: Rule = (value) =>
  typeof value === 'string' && value !== '' ? null : 'must be a string that is not empty';

export const tableOf: Rule = (value) =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? null : 'must be a table';

export const absolutePath: Rule = (value) =>
  typeof value === 'string' && value.startsWith('/') ? null : 'must be an absolute path';

/** Every key of a table must be known and right. By hand: a schema library would cost each start 40 ms. */
export function checkTable(
  table: object,
  rules: Readonly<Record<string, Rule>>,
  file: string,
): void {
  const known = Object.keys(rules);
  for (const [key, value] of Object.entries(table)) {
    const rule = rules[key];
    if (rule === undefined) throw unknownKey(file, key, known);
    checkValue(file, key, value, rule);
  }
}

export function checkValue(file: string, key: string, value: unknown, rule: Rule): void {
  const reason = rule(value);
  if (reason === null) return;
  throw new SeamError('config-invalid', `'${key}' in '${file}' is not valid`, {
    kind: 'config',
    data: { file, key, reason },
  });
}

function unknownKey(file: string, key: string, known: readonly string[]): SeamError {
  const likely = suggest(key, known);
  return new SeamError('config-unknown-key', `unknown key '${key}' in '${file}'`, {
    kind: 'config',
    data: { file, key, known },
    hint: likely === undefined ? `known keys: ${known.join(', ')}` : `did you mean '${likely}'?`,
  });
}

/** Reads `named` (from `--config`), or the nearest `seam.toml`; `undefined` where there is none. */
export async function readProjectConfig(
  cwd: string,
  named: string | undefined,
): Promise<ProjectConfig | undefined> {
  const file = named === undefined ? findProjectFile(cwd) : resolve(cwd, named);
  if (file === undefined) return undefined;
  if (!existsSync(file)) {
    throw new SeamError('config-not-found', `no configuration at '${file}'`, {
      kind: 'config',
      data: { file },
    });
  }
  const table = await parseToml(file);
  checkTable(table, { base: text, series: text, check: tableOf }, file);
  const { base, series } = table as { base?: string; series?: string };
  return { file, base, series };
}

/** Where the user's own configuration lies (XDG base directory specification 0.8). */
export function userConfigFile(env: Env): string {
  const home = env['XDG_CONFIG_HOME'] ?? '';
  // The specification says that a relative path is to be ignored.
  const base = home.startsWith('/') ? home : join(env['HOME'] ?? homedir(), '.config');
  return join(base, 'seam', 'config.toml');
}

/** Keys of the user's configuration. */
const USER_KEYS = { tools: tableOf, check: tableOf, smtp: text } as const;

/** `smtp` of the user's configuration: the server that mail goes through. A project names none. */
export async function readUserSmtp(env: Env): Promise<string | undefined> {
  const file = userConfigFile(env);
  if (!existsSync(file)) return undefined;
  const table = await parseToml(file);
  checkTable(table, USER_KEYS, file);
  return (table as { smtp?: string }).smtp;
}

/** `[tools]` of the user's configuration: absolute paths by tool name. */
export async function readUserTools(env: Env): Promise<Readonly<Record<string, string>>> {
  const file = userConfigFile(env);
  if (!existsSync(file)) return {};
  const table = await parseToml(file);
  checkTable(table, USER_KEYS, file);
  const { tools = {} } = table as { tools?: Record<string, string> };
  for (const [name, path] of Object.entries(tools)) {
    checkValue(file, `tools.${name}`, path, absolutePath);
  }
  return tools;
}
