/** What a run of a command on a tree is remembered as, and what else than the tree decides it. */
import { readFileSync, statSync } from 'node:fs';
import { delimiter, isAbsolute, join } from 'node:path';
import type { RunEnd } from '../../bisect/answer.ts';
import { sha256 } from '../store.ts';

/** One run of a command on one tree. */
export interface RunRecord {
  readonly end: RunEnd;
  readonly seconds: number;
  /** The last of its output, decoded as UTF-8. */
  readonly tail: string;
}

/** Variables that say where and when somebody sits, not what is built. */
const PASSING =
  /^(_|PWD|OLDPWD|SHLVL|HOME|TMPDIR|COLUMNS|LINES|TERM|TERM_.*|COLORTERM|WINDOWID|DISPLAY|WAYLAND_.*|XDG_.*|DBUS_.*|SSH_.*|TMUX.*|STY|GPG_.*|LS_COLORS|HISTFILE|LOGNAME|USER|INVOCATION_ID|JOURNAL_STREAM|SEAM_.*|npm_.*)$/;

/** Programs that decide what a build gives, whatever the command's own name is. */
const TOOLS = ['sh', 'make', 'cc', 'gcc', 'clang', 'ld', 'as', 'python3', 'perl', 'rustc', 'bash'];

/** In a line for the shell. */
const BETWEEN_WORDS = /[\s;&|()<>'"`]+/;

/** Files named on the command line are read up to this size; of larger ones size and time count. */
const READ_SIZE = 1 << 20;

/**
 * Digest of what surrounds the command: its environment, without the variables of terminal and
 * session; which programs `make`, `cc` and so on are (file, size, time); and the content of every
 * file that a word of the command, or of a line for the shell, names by its absolute path, also in
 * make's way (`NAME=/path`). What else the command reads outside of the tree is not seen:
 * `--rerun` is for that.
 */
export function surroundings(
  command: readonly string[],
  env: Readonly<Record<string, string>>,
): string {
  const variables = Object.entries(env)
    .filter(([name]) => !PASSING.test(name))
    .sort(([a], [b]) => (a < b ? -1 : 1));
  const [program = ''] = command;
  const tools = [program, ...TOOLS].map((name) => [name, programStamp(name, env['PATH'] ?? '')]);
  const words = new Set(command.flatMap((word) => [word, ...word.split(BETWEEN_WORDS)]));
  const named = [...words]
    .map((word) => word.replace(/^\w+=/, ''))
    .filter((word) => isAbsolute(word));
  const files = named.map((word) => [word, fileDigest(word)]);
  return sha256(JSON.stringify({ variables, tools, files }));
}

function programStamp(name: string, path: string): string | null {
  if (name.includes('/')) return null;
  const folders = path.split(delimiter).filter((folder) => isAbsolute(folder));
  for (const folder of folders) {
    const stamp = statStamp(join(folder, name));
    if (stamp !== null) return stamp;
  }
  return null;
}

function statStamp(file: string): string | null {
  const stat = statSync(file, { throwIfNoEntry: false });
  return stat?.isFile() === true ? `${file} ${stat.size} ${stat.mtimeMs}` : null;
}

function fileDigest(file: string): string | null {
  const stat = statSync(file, { throwIfNoEntry: false });
  if (stat?.isFile() !== true) return null;
  return stat.size > READ_SIZE ? statStamp(file) : sha256(readFileSync(file));
}
