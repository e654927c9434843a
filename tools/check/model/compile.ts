/** Compiles one unit, or knows what came of it: an action whose key is all that the unit can see. */
import type { RunEnd } from '../../bisect/answer.ts';
import { SeamError } from '../../errors.ts';
import { isFullDisk } from '../full-disk.ts';
import { relevant } from '../../kbuild/closure.ts';
import { autoconfHeader } from '../../kbuild/kconfig-files.ts';
import type { Path } from '../../patch/types.ts';
import type { Configuration } from './config.ts';
import type { Artefact, Contents } from './contents.ts';
import { isBreakdown } from './diagnostics.ts';
import type { RuleContext, Unit } from './rules.ts';
import type { Toolchain } from './toolchain.ts';
import type { ModelTree, Reach } from './trees.ts';
import { refuseNoRoom } from './room.ts';
import type { Workshop } from './workshop.ts';
import { actionKey, sha256 } from '../store.ts';

/** Where the compiler finds the configuration. */
export const AUTOCONF = 'include/generated/autoconf.h';
/** Seconds that one unit may take to compile. */
const TIMEOUT = 300;

/** What compiling a unit gave. */
export interface Compiled {
  /** Null when there is none. */
  readonly object: Artefact | null;
  /** What the compiler said. */
  readonly output: string;
  /** Why there is no answer; null when there is one. */
  readonly trouble: string | null;
  readonly timedOut: boolean;
  readonly seconds: number;
}

/** A result as it is kept. */
interface Kept {
  readonly object: Artefact | null;
  readonly output: string;
  readonly seconds: number;
  /** Files outside of the tree that were read, with their digests. */
  readonly outside: readonly (readonly [path: string, digest: string])[];
}

export interface CompileContext extends RuleContext {
  readonly toolchain: Toolchain;
  readonly contents: Contents;
  /** Digests of files outside of trees, each read once in a run. */
  readonly digestOf: (file: string) => string | null;
  readonly now: () => Date;
}

/** What decides how `unit` compiles: its key, and the definitions that it can see. */
export interface CompileKey {
  readonly key: string;
  readonly header: string;
}

/**
 * The key of compiling `unit` in `tree` where the CONFIG symbols have these definitions. Only those
 * that something mentions count, and only those the compiler gets to see: a mention that was missed
 * then shows as a wrong object wherever it is built, not as an answer that depends on who asked first.
 */
export function compileKey(
  tree: ModelTree,
  unit: Unit,
  { symbols, definitions }: Configuration,
  toolchain: Toolchain,
): CompileKey {
  const reach = tree.reach(unit.source, unit.search);
  const { digest } = reach;
  const visible = visibleSymbols(reach, symbols).filter((name) => definitions.has(name));
  const header = autoconfHeader(visible.map((name) => [name, definitions.get(name) ?? '']));
  const { source, flags } = unit;
  const facts = { action: 'compile', version: 1, source, flags, digest, header };
  return { key: actionKey({ ...facts, toolchain: toolchain.identity }), header };
}

/** The same for all configurations of a tree: found once. */
const visibleOf = new WeakMap<Reach, { of: readonly string[]; symbols: readonly string[] }>();

function visibleSymbols(reach: Reach, of: readonly string[]): readonly string[] {
  let known = visibleOf.get(reach);
  if (known === undefined || known.of !== of) {
    known = { of, symbols: relevant(of, reach.closure.mentions) };
    visibleOf.set(reach, known);
  }
  return known.symbols;
}

/** The kept result under `key`; null when it is not known or no longer true. */
export function knownCompile({ key }: CompileKey, context: CompileContext): Compiled | null {
  const kept = context.store.result(key) as Kept | null;
  if (kept === null) return null;
  if (!kept.outside.every(([path, digest]) => context.digestOf(path) === digest)) return null;
  return { ...kept, trouble: null, timedOut: false };
}

/** Compile, and keep the result unless something other than the source is to blame. */
export async function compile(
  tree: ModelTree,
  unit: Unit,
  known: CompileKey,
  context: CompileContext,
): Promise<Compiled> {
  return context.inWorkshop('compile', async (workshop) => {
    const start = context.now().getTime();
    const { end, stderr } = await startCompiler(tree, unit, known.header, workshop, context);
    const seconds = (context.now().getTime() - start) / 1000;
    const output = cleaned(stderr, workshop);
    refuseNoRoom(workshop.directory, output);
    const trouble = troubleOf(end, output, context.toolchain.cc);
    const bytes = end.kind === 'exited' && end.status === 0 ? workshop.take(unit.object) : null;
    if (trouble !== null || context.signal.aborted)
      return { object: null, output, trouble, timedOut: end.kind === 'timed-out', seconds };
    const outside = outsideOf(tree, unit, workshop, context);
    const object = bytes === null ? null : context.contents.add(bytes);
    if (object !== null) workshop.made(unit.object, object.digest);
    const { timed } = tree.reach(unit.source, unit.search).closure;
    const kept: Kept = { object, output, seconds, outside };
    if (!timed) context.store.keep(known.key, kept);
    return { object, output, seconds, trouble: null, timedOut: false };
  });
}

/** Put everything to its place that the unit can see. */
export function placeUnit(tree: ModelTree, unit: Unit, header: string, workshop: Workshop): void {
  workshop.place(tree, tree.reach(unit.source, unit.search).closure.paths);
  workshop.put(AUTOCONF, sha256(header), () => Buffer.from(header, 'latin1'));
}

async function startCompiler(
  tree: ModelTree,
  unit: Unit,
  header: string,
  workshop: Workshop,
  { signal, toolchain }: CompileContext,
) {
  placeUnit(tree, unit, header, workshop);
  workshop.prepare(unit.object);
  const flags = [...unit.flags, ...reproducible(workshop.directory)];
  const depends = ['-MD', '-MT', 'x', '-MF', dependsFile(unit)];
  const command = [toolchain.cc, ...flags, ...depends, '-c', '-o', unit.object, unit.source];
  return workshop.starter.run(command, { timeout: TIMEOUT, signal });
}

/** Flags by which an object does not tell in which directory it was made. */
export function reproducible(directory: string): string[] {
  return [`-ffile-prefix-map=${directory}=.`];
}

function dependsFile({ object }: Unit): Path {
  return `${object}.d`;
}

function cleaned(stderr: string, workshop: Workshop): string {
  return stderr.replaceAll(`${workshop.directory}/`, '');
}

function troubleOf(
  end: RunEnd | { kind: 'missing'; program: string },
  output: string,
  cc: string,
): string | null {
  if (end.kind === 'missing') return `'${cc}' is not there`;
  if (end.kind === 'signalled') return `${cc} was ended by ${end.signal}`;
  if (end.kind === 'timed-out') return `${cc} took more than ${end.seconds} s`;
  const failed = end.kind === 'exited' && end.status !== 0;
  if (failed && isFullDisk(output)) return 'no space left on device';
  return isBreakdown(output) ? `${cc} broke down` : null;
}

/** Files outside of the tree that were read. That nothing was read but what the key has is checked here. */
function outsideOf(
  tree: ModelTree,
  unit: Unit,
  workshop: Workshop,
  context: CompileContext,
): [string, string][] {
  const text = workshop.take(dependsFile(unit))?.toString('utf8') ?? 'x:';
  workshop.remove(dependsFile(unit));
  const words = text.replace(/^x:/, '').replaceAll('\\\n', ' ').split(/\s+/);
  const read = words.filter((word) => word !== '').map(normal);
  const known = new Set([...tree.reach(unit.source, unit.search).closure.paths, AUTOCONF]);
  const outside = read.filter((path) => path.startsWith('/'));
  const missed = read.find((path) => !path.startsWith('/') && !known.has(path));
  if (missed !== undefined) {
    throw new SeamError('scan-unsound', `'${unit.source}' read '${missed}' unforeseen`, {
      kind: 'internal',
      data: { source: unit.source, missed },
    });
  }
  return outside.map((path) => [path, context.digestOf(path) ?? '']);
}

function normal(path: string): string {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '..' && parts.length > 0 && parts.at(-1) !== '') parts.pop();
    else if (part !== '.') parts.push(part);
  }
  return parts.join('/');
}
