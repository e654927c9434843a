/**
 * How a tree compiles and links: asked of make, which reads the tree's Makefile as it is. The answer
 * depends on few files and is kept. Which objects a configuration has is read from the Kbuild files
 * in memory; make is asked for that, too, where they hold more than lists.
 */
import type { SearchPaths } from '../../kbuild/closure.ts';
import { makeVariables, readKbuild } from '../../kbuild/kbuild-read.ts';
import type { Path } from '../../patch/types.ts';
import type { Toolchain } from './toolchain.ts';
import { runTool } from './process.ts';
import type { ModelTree } from './trees.ts';
import { makeWords, type Variant } from './variant.ts';
import type { Workshop } from './workshop.ts';
import { actionKey } from '../store.ts';
import type { ActionStore } from '../types.ts';

/** How one object is made. */
export interface Unit {
  readonly object: Path;
  readonly source: Path;
  readonly flags: readonly string[];
  readonly search: SearchPaths;
}

/** Everything that make would do for one configuration. */
export interface Rules {
  readonly kind: 'rules';
  /** In link order. */
  readonly units: readonly Unit[];
  readonly linkFlags: readonly string[];
  /** What sparse gets besides a unit's own flags. */
  readonly checkFlags: readonly string[];
}

/** The tree cannot be built as it is, or not by this engine. */
export interface NoRules {
  readonly kind: 'no-rules';
  /** `broken`: make says so. `beyond`: the Makefile does what the engine does not know. */
  readonly why: 'broken' | 'beyond' | 'missing';
  readonly message: string;
}

/** What make answered, as it is kept. */
interface Answer {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** What workshops are needed for. */
export type Errand = 'ask' | 'compile' | 'link' | 'run';

/** Lends a workshop for as long as `work` takes. */
export type InWorkshop = <T>(
  errand: Errand,
  work: (workshop: Workshop) => Promise<T>,
) => Promise<T>;

export interface RuleContext {
  readonly store: ActionStore;
  readonly env: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
  readonly inWorkshop: InWorkshop;
}

/** Commands of the Makefile that the engine does in its own way; both as they are written there. */
const COMPILE = '$(CC) $(call cflags,$@) -c -o $@ $<';
const LINK = '$(CC) $(LDFLAGS) -o $@ $(objs)';

/** Read behind the Makefile: prints what is asked and stops before anything is made. */
const QUESTION = [
  '$(info compile=$(value cmd-cc))',
  '$(info link=$(value cmd-ld))',
  '$(info ldflags=$(LDFLAGS))',
  '$(info objs=$(objs))',
  '$(info checkflags=$(CHECKFLAGS))',
  '$(foreach unit,$(asked),$(info flags $(unit)=$(call cflags,$(unit))))',
  '$(error answered)',
].join('\n');

/** Files that make reads, whatever is in them. */
const MAKE_FILE = /(^|\/)(Makefile|Kbuild)$|\.mk$/;

/** The rules of `tree` in the configuration whose `auto.conf` has the text `autoConf`. */
export async function rulesOf(
  tree: ModelTree,
  autoConf: string,
  variant: Variant,
  toolchain: Toolchain,
  context: RuleContext,
): Promise<Rules | NoRules> {
  const read = readKbuild((path) => tree.text(path), makeVariables(autoConf));
  const plain = read.kind === 'units';
  const sources = [...tree.paths()].filter((path) => path.endsWith('.c'));
  const makefiles = [...tree.paths()].filter((path) => MAKE_FILE.test(path));
  // Plain lists of objects change nothing else of what make says.
  const deciding = plain ? makefiles.filter((path) => !path.endsWith('Kbuild')) : makefiles;
  const configured = !plain || deciding.some((path) => readsConfiguration(tree.text(path) ?? ''));
  const key = actionKey({
    action: 'rules',
    version: 2,
    files: tree.digest(deciding),
    sources,
    variant: makeWords(variant),
    autoConf: configured ? autoConf : null,
    make: toolchain.identity,
  });
  let answer = context.store.result(key) as Answer | null;
  if (answer === null) {
    const asked = await ask(
      tree,
      makefiles,
      sources,
      configured ? autoConf : null,
      variant,
      context,
    );
    if (asked === null) return { kind: 'no-rules', why: 'missing', message: "'make' is not there" };
    answer = asked;
    context.store.keep(key, answer);
  }
  return rulesFrom(answer, plain ? read.objects : null, tree);
}

/** `-DCONFIG_SAN=1` only defines; all else that names a symbol may depend on it. */
function readsConfiguration(makefile: string): boolean {
  return /(?<!-D)\bCONFIG_/.test(makefile);
}

async function ask(
  tree: ModelTree,
  makefiles: readonly Path[],
  sources: readonly Path[],
  autoConf: string | null,
  variant: Variant,
  { env, signal, inWorkshop }: RuleContext,
): Promise<Answer | null> {
  const asked = sources.map(objectOf).join(' ');
  return inWorkshop('ask', async (workshop) => {
    workshop.place(tree, makefiles);
    const conf = 'include/config/auto.conf';
    if (autoConf === null) workshop.remove(conf);
    else workshop.put(conf, autoConf, () => Buffer.from(autoConf, 'latin1'));
    const command = ['make', '-f', 'Makefile', '-f', '-', ...makeWords(variant), 'answer'];
    const { end, stdout, stderr } = await runTool(command, {
      cwd: workshop.directory,
      env,
      signal,
      job: workshop.job,
      input: `asked := ${asked}\n${QUESTION}\n`,
      timeout: 60,
    });
    workshop.remove(conf);
    if (end.kind === 'missing') return null;
    const status = end.kind === 'exited' ? end.status : -1;
    return { status, stdout, stderr };
  });
}

function rulesFrom(
  { stdout, stderr }: Answer,
  objects: readonly Path[] | null,
  tree: ModelTree,
): Rules | NoRules {
  if (!stderr.includes('*** answered'))
    return { kind: 'no-rules', why: 'broken', message: stderr.trim().split('\n').at(0) ?? '' };
  const facts = new Map(stdout.split('\n').map((line) => splitOnce(line, '=')));
  if (facts.get('compile') !== COMPILE || facts.get('link') !== LINK) {
    const message = 'the Makefile compiles or links in a way of its own';
    return { kind: 'no-rules', why: 'beyond', message };
  }
  const interned = new Map<string, Pick<Unit, 'flags' | 'search'> | null>();
  const units: Unit[] = [];
  for (const object of objects ?? wordsOf(facts.get('objs') ?? '')) {
    const source = `${object.slice(0, -2)}.c`;
    const text = facts.get(`flags ${object}`);
    if (text === undefined || !tree.has(source))
      return { kind: 'no-rules', why: 'broken', message: `no rule to make '${object}'` };
    let how = interned.get(text);
    if (how === undefined) interned.set(text, (how = flagsOf(wordsOf(text))));
    if (how === null)
      return { kind: 'no-rules', why: 'beyond', message: `flags that are not known: ${text}` };
    units.push({ object, source, ...how });
  }
  return {
    kind: 'rules',
    units,
    linkFlags: wordsOf(facts.get('ldflags') ?? ''),
    checkFlags: wordsOf(facts.get('checkflags') ?? ''),
  };
}

/** `x.c` is compiled to `x.o`. */
export function objectOf(source: Path): Path {
  return `${source.slice(0, -2)}.o`;
}

/** Flags that change where files are looked for, in ways that are not followed. */
const BEYOND =
  /^(@|-iquote|-isystem|-idirafter|-iprefix|-iwithprefix|-imacros|-B|--sysroot|-isysroot|-I-$|-specs|-fplugin|-x|-o$|-M|-save-temps|-fprofile|--coverage)/;

/** Search paths among compiler flags; null when they cannot be told. */
function flagsOf(flags: readonly string[]): Pick<Unit, 'flags' | 'search'> | null {
  const folders: string[] = [];
  const forced: string[] = [];
  for (let at = 0; at < flags.length; at += 1) {
    const flag = flags[at] ?? '';
    if (BEYOND.test(flag) || /["'`$\\]/.test(flag)) return null;
    if (flag === '-include') forced.push(flags[(at += 1)] ?? '');
    else if (flag === '-I') folders.push(flags[(at += 1)] ?? '');
    else if (flag.startsWith('-I')) folders.push(flag.slice(2));
  }
  if ([...folders, ...forced].some((path) => path.startsWith('/') || path.startsWith('..')))
    return null;
  return { flags, search: { folders, forced, closed: flags.includes('-nostdinc') } };
}

function wordsOf(text: string): string[] {
  return text.split(/\s+/).filter((word) => word !== '');
}

function splitOnce(text: string, separator: string): [string, string] {
  const at = text.indexOf(separator);
  return at === -1 ? [text, ''] : [text.slice(0, at), text.slice(at + separator.length)];
}
