/**
 * Real Linux as an ordinary program (ARCH=um), built and booted behind every patch of PREEMPT_RT: by
 * `seam check`, and by `git rebase --exec` with the same commands. Then once more with nothing changed,
 * and once with another patch 40.
 */
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Tally, readLines } from './corpus.ts';
import type { Corpus, Findings, Place } from './corpus.ts';
import { SEAM, borrow, run } from './programs.ts';

const HERE = resolve(import.meta.dirname, 'uml');
const CONFIG = join(HERE, 'kunitconfig');

interface Result {
  readonly step: string;
  readonly verdict: string;
  readonly cached: boolean;
  readonly findings: readonly { readonly severity: string; readonly message: string }[];
}
interface Report {
  readonly patches: readonly {
    readonly number: number;
    readonly name: string;
    readonly results: readonly Result[];
  }[];
}

interface Timed<T> {
  readonly value: T;
  readonly seconds: number;
}

/** Time `work`, on the wall. */
function timed<T>(work: () => T): Timed<T> {
  const start = performance.now();
  const value = work();
  return { value, seconds: (performance.now() - start) / 1000 };
}

function environment({ scratch }: Place, ccache: string): Readonly<Record<string, string>> {
  return {
    HOME: scratch,
    XDG_CONFIG_HOME: join(scratch, 'config'),
    XDG_CACHE_HOME: join(scratch, 'cache'),
    CCACHE_DIR: join(scratch, ccache),
  };
}

function check(place: Place, series: string): Report {
  const base = `${join(place.dir, 'debian-linux/base.git')}@base`;
  const steps = ['--only=build', '--only=kunit'];
  const argv = ['check', `--base=${base}`, `--series=${series}`, ...steps, '--json'];
  const done = run(SEAM, argv, { env: environment(place, 'ccache-seam') });
  if (done.status > 1) throw new Error(`status ${done.status}: ${done.stderr}`);
  return JSON.parse(done.stdout.toString('utf8')) as Report;
}

/**
 * Patches that are known not to build here: 12 calls `local_pending_timers()` where there is none
 * without PREEMPT_RT, and 14 puts that right.
 */
const BROKEN: ReadonlySet<number> = new Set([12, 13]);

/** The number of the patch that is changed: one for another architecture, so that nothing is compiled. */
const CHANGED = 40;
const LINE = '+\tif (interrupts_enabled(regs))\n';

/** The series with another patch 40. */
function changedSeries({ dir, scratch }: Place): string {
  const copy = join(scratch, 'patches');
  cpSync(join(dir, 'debian-linux/patches-rt'), copy, { recursive: true });
  const names = readLines(join(copy, 'series')).filter((line) => /^[^#]/.test(line));
  const file = join(copy, names[CHANGED - 1] ?? '');
  const patch = readFileSync(file, 'latin1');
  if (!patch.includes(LINE)) throw new Error(`'${file}' is not the patch that was expected`);
  writeFileSync(file, patch.replaceAll(LINE, LINE.replace('regs)', 'regs) != 0')), 'latin1');
  return copy;
}

/** What a user of git would do: build and boot at every commit, in one directory. Returns the boots. */
function rebase(place: Place): number {
  const { dir, scratch } = place;
  const clone = borrow(join(dir, 'debian-linux/base.git'), join(scratch, 'clone.git'));
  const tree = join(scratch, 'tree');
  const env = environment(place, 'ccache-git');
  const at = (...argv: string[]) => run('git', argv, { cwd: tree, env });
  run('git', ['clone', '--quiet', '--shared', '--branch=debian-rt', clone, tree], { env });
  const build = `make O=${scratch}/o ARCH=um CC='ccache gcc' -j2 KCONFIG_ALLCONFIG=${CONFIG}`;
  const script = `${build} allnoconfig linux && ${scratch}/o/linux mem=256M kunit_shutdown=halt`;
  const log = join(scratch, 'rebase.log');
  const done = at(
    'rebase',
    '--exec',
    `{ ${script}; } >>${log} 2>&1 </dev/null || :`,
    'origin/base',
  );
  if (done.status !== 0) throw new Error(done.stderr);
  return readLines(log).filter((line) => line.startsWith('reboot: System halted')).length;
}

/** Numbers of the patches about which something was found out anew. */
function fresh({ patches }: Report): number[] {
  return patches
    .filter(({ results }) =>
      results.some(({ cached, verdict }) => !cached && verdict !== 'not-run'),
    )
    .map(({ number }) => number);
}

function compare(place: Place): Findings {
  const series = join(place.dir, 'debian-linux/patches-rt');
  mkdirSync(join(place.scratch, 'config/seam'), { recursive: true });
  const config = readFileSync(join(HERE, 'config.toml'), 'utf8').replaceAll('KUNITCONFIG', CONFIG);
  writeFileSync(join(place.scratch, 'config/seam/config.toml'), config);
  const tally = new Tally();
  const cold = timed(() => check(place, series));
  const count = cold.value.patches.length;
  for (const { number, name, results } of cold.value.patches)
    for (const { step, verdict, findings } of results) {
      const found = findings.map(({ severity, message }) => `${severity}: ${message}`);
      const wanted = step === 'build' ? 'failed' : 'not-run';
      if (BROKEN.has(number)) tally.same(`${step} of ${name}`, verdict, wanted);
      else tally.same(`${step} of ${name}`, [verdict, ...found].join('; '), 'passed');
    }
  const warm = timed(() => check(place, series));
  tally.same('patches asked about again', fresh(warm.value).join(' '), '');
  const edited = changedSeries(place);
  const changed = timed(() => check(place, edited));
  const behind = Array.from({ length: count - CHANGED + 1 }, (_none, index) => CHANGED + index);
  tally.same(
    'patches asked about after a change',
    fresh(changed.value).join(' '),
    behind.join(' '),
  );
  const peer = timed(() => rebase(place));
  tally.same('kernels that git booted', peer.value, count - BROKEN.size);
  const say = ({ seconds }: Timed<unknown>): string => `${seconds.toFixed(1)} s`;
  return tally.findings(
    'answers',
    `${count} patches: cold ${say(cold)}, git rebase --exec ${say(peer)}, again ${say(warm)}, ` +
      `after a change of patch ${CHANGED} ${say(changed)}`,
  );
}

export const umlCheck: Corpus = {
  name: 'uml-check',
  minutes: 180,
  needs: ['debian-linux/base.git', 'debian-linux/patches-rt'],
  tools: ['git', 'make', 'gcc', 'ccache', 'flex', 'bison', 'bc'],
  unfit: () => (process.arch === 'x64' ? null : 'ARCH=um is built on x86_64 only'),
  check: compare,
};
