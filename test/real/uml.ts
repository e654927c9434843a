/**
 * Real Linux as an ordinary program (ARCH=um): it is built out of its tree, boots, runs its KUnit tests
 * and halts. Regressions are planted among the patches of PREEMPT_RT and must be found by booting.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { formatFilePatch } from '../../tools/patch/format.ts';
import { makeFilePatch } from '../../tools/patch/make.ts';
import { Tally, readLines } from './corpus.ts';
import type { Corpus, Findings, Place } from './corpus.ts';
import { NEUTRAL, SEAM, output, run } from './programs.ts';

/** The smallest kernel that boots and tests itself. */
const TESTED = [
  'CONFIG_64BIT=y',
  'CONFIG_PRINTK=y',
  'CONFIG_KUNIT=y',
  'CONFIG_KUNIT_DEFAULT_ENABLED=y',
  'CONFIG_RUNTIME_TESTING_MENU=y',
  'CONFIG_LINEAR_RANGES=y',
  'CONFIG_LINEAR_RANGES_TEST=y',
];

/** What counts packets and bytes of programs. */
const COUNTED = ['CONFIG_64BIT=y', 'CONFIG_NET=y', 'CONFIG_VLAN_8021Q=y', 'CONFIG_BPF_SYSCALL=y'];

/** Builds and boots the tree that it stands in; 125 if it does not build. */
const BOOT = `#!/bin/sh
make="make -s -j1 O=$SEAM_BUILD ARCH=um"
$make KCONFIG_ALLCONFIG="$1" allnoconfig >/dev/null || exit 125
$make CC="ccache gcc" linux || exit 125
timeout 120 "$SEAM_BUILD/linux" mem=64M kunit_shutdown=halt >"$TMPDIR/log" 2>&1 </dev/null
grep -a 'ok [0-9]' "$TMPDIR/log"
grep -aq '^ok [0-9]* linear-ranges-test' "$TMPDIR/log"
`;

/** A change of one file of the base, to be found again. */
interface Plant {
  /** Behind which of the real patches it stands. */
  readonly behind: number;
  readonly name: string;
  readonly path: string;
  readonly from: string;
  readonly to: string;
}

const VALUE = '(selector - r->min_sel)';

/** Every value that is looked up is the next one's. */
const BROKEN: Plant = {
  behind: 41,
  name: 'planted-count-from-one.patch',
  path: 'lib/linear_ranges.c',
  from: VALUE,
  to: '(selector - r->min_sel + 1)',
};

/** Neither changes anything without the other. */
const PAIR: readonly Plant[] = [
  {
    behind: 38,
    name: 'planted-let-selectors-have-a-bias.patch',
    path: 'lib/linear_ranges.c',
    from: VALUE,
    to: '(selector - r->min_sel + IS_ENABLED(LINEAR_RANGE_BIAS))',
  },
  {
    behind: 45,
    name: 'planted-a-bias-of-one.patch',
    path: 'include/linux/linear_range.h',
    from: '#include <linux/types.h>\n',
    to: '#include <linux/types.h>\n\n#define LINEAR_RANGE_BIAS 1\n',
  },
];

/** The series with more patches in it: a quilt directory. */
function plant({ dir, scratch }: Place, plants: readonly Plant[]): string {
  const from = join(dir, 'debian-linux/patches-rt');
  const into = join(scratch, 'patches');
  mkdirSync(into);
  const names = readLines(join(from, 'series')).filter((line) => line !== '');
  const series = names.flatMap((name, index) => [
    name,
    ...plants.filter(({ behind }) => behind === index + 1).map((each) => each.name),
  ]);
  for (const name of names) writeFileSync(join(into, name), readFileSync(join(from, name)));
  for (const each of plants) writeFileSync(join(into, each.name), patchOf(dir, each));
  writeFileSync(join(into, 'series'), `${series.join('\n')}\n`);
  return into;
}

function patchOf(dir: string, { path, from, to, name }: Plant): string {
  const old = output('git', ['-C', repository(dir), 'show', `base:${path}`]);
  if (old.split(from).length !== 2) throw new Error(`'${from}' is not once in '${path}'`);
  const file = makeFilePatch({
    oldPath: path,
    newPath: path,
    oldMode: 0o100644,
    newMode: 0o100644,
    old: Buffer.from(old, 'latin1'),
    new: Buffer.from(old.replace(from, to), 'latin1'),
  });
  const diff = Buffer.from(formatFilePatch(file)).toString('latin1');
  return `From: A <a@example.com>\nSubject: ${name}\n\n---\n${diff}`;
}

function repository(dir: string): string {
  return join(dir, 'debian-linux/base.git');
}

/** What the command prints as JSON, and what it said in between. */
function seam(place: Place, argv: readonly string[], config = ''): Record<string, unknown> {
  const { dir, scratch } = place;
  mkdirSync(join(scratch, 'config/seam'), { recursive: true });
  writeFileSync(join(scratch, 'config/seam/config.toml'), config);
  const env = {
    // With a directory of the user's, what one line has compiled is known to the next.
    CCACHE_DIR: process.env['CCACHE_DIR'] ?? join(scratch, 'ccache'),
    CCACHE_NOHASHDIR: '1',
    XDG_CACHE_HOME: join(scratch, 'cache'),
    XDG_CONFIG_HOME: join(scratch, 'config'),
    HOME: scratch,
  };
  const base = `--base=${repository(dir)}@base`;
  const [verb = '', ...rest] = argv;
  const done = run(SEAM, [verb, '--json', base, ...rest], { env: { ...NEUTRAL, ...env } });
  if (done.status > 1) throw new Error(`${done.stderr}${done.stdout.toString()}`);
  return JSON.parse(done.stdout.toString()) as Record<string, unknown>;
}

interface Bisected {
  readonly result: { readonly kind: string; readonly patch?: string };
  readonly subset?: readonly { readonly patch: string }[];
  readonly answers: readonly {
    readonly where: string;
    readonly answer: string;
    readonly runs: unknown[];
  }[];
}

/** Bisect by booting; `more` are options. */
function bisect(place: Place, plants: readonly Plant[], ...more: readonly string[]): Bisected {
  const { scratch } = place;
  const [script, fragment] = [join(scratch, 'boot.sh'), join(scratch, 'fragment')];
  writeFileSync(script, BOOT, { mode: 0o755 });
  writeFileSync(fragment, `${TESTED.join('\n')}\n`);
  const series = `--series=${plant(place, plants)}`;
  return seam(place, ['bisect', series, ...more, '--', script, fragment]) as unknown as Bisected;
}

function boots({ answers }: Bisected): string {
  const count = answers.reduce((sum, { runs }) => sum + runs.length, 0);
  return `${count} boots: ${answers.map(({ where, answer }) => `${where} ${answer}`).join(', ')}`;
}

function findOne(place: Place): Findings {
  const tally = new Tally();
  const found = bisect(place, [BROKEN]);
  tally.same('result', found.result.kind, 'found');
  tally.same('patch', found.result.patch, BROKEN.name);
  return tally.findings('answers', boots(found));
}

function findPair(place: Place): Findings {
  const tally = new Tally();
  // Between these ends no patch is for this architecture, so that little is built anew.
  const found = bisect(place, PAIR, '--good=36', '--bad=48', '--subset');
  tally.same('the one with which it begins to fail', found.result.patch, PAIR[1]?.name);
  const names = (found.subset ?? []).map(({ patch }) => patch).join(' ');
  tally.same('those that break it together', names, PAIR.map(({ name }) => name).join(' '));
  return tally.findings('answers', boots(found));
}

interface Depended {
  readonly edges: readonly {
    readonly from: number;
    readonly to: number;
    readonly reasons: readonly { readonly layer: string; readonly message?: string }[];
  }[];
}

/** The patch that removes functions needs those that stop using them, which no line of text says. */
function findNeeds(place: Place): Findings {
  const fragment = join(place.scratch, 'fragment');
  writeFileSync(fragment, `${COUNTED.join('\n')}\n`);
  const make = ['make', '-s', '-j1', 'O={build}', 'ARCH=um'];
  const step = {
    run: [...make, 'CC=ccache gcc', 'net/core/', 'net/8021q/', 'kernel/bpf/'],
    setup: [...make, `KCONFIG_ALLCONFIG=${fragment}`, 'allnoconfig'],
  };
  const config = [
    '[check]\npass = ["CCACHE_DIR", "CCACHE_NOHASHDIR"]\n[[check.step]]\nname = "build"\noutput = "gcc"',
    ...Object.entries(step).map(([key, words]) => `${key} = ${JSON.stringify(words)}`),
  ].join('\n');
  const series = join(place.dir, 'debian-linux/patches-rt');
  const argv = ['deps', `--series=${series}`, '--layer=build', '8'];
  const { edges } = seam(place, argv, `${config}\n`) as unknown as Depended;
  const tally = new Tally();
  const built = edges.flatMap(({ from, to, reasons }) =>
    reasons.filter(({ layer }) => layer === 'build').map(({ message }) => ({ from, to, message })),
  );
  tally.same(
    'needs',
    built.map(({ from, to }) => `${from} needs ${to}`).join(', '),
    '8 needs 6, 8 needs 7',
  );
  for (const { to, message } of built)
    tally.same(`what is said without ${to}`, /u64_stats_fetch_\w+_irq/.test(message ?? ''), true);
  return tally.findings(
    'answers',
    built.map(({ to, message }) => `without ${to}: ${message}`).join('; '),
  );
}

const LINES = [
  { name: 'uml-bisect', minutes: 30, check: findOne },
  { name: 'uml-bisect-subset', minutes: 30, check: findPair },
  { name: 'uml-deps-build', minutes: 20, check: findNeeds },
];

export const uml: readonly Corpus[] = LINES.map(({ name, minutes, check }) => ({
  name,
  minutes,
  needs: ['debian-linux/base.git', 'debian-linux/patches-rt'],
  tools: ['git', 'make', 'gcc', 'ccache', 'flex', 'bison', 'bc', 'timeout'],
  unfit: () => (process.arch === 'x64' ? null : 'ARCH=um is built on x86_64 only'),
  check,
}));
