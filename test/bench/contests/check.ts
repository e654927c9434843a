/** Every patch built and tested in every configuration, against `git rebase --exec` with make. */
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { SEAM, git, output } from '../../real/programs.ts';
import { CHECKOUT } from '../../checkout.ts';
import type { Contender, Contest } from '../contender.ts';

const PATCHES = 100;
/** The patch that is edited; it is made up. */
const MIDDLE = 50;
/** Patches from MIDDLE on that peers who build everything again are given. */
const SAMPLE = 2;
/** The last patch before the sample of those who keep objects, and the last of it. */
const KEPT = [20, 30] as const;
const SEEDS = [1, 2, 3, 4, 5, 6, 7, 8, 9];
const CONFIGURATIONS = 3 + SEEDS.length;

/** The project's own series on its own base, made longer where it is too short. */
interface Material {
  readonly scratch: string;
  readonly base: string;
  readonly patches: string;
  /** The same as commits; the base is the tag `p0`, the tree after patch N is `pN`. */
  readonly repository: string;
  /** Patches of the project's own. */
  readonly own: number;
}

function makeMaterial(scratch: string): Material {
  const [base, patches, repository] = ['base', 'patches', 'repository'].map((name) =>
    join(scratch, name),
  ) as [string, string, string];
  mkdirSync(base);
  const copy = 'git -C "$1" archive HEAD:kernel-model | tar -x -C "$2" && cp -r "$2" "$3"';
  output('sh', ['-c', copy, 'sh', CHECKOUT, base, repository]);
  git(repository, 'init', '--quiet');
  git(repository, 'add', '--all', '--force');
  git(repository, 'commit', '--quiet', '-m', 'base');
  git(repository, 'tag', 'p0');
  const own = readFileSync(join(CHECKOUT, 'series/series'), 'utf8')
    .split('\n')
    .filter((line) => /^[^#\s]/.test(line))
    .slice(0, PATCHES - 1)
    .map((name) => join(CHECKOUT, 'series', name));
  const sources = untouched(repository, own);
  const before = own.slice(0, MIDDLE - 1);
  git(repository, 'am', '--quiet', ...before);
  makeLonger(repository, before.length, MIDDLE, sources);
  const after = own.slice(MIDDLE - 1);
  if (after.length > 0) git(repository, 'am', '--quiet', ...after);
  makeLonger(repository, MIDDLE + after.length, PATCHES, sources);
  const commits = git(repository, 'rev-list', '--reverse', 'p0..').split('\n');
  for (const [index, commit] of commits.entries()) git(repository, 'tag', `p${index + 1}`, commit);
  git(repository, 'format-patch', '--quiet', '--output-directory', patches, 'p0');
  const names = readdirSync(patches).sort();
  writeFileSync(join(patches, 'series'), `${names.join('\n')}\n`);
  return { scratch, base, patches, repository, own: own.length };
}

/** Files that no patch of the project changes. */
function untouched(repository: string, patches: readonly string[]): string[] {
  const text = patches.map((path) => readFileSync(path, 'utf8')).join('');
  return git(repository, 'ls-files', 'kernel/*.c', 'mm/*.c', 'fs/*.c', 'ipc/*.c', 'net/*.c')
    .split('\n')
    .filter((path) => !path.endsWith('_test.c') && !text.includes(`+++ b/${path}\n`));
}

/** Behind patch `from`, up to patch `to`: each a new function at the end of the next file. */
function makeLonger(repository: string, from: number, to: number, sources: string[]): void {
  for (let number = from + 1; number <= to; number += 1) {
    const path = sources.shift() ?? '';
    sources.push(path);
    const name = `made_${number}`;
    const text = `\nint ${name}(void);\n\nint ${name}(void)\n{\n\treturn ${number};\n}\n`;
    appendFileSync(join(repository, path), text);
    git(repository, 'commit', '--quiet', '-a', '-m', `${path}: add ${name}()`);
  }
}

function seam(
  material: Material,
  name: string,
  facts: Pick<Contender, 'prepare' | 'note'> & Partial<Contender>,
): Contender {
  const { scratch, base, patches } = material;
  const sets = `def,allno,allyes,rand:${SEEDS.length}:${SEEDS[0]}`;
  const report = join(scratch, 'report.json');
  const where = [`--base=${base}`, `--series=${patches}`, '--config-set', sets];
  const steps = ['--only', 'build', '--only', 'kunit'];
  const script = '"$@" >report.json || test $? = 1';
  return {
    name,
    // Findings are no failure of the program: the report names them.
    command: ['sh', '-c', script, 'sh', SEAM, 'check', '--json', ...where, ...steps],
    cwd: scratch,
    env: { XDG_CACHE_HOME: join(scratch, 'store') },
    result: () => judge(readFileSync(report, 'utf8')),
    ...facts,
  };
}

interface Report {
  readonly patches: readonly { readonly name: string; readonly results: readonly Result[] }[];
}
interface Result {
  readonly step: string;
  readonly config: string | null;
  readonly verdict: string;
}

/** Two answers for each patch and configuration, none of them bad. */
function judge(text: string): string {
  const { patches } = JSON.parse(text) as Report;
  const results = patches.flatMap((patch) =>
    patch.results.map((result) => ({ name: patch.name, ...result })),
  );
  const bad = results.filter(({ verdict }) => !['passed', 'skipped'].includes(verdict));
  const whole = results.length === 2 * PATCHES * CONFIGURATIONS;
  if (bad.length === 0 && whole) return 'good';
  const [first] = bad;
  const example = first && `: ${first.step} of ${first.name} in ${first.config}: ${first.verdict}`;
  return `${bad.length} bad of ${results.length}${example ?? ''}`;
}

function seams(material: Material): Contender[] {
  const { scratch, patches, own } = material;
  const name = readdirSync(patches).sort()[MIDDLE - 1] ?? '';
  const file = join(patches, name);
  const original = readFileSync(file, 'utf8');
  let edits = 0;
  return [
    seam(material, 'seam check, cold', {
      most: 1,
      prepare: () => rmSync(join(scratch, 'store'), { recursive: true, force: true }),
      note: () => `${own} patches of the project's own, the rest made up`,
    }),
    seam(material, 'nothing changed', {
      prepare: () => writeFileSync(file, original),
      note: () => 'all answers known',
    }),
    seam(material, `patch ${MIDDLE} edited`, {
      most: 3,
      prepare: () => {
        edits += 1;
        writeFileSync(file, original.replace(/^\+\treturn \d+;$/m, `+\treturn ${1000 + edits};`));
      },
      note: () => 'patches before it known',
    }),
  ];
}

interface Peer {
  readonly name: string;
  /** Words for make. */
  readonly words?: string;
  /** One directory of objects for each configuration, built before up to the first patch. */
  readonly kept?: boolean;
  /** Everything was compiled once before. */
  readonly ccache?: boolean;
}

/** `git rebase --exec` over a part of the series. */
function rebase({ scratch, repository }: Material, peer: Peer): Contender {
  const [from, to] = peer.kept === true ? KEPT : [MIDDLE - 1, MIDDLE - 1 + SAMPLE];
  const place = join(scratch, peer.name.replaceAll(/\W+/g, '-'));
  const [tree, objects, log] = ['tree', 'objects', 'log'].map((name) => join(place, name)) as [
    string,
    string,
    string,
  ];
  const script = join(place, 'build');
  const env = { CCACHE_DIR: join(scratch, 'ccache') };
  // Going back to the first patch would make files newer than their objects: not the peer's fault.
  const walk = `for k in $(seq ${from + 1} ${to}); do git checkout -q p$k && sh ${script} || exit; done`;
  const command = (
    peer.kept === true
      ? ['sh', '-c', walk]
      : ['git', 'rebase', '--quiet', '--exec', `sh ${script}`, `p${from}`]
  ) as [string, ...string[]];
  const reset = (patch: number): void => {
    git(tree, 'checkout', '--quiet', '--force', '--detach', `p${patch}`);
    git(tree, 'clean', '-dffqx');
    rmSync(log, { force: true });
  };
  const open = (): void => {
    mkdirSync(place);
    output('git', ['clone', '--quiet', '--shared', repository, tree]);
    writeFileSync(script, buildScript(peer, objects, log));
    if (peer.ccache !== true) return;
    reset(to);
    output('git', command.slice(1), { cwd: tree, env });
  };
  return {
    name: peer.name,
    needs: peer.ccache === true ? 'ccache' : 'make',
    command,
    cwd: tree,
    env,
    most: 1,
    share: PATCHES / (to - from),
    prepare: () => {
      if (!existsSync(place)) open();
      reset(peer.kept === true ? from : to);
      if (peer.kept === true) output('sh', [script], { cwd: tree, env });
      rmSync(log, { force: true });
    },
    result: () => {
      const cells = readFileSync(log, 'utf8').split('\n').length - 1;
      return cells === (to - from) * CONFIGURATIONS ? 'good' : `${cells} cells`;
    },
    note: () => `${to - from} of ${PATCHES} patches, its time multiplied`,
  };
}

function buildScript({ words = '', kept = false, ccache }: Peer, objects: string, log: string) {
  const targets = ['defconfig', 'allnoconfig', 'allyesconfig'];
  const random = SEEDS.map((seed) => `randconfig KCONFIG_SEED=${seed}`);
  const cc = ccache === true ? `CC='ccache cc'` : '';
  const cells = [...targets, ...random].map((target, index) => {
    const place = kept ? `${objects}/${index}` : '.';
    const make = `make -s -j2 ${kept ? `O=${place}` : ''} ${cc} ${words}`;
    return [
      ...(kept ? [`mkdir -p ${place}`] : []),
      `${make} ${target}`,
      `${make} W=1`,
      `! grep -q '^CONFIG_KUNIT=y' ${place}/.config || ${place}/vmlinux kunit >/dev/null`,
      `echo ${index} >>${log}`,
    ].join('\n');
  });
  return `set -e\n${cells.join('\n')}\n`;
}

export const CHECK: readonly Contest[] = [
  {
    name: `check: ${PATCHES} patches, ${CONFIGURATIONS} configurations, build and unit tests`,
    needs: [],
    expected: () => 'good',
    contenders: (_dir, scratch) => {
      const material = makeMaterial(scratch);
      return [
        ...seams(material),
        rebase(material, { name: 'git rebase --exec' }),
        rebase(material, { name: '  ccache, warm', ccache: true }),
        rebase(material, { name: '  O= for each', kept: true }),
      ];
    },
  },
];
