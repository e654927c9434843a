/**
 * The kernel's own style checker, from a kernel tree that the user names: never the one in the tree
 * under test, because a patch could change it. It reads the patch alone (`--no-tree`), so its answer
 * is kept by the patch's bytes and serves every place in the series. The base may say in its
 * `.checkpatch.conf` what is not looked for.
 */
import { execa } from 'execa';
import { readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { SeamError } from '../errors.ts';
import type { Patch } from '../series/types.ts';
import { actionKey, sha256 } from './store.ts';
import type { ActionStore, Observation, Outcome, Severity } from './types.ts';

/** What decides an answer, besides the script and what the base leaves out: its options here. */
const OPTIONS = ['--no-tree', '--terse', '--showfile', '--show-types', '--no-summary', '--strict'];
/** Files beside the script that it reads. */
const DATA = ['spelling.txt', 'const_structs.checkpatch', 'deprecated_terms.txt'];
const LINE = /^(.*?):(\d+): (ERROR|WARNING|CHECK):([A-Z0-9_]+): (.*)$/;
const SEVERITIES: Readonly<Record<string, Severity>> = {
  ERROR: 'error',
  WARNING: 'warning',
  CHECK: 'note',
};
const PATIENCE_MS = 120_000;

/** Options that a tree may set for its patches: what is looked for, and nothing else. */
const TUNING =
  /^--(?:strict|subjective|no-tree|(?:max-line|min-conf-desc)-length=\d+|tab-size=\d+)$/;
const LISTS = /^--(?:ignore|types)$/;

/** What `.checkpatch.conf` of a base asks for. */
export interface Tuning {
  readonly options: readonly string[];
  /** What else stands there: options that read files or run programs are not for a tree to give. */
  readonly refused: readonly string[];
}

/** Read a `.checkpatch.conf`: words, and comments from `#` to the end of the line. */
export function readTuning(conf: string): Tuning {
  const words = conf.replaceAll(/#.*$/gm, '').split(/\s+/).filter(Boolean);
  const [options, refused]: [string[], string[]] = [[], []];
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? '';
    const types = words[at + 1] ?? '';
    if (TUNING.test(word)) options.push(word);
    else if (LISTS.test(word) && /^[A-Z0-9_,]+$/.test(types)) {
      options.push(word, types);
      at += 1;
    } else refused.push(word);
  }
  return { options, refused };
}

export interface CheckpatchOptions {
  /** Absolute path of `checkpatch.pl`. */
  readonly script: string;
  /** Absolute path of perl. */
  readonly perl: string;
  /** More options, from `readTuning`. */
  readonly tuning: readonly string[];
  readonly store: ActionStore;
  readonly rerun: boolean;
  readonly now: () => Date;
}

export class Checkpatch {
  readonly #options: CheckpatchOptions;
  readonly #tool: string;

  constructor(options: CheckpatchOptions) {
    this.#options = options;
    this.#tool = toolDigest(options);
  }

  key({ content }: Patch): string {
    const { tuning } = this.#options;
    const facts = { kind: 'checkpatch', version: 1, patch: sha256(content), tool: this.#tool };
    return actionKey(tuning.length === 0 ? facts : { ...facts, tuning });
  }

  async perform(patch: Patch, signal: AbortSignal): Promise<Outcome> {
    const { store, rerun, now } = this.#options;
    const key = this.key(patch);
    const known = rerun ? null : store.result(key);
    if (known !== null) return { ...(known as Outcome), cached: true };
    const start = now().getTime();
    const text = await this.#run(patch, signal);
    const observations = readCheckpatch(text, patch.name);
    const seconds = (now().getTime() - start) / 1000;
    const log = store.add(Buffer.from(text));
    const outcome = { verdict: 'passed', reason: null, cached: false, seconds, observations, log };
    store.keep(key, outcome);
    return outcome as Outcome;
  }

  async #run(patch: Patch, signal: AbortSignal): Promise<string> {
    const { script, perl, tuning } = this.#options;
    const words = [script, ...OPTIONS, ...tuning, '-'];
    const { stdout, stderr, exitCode } = await execa(perl, words, {
      // It reads `.checkpatch.conf` from here and from HOME.
      cwd: '/',
      env: { HOME: '/', LC_ALL: 'C.UTF-8', PATH: dirname(perl) },
      extendEnv: false,
      input: patch.content,
      reject: false,
      timeout: PATIENCE_MS,
      cancelSignal: signal,
    });
    // 1 is its answer when it has found something.
    if (exitCode === 0 || (exitCode === 1 && stdout !== '')) return stdout;
    const [reason = 'no answer'] = stderr.trim().split('\n');
    throw new SeamError('checkpatch-failed', `'${script}' does not work: ${reason}`, {
      kind: 'environment',
      data: { script, exitCode, stderr },
      hint: 'name checkpatch.pl of a complete kernel tree with --checkpatch',
    });
  }
}

/** Read `--terse --showfile --show-types` output. Findings about the message have the patch's name. */
export function readCheckpatch(text: string, patch: string): Observation[] {
  return text.split('\n').flatMap((each) => {
    const [, file = '', line = '', word = '', type = '', message = ''] = LINE.exec(each) ?? [];
    const severity = SEVERITIES[word];
    if (severity === undefined) return [];
    const own = file === '-' || file === '' || file === 'COMMIT_MSG';
    return [
      {
        rule: `checkpatch/${type}`,
        severity,
        path: own ? patch : file,
        line: Number(line),
        message,
      },
    ];
  });
}

function toolDigest({ script, perl }: CheckpatchOptions): string {
  const files = [script, ...DATA.map((name) => join(dirname(script), name))];
  const contents = files.map((file) => readIfThere(file));
  const [main = null] = contents;
  if (main === null)
    throw new SeamError('checkpatch-missing', `cannot read '${script}'`, {
      kind: 'environment',
      hint: 'name checkpatch.pl of a kernel tree: --checkpatch ../linux/scripts/checkpatch.pl',
    });
  // An empty file would find nothing and be content.
  if (!OPTIONS.every((option) => main.includes(option.replace(/^--(?:no-)?/, ''))))
    throw new SeamError(
      'checkpatch-failed',
      `'${script}' is no checkpatch.pl of Linux 4.0 or later`,
      {
        kind: 'environment',
      },
    );
  const { size, mtimeMs } = statSync(perl);
  const digests = contents.map((content) => (content === null ? null : sha256(content)));
  return sha256(JSON.stringify({ options: OPTIONS, digests, perl: [perl, size, mtimeMs] }));
}

function readIfThere(file: string): Buffer | null {
  try {
    return readFileSync(file);
  } catch {
    return null;
  }
}
