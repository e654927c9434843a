/**
 * git's own test scripts for `git apply`, unchanged, with a `git` in front of them that answers with
 * Seam (see `git-apply-shim.ts`). Set-up as in git's `t/README`, GIT_TEST_INSTALLED.
 */
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  writeFileSync,
} from 'node:fs';
import { join, resolve } from 'node:path';
import { Tally } from './corpus.ts';
import type { Corpus, Findings, Place } from './corpus.ts';
import { casesOf } from './not-applicable.ts';
import { output } from './programs.ts';

const SUITE = 'git-suite';
const SHIM = resolve(import.meta.dirname, 'git-apply-shim.ts');
const SCRIPT = /^t41[0-4]\d-.*\.sh$/;

interface Subtest {
  readonly name: string;
  readonly result: 'ok' | 'failed' | 'skipped' | 'known breakage';
}

interface Call {
  readonly words: readonly string[];
  readonly reason: string | null;
}

/** A `git` that hands `apply` to the shim and all else to the real one. */
function writeFront(dir: string, real: string): void {
  mkdirSync(dir);
  const front = join(dir, 'git');
  const text = `#!/bin/sh
for word; do
	case $word in
	apply) exec '${process.execPath}' --no-warnings '${SHIM}' "$@" ;;
	-c | -C) skip=1 ;;
	-*) ;;
	*) [ -n "$skip" ] || break; skip= ;;
	esac
done
exec '${real}' "$@"
`;
  writeFileSync(front, text);
  chmodSync(front, 0o755);
}

function subtestsOf(tap: string): Subtest[] {
  return [...tap.matchAll(/^(not )?ok \d+(?: - (.*?))?(?: # (\w+)(?: (.*))?)?$/gm)].map((line) => {
    const [, not, name, directive = '', text = ''] = line;
    if (directive === 'skip') return { name: name ?? text, result: 'skipped' };
    if (directive === 'TODO') return { name: name ?? '', result: 'known breakage' };
    return { name: name ?? '', result: not === undefined ? 'ok' : 'failed' };
  });
}

/** An environment of the tests' own: they set all that they need. */
function environment(place: Place, real: string): NodeJS.ProcessEnv {
  return {
    PATH: process.env['PATH'],
    HOME: place.scratch,
    LANG: 'C',
    GIT_TEST_INSTALLED: join(place.scratch, 'front'),
    GIT_TEST_EXEC_PATH: output(real, ['--exec-path']).trim(),
    TEST_OUTPUT_DIRECTORY: place.scratch,
    NODE_COMPILE_CACHE: join(place.scratch, 'compiled'),
    SEAM_SHIM_GIT: real,
    SEAM_SHIM_LOG: join(place.scratch, 'calls'),
  };
}

function runScript(place: Place, script: string, real: string, tally: Tally): Subtest[] {
  const done = spawnSync('bash', [`./${script}`], {
    cwd: join(place.dir, SUITE, 't'),
    env: environment(place, real),
    maxBuffer: 1 << 28,
  });
  const tap = done.stdout.toString();
  if (!/^1\.\.\d+/m.test(tap)) tally.fail(`${script} stopped: ${done.stderr.toString()}`);
  return subtestsOf(tap);
}

function callsIn(file: string): Call[] {
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
  return lines.map((line) => JSON.parse(line) as Call);
}

/** `12 it asks for …`, most frequent first. */
function reasons(calls: readonly Call[]): string {
  const counts = new Map<string, number>();
  for (const { reason } of calls)
    if (reason !== null) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  const sorted = [...counts].sort(([, a], [, b]) => b - a);
  return sorted.map(([reason, count]) => `${count} because ${reason}`).join('; ');
}

function check(place: Place): Findings {
  const real = output('sh', ['-c', 'command -v git']).trim();
  writeFront(join(place.scratch, 'front'), real);
  const listed = new Set(casesOf('git-suite'));
  const seen = new Set<string>();
  const tally = new Tally();
  const counts = { scripts: 0, ok: 0, skipped: 0, 'known breakage': 0, failed: 0 };
  for (const script of readdirSync(join(place.dir, SUITE, 't')).filter((name) =>
    SCRIPT.test(name),
  )) {
    counts.scripts += 1;
    for (const { name, result } of runScript(place, script, real, tally)) {
      counts[result] += 1;
      const key = `${script.slice(0, 5)} ${name}`;
      if (result === 'ok' || result === 'failed')
        tally.same(key, result, listed.has(key) ? 'failed' : 'ok');
      seen.add(key);
    }
  }
  for (const key of listed)
    if (!seen.has(key)) tally.fail(`listed as not applicable, not there: ${key}`);
  const calls = callsIn(join(place.scratch, 'calls'));
  const answered = calls.filter(({ reason }) => reason === null).length;
  const text = [
    `${counts.scripts} scripts, ${counts.ok} subtests ok`,
    `${counts.failed} not applicable, ${counts['known breakage']} known breakages of git's own`,
    `${counts.skipped} skipped by git`,
    `${answered} of ${calls.length} calls of git apply answered by Seam, handed on: ${reasons(calls)}`,
  ];
  return tally.findings('subtests as expected', text.join(', '));
}

/** The scripts must belong to the git that is installed: they test its other commands, too. */
function versionMismatch(dir: string): string | null {
  const scripts = readFileSync(join(dir, SUITE, 'VERSION'), 'utf8').trim();
  const installed = output('git', ['--version']).trim();
  return scripts === installed ? null : `the scripts are for '${scripts}', not '${installed}'`;
}

export const gitSuite: readonly Corpus[] = [
  {
    name: 'git-suite',
    needs: [`${SUITE}/VERSION`, `${SUITE}/t/test-lib.sh`, `${SUITE}/t/helper/test-tool`],
    tools: ['git', 'bash'],
    unfit: versionMismatch,
    check,
  },
];
