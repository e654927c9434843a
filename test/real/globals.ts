/** Globals of real source against ctags and against objects; a real conversion by name. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { applySeries } from '../../tools/apply/series.ts';
import { ATTRIBUTE_WORDS } from '../../tools/globals/c/macros.ts';
import { compareWithObjects } from '../../tools/globals/census.ts';
import { FactKeeper } from '../../tools/globals/facts.ts';
import { type Inventory, takeInventory } from '../../tools/globals/inventory.ts';
import { readBuild } from '../../tools/globals/objects.ts';
import { type Sources, readSources, sourcesAfter } from '../../tools/globals/sources.ts';
import type { TreeFacts } from '../../tools/globals/types.ts';
import { openSeries } from '../../tools/series/open.ts';
import { seriesIo } from '../../tools/commands/run/series-io.ts';
import { openBase } from '../../tools/tree/base.ts';
import type { TreeStore } from '../../tools/tree/types.ts';
import { Tally } from './corpus.ts';
import type { Corpus, Findings, Place } from './corpus.ts';
import { ovzGlobals } from './globals-ovz.ts';
import { CHECKOUT } from '../checkout.ts';

const LINUX = 'linux-6.1.170';
const FOLDERS = ['ipc', 'kernel', 'mm', 'fs', 'net', 'init'];
const { signal } = new AbortController();

async function openTree(spec: string): Promise<TreeStore> {
  return openBase(spec, { cwd: '/', env: process.env, git: undefined, signal });
}

/** Sources of a tree, or of folders in it. */
async function read(spec: string, folders: readonly string[]): Promise<Sources> {
  const store = await openTree(spec);
  try {
    return await readSources(store, await store.load([]), folders);
  } finally {
    await store.close();
  }
}

const keeper = new FactKeeper(null);

async function factsOf(spec: string, folders: readonly string[]): Promise<TreeFacts> {
  const { blobs, contents } = await read(spec, folders);
  return keeper.factsOf(blobs, contents);
}

/** Variables at file scope by ctags, `path:name`; it is told the attributes, as the kernel's own scripts do. */
function ctags(directory: string, paths: Iterable<string>, scratch: string): Set<string> {
  const words = join(scratch, 'words');
  writeFileSync(words, [...ATTRIBUTE_WORDS].filter((word) => !word.includes('attr')).join('\n'));
  const options = ['--languages=C', '--langmap=C:.c.h', '--kinds-C=v', '-I', `@${words}`];
  const { stdout, status, stderr } = spawnSync(
    'ctags',
    [...options, '--sort=no', '-f', '-', '-L', '-'],
    {
      cwd: directory,
      input: [...paths].join('\n'),
      maxBuffer: 1 << 28,
      encoding: 'latin1',
    },
  );
  if (status !== 0) throw new Error(`ctags: ${stderr}`);
  const lines = stdout.split('\n').filter((line) => line !== '' && !line.startsWith('!'));
  return new Set(
    lines.map((line) => {
      const [name = '', path = ''] = line.split('\t');
      return `${path}:${name}`;
    }),
  );
}

interface Compared {
  readonly tags: number;
  readonly missed: readonly string[];
  /** Variables of ours; what ctags has not, except where a macro makes it, which it cannot know. */
  readonly ours: number;
  readonly more: readonly string[];
}

function compareWithCtags(facts: TreeFacts, tags: ReadonlySet<string>): Compared {
  const known = new Set<string>();
  const declarations = new Set<string>();
  const plain: string[] = [];
  let ours = 0;
  for (const [path, { variables }] of facts) {
    for (const { name, declared, inside, macro } of variables) {
      const key = `${path}:${name}`;
      // Now and then ctags takes a declaration for a definition.
      if (declared) declarations.add(key);
      if (declared || inside !== null || known.has(key)) continue;
      ours += 1;
      if (macro === null) plain.push(key);
      known.add(key);
    }
  }
  const missed = [...tags].filter((key) => !known.has(key) && !declarations.has(key));
  const more = plain.filter((key) => !tags.has(key));
  return { tags: tags.size, missed, ours, more };
}

/** What ctags takes for variables: a macro, or the argument of one that makes a name. */
const NO_VARIABLES = new Set([
  'kernel/reboot.c:DEFAULT_REBOOT_MODE',
  'kernel/trace/trace_probe.c:string',
  'kernel/trace/trace_probe.c:symbol',
]);

const percent = (part: number, whole: number): string => `${((100 * part) / whole).toFixed(2)} %`;

async function checkCtags({ dir, scratch }: Place): Promise<Findings> {
  const facts = await factsOf(join(dir, LINUX), FOLDERS);
  const tags = ctags(join(dir, LINUX), facts.keys(), scratch);
  const { missed, ours, more } = compareWithCtags(facts, tags);
  const unread = [...facts.values()].filter(({ problems }) => problems.length > 0).length;
  const lacking = missed.filter((key) => !NO_VARIABLES.has(key));
  const mismatches = lacking.map((key) => `ctags has ${key}`);
  if (tags.size < 10_000) mismatches.push(`ctags has only ${tags.size} variables`);
  if (more.length > ours / 100) mismatches.push(`${more.length} variables that ctags has not`);
  const counts = [
    `${tags.size - missed.length} of ${tags.size} variables of ctags (${percent(tags.size - missed.length, tags.size)}), ${missed.length - lacking.length} of the others are none`,
    `${more.length} of ${ours} are not in ctags and made by no macro (${percent(more.length, ours)})`,
    `${unread} of ${facts.size} files not read as a whole`,
  ];
  return { counts: counts.join('; '), mismatches };
}

async function checkObjects({ dir }: Place): Promise<Findings> {
  const folders = [...FOLDERS, 'include'];
  const sources = await read(join(dir, LINUX), folders);
  const inventory = takeInventory(await keeper.factsOf(sources.blobs, sources.contents));
  const { objects, configuration } = readBuild(
    join(dir, 'linux-um'),
    new Set(sources.blobs.keys()),
  );
  const { symbols, found, missedSymbols, variables, confirmed, missedVariables } =
    compareWithObjects(inventory, objects, configuration);
  const lost = missedSymbols.filter(({ because }) => because === null);
  const wrong = missedVariables.filter(({ because }) => because === null);
  const mismatches = [
    ...lost.map(({ path, symbol }) => `${path} has symbol ${symbol.name}`),
    ...wrong.map(({ variable }) => `${variable.path} has no symbol ${variable.name}`),
  ];
  if (found < 1_500) mismatches.push(`only ${found} symbols were found`);
  const counts = [
    `${found} of ${symbols} writable symbols (${percent(found, symbols)}) of ${objects.size} objects`,
    `${missedSymbols.length - lost.length} more made by macros and the compiler`,
    `${confirmed} of ${variables} variables have symbols, ${missedVariables.length - wrong.length} need none`,
    `${wrong.length} false`,
  ];
  return { counts: counts.join(', '), mismatches };
}

/** The model and its series: every tree against ctags. */
async function checkModel({ scratch }: Place): Promise<Findings> {
  const store = await openTree(join(CHECKOUT, 'kernel-model'));
  const io = seriesIo({ env: process.env, signal } as never);
  const { patches } = await openSeries(join(CHECKOUT, 'series'), {
    cwd: '/',
    io,
    stdin: async () => Buffer.of(),
    env: process.env,
  });
  const result = await applySeries(store, patches);
  const tally = new Tally();
  let sources = await readSources(store, await store.load([]));
  const numbers: Compared[] = [];
  for (let position = 0; position <= patches.length; position += 1) {
    const before = sources;
    if (position > 0)
      sources = sourcesAfter(sources, result.verdicts[position - 1]?.changes ?? [], result.blobs);
    lay(join(scratch, 'tree'), position === 0 ? null : before, sources);
    const facts = await keeper.factsOf(sources.blobs, sources.contents);
    const tags = ctags(join(scratch, 'tree'), sources.blobs.keys(), scratch);
    const compared = compareWithCtags(facts, tags);
    numbers.push(compared);
    const name = position === 0 ? 'the base' : patches[position - 1]?.name;
    tally.same(`missed behind ${name}`, compared.missed.join(' '), '');
    tally.same(`false behind ${name}`, compared.more.join(' '), '');
    const unread = takeInventory(facts).unread.map(({ path }) => path);
    tally.same(`not read behind ${name}`, unread.join(' '), '');
  }
  await store.close();
  const [first, last] = [numbers[0], numbers.at(-1)];
  return tally.findings(
    'answers',
    `${patches.length + 1} trees, ${first?.ours} variables before and ${last?.ours} after the series`,
  );
}

/** Write what differs. */
function lay(directory: string, before: Sources | null, after: Sources): void {
  for (const [path, id] of after.blobs) {
    if (before?.blobs.get(path) === id) continue;
    mkdirSync(dirname(join(directory, path)), { recursive: true });
    writeFileSync(join(directory, path), after.contents.get(id) ?? '');
  }
  for (const path of before?.blobs.keys() ?? [])
    if (!after.blobs.has(path)) rmSync(join(directory, path));
}

/** The two trees around the commit by which OpenVZ came to Linux 2.6.18, by what happened to each name. */
async function checkOvz({ dir }: Place): Promise<Findings> {
  const repository = join(dir, 'ovz-2008/repo.git');
  const at = async (name: 'base' | 'tip'): Promise<Inventory> => {
    const commit = readFileSync(join(dir, 'ovz-monolith', name), 'utf8').trim();
    return takeInventory(await factsOf(`${repository}@${commit}`, ovzGlobals.folders));
  };
  const [before, after] = [await at('base'), await at('tip')];
  const tally = new Tally();
  const counts = ovzGlobals.compare(before, after, tally);
  return tally.findings('names', counts);
}

export const globals: readonly Corpus[] = [
  { name: 'globals-model', needs: [], tools: ['ctags'], check: checkModel },
  { name: 'globals-ctags', needs: [LINUX], tools: ['ctags'], check: checkCtags },
  { name: 'globals-objects', needs: [LINUX, 'linux-um/.config'], check: checkObjects },
  {
    name: 'globals-ovz',
    needs: ['ovz-2008/repo.git', 'ovz-monolith/base', 'ovz-monolith/tip'],
    tools: ['git'],
    check: checkOvz,
  },
];
