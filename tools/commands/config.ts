/**
 * Configuration, from two files with different rights.
 *
 * `seam.toml` (or `.seam.toml`) belongs to a project and travels with its tree, so it may name a base
 * and a series, but no program: nothing that a tree brings along is ever run. Programs are named in
 * the user's own `$XDG_CONFIG_HOME/seam/config.toml`.
 */
import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import type { z } from 'zod';
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

async function parseToml(file: string): Promise<unknown> {
  const { parse } = await import('smol-toml');
  try {
    return parse(readFileSync(file, 'utf8'));
  } catch (cause) {
    const reason = (cause as Error).message.split('\n')[0] ?? '';
    throw new SeamError('config-unreadable', `cannot read '${file}'`, {
      kind: 'config',
      data: { file, reason },
      cause,
    });
  }
}

/** The first fault that the schema found, as an error that names the key and a likely one. */
function faultOf(file: string, issue: z.core.$ZodIssue, known: readonly string[]): SeamError {
  const at = issue.path.map(String).join('.');
  if (issue.code !== 'unrecognized_keys') {
    return new SeamError('config-invalid', `'${at}' in '${file}' is not valid`, {
      kind: 'config',
      data: { file, key: at, reason: issue.message },
    });
  }
  const key = issue.keys[0] ?? '';
  const likely = suggest(key, known);
  return new SeamError('config-unknown-key', `unknown key '${key}' in '${file}'`, {
    kind: 'config',
    data: { file, key, known },
    hint: likely === undefined ? `known keys: ${known.join(', ')}` : `did you mean '${likely}'?`,
  });
}

async function check<S extends z.ZodObject>(schema: S, file: string): Promise<z.infer<S>> {
  const result = schema.safeParse(await parseToml(file));
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  if (issue === undefined) throw new SeamError('config-invalid', `'${file}' is not valid`);
  throw faultOf(file, issue, Object.keys(schema.shape));
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
  const { z: zod } = await import('zod');
  const text = zod.string().min(1);
  const schema = zod.strictObject({ base: text.optional(), series: text.optional() });
  const { base, series } = await check(schema, file);
  return { file, base, series };
}

/** Where the user's own configuration lies (XDG base directory specification 0.8). */
export function userConfigFile(env: Env): string {
  const home = env['XDG_CONFIG_HOME'] ?? '';
  // The specification says that a relative path is to be ignored.
  const base = home.startsWith('/') ? home : join(env['HOME'] ?? homedir(), '.config');
  return join(base, 'seam', 'config.toml');
}

/** `[tools]` of the user's configuration: absolute paths by tool name. */
export async function readUserTools(env: Env): Promise<Readonly<Record<string, string>>> {
  const file = userConfigFile(env);
  if (!existsSync(file)) return {};
  const { z: zod } = await import('zod');
  const path = zod.string().startsWith('/', 'must be an absolute path');
  const schema = zod.strictObject({ tools: zod.record(zod.string(), path).optional() });
  return (await check(schema, file)).tools ?? {};
}
