/**
 * The text layer: which patch needs which one so that it applies, without fuzz and to the same effect.
 * One pass over the series; a patch is only ever compared with those that left a mark where it reads.
 */
import { withoutNewline } from '../patch/lines.ts';
import { statedIndex } from '../patch/locate.ts';
import type { Bytes, FilePatch, Path } from '../patch/types.ts';
import { textOf } from './decode.ts';
import { EdgeCollector } from './edges.ts';
import { FileLines, type Tie } from './ownership.ts';
import type { FileFootprint, Footprint, Footprints, Graph } from './types.ts';

/** A path through the series. */
interface FileState {
  /** Null while there is no file. */
  lines: FileLines | null;
  /** The patch that made, moved or removed the file last. */
  owner: number | null;
  modeOwner: number | null;
  /** Patches that rely on what stands here. */
  readers: Set<number>;
}

/** Text dependencies of the series. */
export function textGraph({ patches, lines }: Footprints): Graph {
  const pass = new Pass(lines);
  for (const [index, footprint] of patches.entries()) pass.apply(index, footprint);
  return pass.edges.graph(patches.length);
}

class Pass {
  readonly edges = new EdgeCollector();
  readonly #states = new Map<Path, FileState>();
  /** Paths that come or go, by each directory above them. */
  readonly #below = new Map<Path, Set<Path>>();
  readonly #base: ReadonlyMap<Path, number>;

  constructor(base: ReadonlyMap<Path, number>) {
    this.#base = base;
  }

  apply(patch: number, files: Footprint): void {
    const moves = files.filter(({ file }) => file.change === 'rename' || file.change === 'copy');
    // Moves start from the files before the patch: two files can change places.
    const sources = new Map(moves.map((each) => [each, this.#take(patch, each)]));
    for (const each of files) {
      const tie = this.#tieOf(patch, each);
      if (each.source !== null && !sources.has(each)) this.#rely(patch, each.source, tie);
      this.#change(patch, each, sources.get(each) ?? null, tie);
    }
  }

  #state(path: Path): FileState {
    let state = this.#states.get(path);
    if (state === undefined) {
      const count = this.#base.get(path);
      const lines = count === undefined ? null : new FileLines(count);
      state = { lines, owner: null, modeOwner: null, readers: new Set() };
      this.#states.set(path, state);
    }
    return state;
  }

  #tieOf(patch: number, { file, source, destination }: FileFootprint): Tie {
    const path = source ?? destination ?? '';
    let texts: ReadonlyMap<number, Bytes> | undefined;
    return (to, kind, cause, line) => {
      texts ??= oldTexts(file);
      const shown = line === null ? undefined : texts.get(line);
      const text = shown === undefined ? '' : textOf(withoutNewline(shown));
      const reason = { layer: 'text', cause, path, first: line, last: line, text } as const;
      this.edges.add(patch, to, kind, reason);
    };
  }

  /** The patch needs the file at `path` to be there. */
  #rely(patch: number, path: Path, tie: Tie): FileState {
    const state = this.#state(path);
    if (state.owner !== null) tie(state.owner, 'needs', 'file', null);
    state.readers.add(patch);
    return state;
  }

  /** The file that a rename or a copy starts from. */
  #take(patch: number, each: FileFootprint): FileState {
    const tie = this.#tieOf(patch, each);
    const state = this.#rely(patch, each.source ?? '', tie);
    const taken = { ...state };
    if (each.file.change === 'copy') {
      // What lands in the copy is the whole file as it is now.
      state.lines?.readAll(patch, tie);
      return { ...taken, lines: new FileLines(state.lines?.count ?? 0) };
    }
    this.#vacate(patch, each.source ?? '', tie);
    return taken;
  }

  #change(patch: number, each: FileFootprint, moved: FileState | null, tie: Tie): void {
    const { file, source, destination } = each;
    if (destination === null) {
      if (source === null) return;
      if (file.binary !== null) this.#state(source).lines?.replaceAll(patch, tie);
      else this.#state(source).lines?.change(patch, file.hunks, tie);
      this.#vacate(patch, source, tie);
      return;
    }
    const state = this.#state(destination);
    if (source !== destination) {
      this.#occupy(patch, destination, tie);
      state.lines = moved?.lines ?? new FileLines(0);
      state.modeOwner = moved?.modeOwner ?? patch;
    }
    if (file.binary !== null) state.lines?.replaceAll(patch, tie);
    else state.lines?.change(patch, file.hunks, tie);
    if (source !== null && file.newMode !== null && file.oldMode !== file.newMode) {
      if (state.modeOwner !== null) tie(state.modeOwner, 'needs', 'mode', null);
      state.modeOwner = patch;
    }
  }

  /** The file at `path` goes: behind everyone who relies on it. */
  #vacate(patch: number, path: Path, tie: Tie): void {
    const state = this.#state(path);
    for (const reader of state.readers) tie(reader, 'after', 'file', null);
    Object.assign(state, {
      lines: null,
      owner: patch,
      modeOwner: null,
      readers: new Set<number>(),
    });
    this.#register(path);
  }

  /** A file comes to `path`: whatever was in its way is gone, and the patches that removed it are needed. */
  #occupy(patch: number, path: Path, tie: Tie): void {
    const state = this.#state(path);
    for (const near of [path, ...parentsOf(path), ...(this.#below.get(path) ?? [])]) {
      const owner = this.#states.get(near)?.owner ?? null;
      if (owner !== null) tie(owner, 'needs', 'file', null);
    }
    state.owner = patch;
    state.readers = new Set([patch]);
    this.#register(path);
  }

  #register(path: Path): void {
    for (const parent of parentsOf(path)) {
      const known = this.#below.get(parent);
      if (known === undefined) this.#below.set(parent, new Set([path]));
      else known.add(path);
    }
  }
}

/** The directories above `path`. */
function parentsOf(path: Path): Path[] {
  const parts = path.split('/').slice(0, -1);
  return parts.map((_part, index) => parts.slice(0, index + 1).join('/'));
}

/** Lines of the old file by number, as far as hunks show them. */
function oldTexts({ hunks }: FilePatch): Map<number, Bytes> {
  const texts = new Map<number, Bytes>();
  for (const hunk of hunks) {
    let at = statedIndex(hunk);
    for (const { op, text } of hunk.lines) {
      if (op === '+') continue;
      at += 1;
      if (!texts.has(at)) texts.set(at, text);
    }
  }
  return texts;
}
