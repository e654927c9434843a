/**
 * Which project configurations may name commands: a list of content digests and places beside the
 * user's own configuration. Any change of the file, or another file of the same name, is not in it.
 */
import { mkdirSync, readFileSync, realpathSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { sha256 } from '../check/store.ts';
import { userConfigFile } from './config.ts';

type Env = Readonly<Record<string, string | undefined>>;

/** Where the list lies. */
function listFile(env: Env): string {
  return join(dirname(userConfigFile(env)), 'trusted');
}

function readList(env: Env): string[] {
  try {
    return readFileSync(listFile(env), 'utf8')
      .split('\n')
      .filter((line) => line !== '');
  } catch {
    return [];
  }
}

function lineFor(file: string, bytes: Buffer): string {
  return `${sha256(bytes)}  ${realpathSync(file)}`;
}

export function isTrusted(env: Env, file: string, bytes: Buffer): boolean {
  return readList(env).includes(lineFor(file, bytes));
}

/** Trust this content at this place, instead of what was trusted there before. */
export function trust(env: Env, file: string, bytes: Buffer): void {
  writeList(env, [...others(env, file), lineFor(file, bytes)]);
}

/** Forget the place. Returns whether it was trusted. */
export function distrust(env: Env, file: string): boolean {
  const kept = others(env, file);
  const known = kept.length < readList(env).length;
  if (known) writeList(env, kept);
  return known;
}

function others(env: Env, file: string): string[] {
  const place = `  ${realpathSync(file)}`;
  return readList(env).filter((line) => line.slice(64) !== place);
}

function writeList(env: Env, lines: readonly string[]): void {
  const file = listFile(env);
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  writeFileSync(`${file}.new`, lines.map((line) => `${line}\n`).join(''), { mode: 0o600 });
  renameSync(`${file}.new`, file);
}
