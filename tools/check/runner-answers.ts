/**
 * What commands said of trees, kept over runs of Seam. The key is all that decides the answer, so
 * that an entry is never stale, only unused; whoever makes a key decides what that is. One file for
 * each key, there at once or not at all; a damaged one counts as absent.
 */
import { createHash, randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { delimiter, isAbsolute, join } from 'node:path';
import type { RunEnd } from '../bisect/answer.ts';

/** One run of a command on one tree. */
export interface RunRecord {
  readonly end: RunEnd;
  readonly seconds: number;
  /** The last of its output, decoded as UTF-8. */
  readonly tail: string;
}

/** SHA-256 in hexadecimal digits of what decides an answer. */
export type AnswerKey = string;

/** Make a key from facts. The order of the properties does not matter, that of lists does. */
export function answerKey(facts: Readonly<Record<string, unknown>>): AnswerKey {
  return digest(JSON.stringify(Object.entries(facts).sort(([a], [b]) => (a < b ? -1 : 1))));
}

export class AnswerStore {
  readonly #directory: string;

  /** `directory` is made when the first answer is kept. */
  constructor(directory: string) {
    this.#directory = directory;
  }

  /** The runs under `key`, oldest first; none when there are none or the entry is damaged. */
  get(key: AnswerKey): readonly RunRecord[] {
    try {
      const [sum = '', ...rest] = readFileSync(this.#file(key), 'utf8').split('\n');
      const text = rest.join('\n');
      if (digest(`${key}\n${text}`) !== sum) return [];
      return JSON.parse(text) as RunRecord[];
    } catch {
      return [];
    }
  }

  /** Keep these runs in place of those that were there. */
  put(key: AnswerKey, runs: readonly RunRecord[]): void {
    const file = this.#file(key);
    mkdirSync(join(file, '..'), { recursive: true, mode: 0o700 });
    const text = JSON.stringify(runs);
    const temporary = `${file}.${randomBytes(6).toString('hex')}`;
    try {
      writeFileSync(temporary, `${digest(`${key}\n${text}`)}\n${text}`, {
        flag: 'wx',
        mode: 0o600,
      });
      renameSync(temporary, file);
    } catch (error) {
      rmSync(temporary, { force: true });
      throw error;
    }
  }

  #file(key: AnswerKey): string {
    return join(this.#directory, key.slice(0, 2), key.slice(2));
  }
}

/** Variables that say where and when somebody sits, not what is built. */
const PASSING =
  /^(_|PWD|OLDPWD|SHLVL|HOME|TMPDIR|COLUMNS|LINES|TERM|TERM_.*|COLORTERM|WINDOWID|DISPLAY|WAYLAND_.*|XDG_.*|DBUS_.*|SSH_.*|TMUX.*|STY|GPG_.*|LS_COLORS|HISTFILE|LOGNAME|USER|INVOCATION_ID|JOURNAL_STREAM|SEAM_.*|npm_.*)$/;

/** Programs that decide what a build gives, whatever the command's own name is. */
const TOOLS = ['sh', 'make', 'cc', 'gcc', 'clang', 'ld', 'as', 'python3', 'perl', 'rustc', 'bash'];

/** Files named on the command line are read up to this size; of larger ones size and time count. */
const READ_SIZE = 1 << 20;

/**
 * Digest of what surrounds the command: its environment, without the variables of terminal and
 * session; which programs `make`, `cc` and so on are (file, size, time); and the content of every
 * file that a word of the command names by its absolute path. What else the command reads outside
 * of the tree is not seen: `--rerun` is for that.
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
  const files = command.filter((word) => isAbsolute(word)).map((word) => [word, fileDigest(word)]);
  return digest(JSON.stringify({ variables, tools, files }));
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
  return stat.size > READ_SIZE ? statStamp(file) : digest(readFileSync(file));
}

function digest(data: string | Uint8Array): string {
  return createHash('sha256').update(data).digest('hex');
}
