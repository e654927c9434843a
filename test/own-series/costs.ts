/**
 * `npm run test:series -- costs`: what the series costs, as Markdown (series/costs.md has the figures of one
 * run). Instructions of each loop of `vmlinux bench`, counted by callgrind: the base, the base with the
 * fixes, which all else is compared with, the series without namespaces, with them in those of the
 * machine, and in a container. Bytes of text and data, patch by patch, without tests.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { isTestObject, readCollected, readLoops, type Loop } from './figures.ts';
import { Laboratory } from './laboratory.ts';

/** Kinds that a container has of its own, as far as the tree knows them: `CLONE_NEW*`. */
const FLAGS = { NEWNS: 0x20000, NEWUTS: 0x4000000, NEWIPC: 0x8000000 } as const;
/** Options that take the kinds out. */
const OPTIONS = ['UTS_NS', 'IPC_NS'] as const;

/** Builds a tree in `place`, without debugging information and without what it is told to leave out. */
function build(place: string, source: string, without: readonly string[]): string {
  const make = (...words: readonly string[]): void => {
    execFileSync('make', ['-s', `-j${availableParallelism()}`, `O=${place}`, ...words], {
      cwd: source,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
  };
  mkdirSync(place);
  make('defconfig');
  const config = join(place, '.config');
  const off = readFileSync(config, 'utf8').replaceAll(/^CONFIG_(\w+)=y$/gm, (line, option) =>
    without.includes(String(option)) ? `# CONFIG_${String(option)} is not set` : line,
  );
  writeFileSync(config, off);
  make('olddefconfig');
  make('KCFLAGS=-g0', 'vmlinux');
  return join(place, 'vmlinux');
}

/** Instructions from start to end; the same number each time. */
function count(program: string, words: readonly string[]): number {
  const counter = ['--tool=callgrind', '--callgrind-out-file=/dev/null', program];
  const { stderr, error } = spawnSync('valgrind', [...counter, ...words], { encoding: 'utf8' });
  if (error !== undefined) throw error;
  return readCollected(stderr);
}

/** Instructions of one round of each loop; boot is taken off. */
function measure(program: string, options: readonly string[], loops: readonly Loop[]) {
  const boot = count(program, [...options, 'bench', 'no-such-loop']);
  return loops.map(
    ({ name, calls }) => (count(program, [...options, 'bench', name]) - boot) / calls,
  );
}

/** The flags that the kernel takes. */
function containerFlags(program: string): number {
  return Object.values(FLAGS)
    .filter((flag) => {
      const words = ['--append', `bench.unshare=${flag}`, 'bench', 'getpid'];
      return spawnSync(program, words, { stdio: 'ignore' }).status === 0;
    })
    .reduce((all, flag) => all | flag, 0);
}

/** Objects that both builds have with equal bytes, and those that differ. */
function compare(left: string, right: string): { equal: number; differ: string[] } {
  const objects = readdirSync(left, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.o') && !isTestObject(path))
    .sort();
  const differ = objects.filter((path) => {
    const there = spawnSync('cmp', ['-s', join(left, path), join(right, path)]);
    return there.status !== 0;
  });
  return { equal: objects.length - differ.length, differ };
}

function percent(value: number, base: number): string {
  const change = ((value - base) / base) * 100;
  return `${change < 0 ? '-' : '+'}${Math.abs(change).toFixed(2)} %`;
}

async function sizes(lab: Laboratory, config: string): Promise<{ text: number; data: number }[]> {
  const all = [];
  for (const position of [0, ...lab.patches.keys().map((index) => index + 1)]) {
    const { measures = {} } = await lab.ask('size', config, lab.treeAt(position));
    const sum = { text: 0, data: 0 };
    for (const [name, bytes] of Object.entries(measures)) {
      const [, object = '', kind = ''] = /^(\S+\.o) (text|data)$/.exec(name) ?? [];
      if (object !== '' && !isTestObject(object)) sum[kind as keyof typeof sum] += bytes;
    }
    all.push(sum);
  }
  return all;
}

async function printSizes(lab: Laboratory): Promise<void> {
  const all = await sizes(lab, 'def');
  console.log('\n| patch | text | data |\n| --- | ---: | ---: |');
  for (const [index, { name }] of lab.patches.entries()) {
    const [before = { text: 0, data: 0 }, after = before] = all.slice(index, index + 2);
    const [text, data] = [after.text - before.text, after.data - before.data];
    if (text !== 0 || data !== 0)
      console.log(`| ${name.replace('.patch', '')} | ${text} | ${data} |`);
  }
  const [first = { text: 0, data: 0 }, last = first] = [all.at(0), all.at(-1)];
  console.log(`| together | ${last.text - first.text} | ${last.data - first.data} |`);
  console.log(`\nThe base has ${first.text} bytes of text and ${first.data} of data.`);
}

/** The programs that are compared. */
interface Kernels {
  readonly base: string;
  readonly fixed: string;
  readonly off: string;
  readonly on: string;
}

function printInstructions({ base, fixed, off, on }: Kernels): void {
  const loops = readLoops(execFileSync(base, ['bench'], { encoding: 'utf8' }));
  const flags = containerFlags(on);
  const columns = [
    measure(base, [], loops),
    measure(fixed, [], loops),
    measure(off, [], loops),
    measure(on, [], loops),
    measure(on, ['--append', `bench.unshare=${flags}`], loops),
  ];
  console.log('| loop | base | fixed | off | on | in a container |');
  console.log('| --- | ---: | ---: | ---: | ---: | ---: |');
  const ratios: number[][] = [[], [], []];
  for (const [index, { name }] of loops.entries()) {
    const [first = 0, second = 0, ...others] = columns.map((column) => column[index] ?? 0);
    const cells = others.map((each) => `${each.toFixed(1)} (${percent(each, second)})`);
    console.log(`| ${name} | ${first.toFixed(1)} | ${second.toFixed(1)} | ${cells.join(' | ')} |`);
    for (const [at, each] of others.entries()) ratios[at]?.push(each / second);
  }
  const mean = ratios.map((all) =>
    percent(
      all.reduce((sum, each) => sum + each, 0),
      all.length,
    ),
  );
  console.log(`| mean | | | ${mean.join(' | ')} |`);
  console.log(`\nThe container is made by unshare(0x${flags.toString(16)}).`);
}

/** Status: 0, unless a build fails, which throws. */
export async function run(_argv: readonly string[], signal: AbortSignal): Promise<number> {
  const lab = await Laboratory.open(signal);
  const place = mkdtempSync(join(tmpdir(), 'seam-costs-'));
  try {
    const fixes = lab.patches.filter(({ name }) => name.startsWith('stability/')).length;
    const positions = { a: 0, b: fixes, c: lab.patches.length };
    for (const [name, position] of Object.entries(positions))
      await lab.write(lab.treeAt(position), join(place, name));
    const built = (name: string, tree: string, without: readonly string[] = []): string =>
      build(join(place, name), join(place, tree), without);
    const [base, fixed] = [built('base', 'a'), built('fixed', 'b')];
    const [off, on] = [built('off', 'c', OPTIONS), built('on', 'c')];
    printInstructions({ base, fixed, off, on });
    const { equal, differ } = compare(join(place, 'fixed'), join(place, 'off'));
    const touched = new Set(lab.patches.slice(fixes).flatMap((_, at) => lab.changedBy(fixes + at)));
    const strange = differ.filter((path) => !touched.has(path.replace(/\.o$/, '.c')));
    console.log(`\nObjects when all is off: ${equal} the same as with the fixes alone,`);
    console.log(`${differ.length} not, of which ${strange.length} have an untouched source`);
    console.log(strange.map((path) => `- ${path}`).join('\n'));
    await printSizes(lab);
    return 0;
  } finally {
    rmSync(place, { recursive: true, force: true });
    await lab.close();
  }
}
