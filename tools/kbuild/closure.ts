/**
 * Everything that compiling one file may read, from what its files say (`scan.ts`). Which file an
 * include means depends on which files there are, so it is asked anew for every tree. Pure.
 */
import type { Path } from '../patch/types.ts';
import type { Include, Scan } from './scan.ts';

/** The files of a tree, as far as the compiler may read them. */
export interface SourceFiles {
  has(path: Path): boolean;
  scan(path: Path): Scan;
  /** Every path, in a fixed order. */
  paths(): Iterable<Path>;
  /** A symbolic link anywhere: paths then say little about which file is meant. */
  readonly hasLinks: boolean;
}

/** Where the compiler looks. */
export interface SearchPaths {
  /** Directories of `-I`, relative to the tree, in order. */
  readonly folders: readonly string[];
  /** Files of `-include`. */
  readonly forced: readonly Path[];
  /** `-nostdinc`: nothing outside of the tree is looked at. */
  readonly closed: boolean;
}

/** What one unit reaches. */
export interface Closure {
  /** In a fixed order; the file itself is one of them. */
  readonly paths: readonly Path[];
  readonly mentions: ReadonlySet<string>;
  /** Includes that no file of the tree answers to: the compiler finds them outside, or not at all. */
  readonly outside: boolean;
  readonly timed: boolean;
  /** Why it is the whole tree; null when it is not. */
  readonly whole: string | null;
}

/** Finds closures in one tree for one set of search paths. */
export class ClosureFinder {
  readonly #files: SourceFiles;
  readonly #search: SearchPaths;
  readonly #reached = new Map<
    Path,
    { readonly paths: readonly Path[]; readonly outside: boolean }
  >();

  constructor(files: SourceFiles, search: SearchPaths) {
    this.#files = files;
    this.#search = search;
  }

  /** What the unit with this source reaches. */
  closure(source: Path): Closure {
    const seen = new Set<Path>([source]);
    let outside = false;
    for (const path of this.#search.forced) if (this.#files.has(path)) seen.add(path);
    for (const path of seen) {
      const reached = this.#reachedFrom(path);
      for (const next of reached.paths) seen.add(next);
      outside ||= reached.outside;
    }
    const because = this.#files.hasLinks ? 'the tree has symbolic links' : this.#firstWhole(seen);
    const paths = because === null ? [...seen].sort() : [...this.#files.paths()];
    const scans = paths.map((path) => this.#files.scan(path));
    return {
      paths,
      mentions: new Set(scans.flatMap((scan) => scan.mentions)),
      outside: outside && !this.#search.closed,
      timed: scans.some((scan) => scan.timed),
      whole: because,
    };
  }

  #firstWhole(paths: Iterable<Path>): string | null {
    for (const path of paths) {
      const { whole } = this.#files.scan(path);
      if (whole !== null) return `${path}: ${whole}`;
    }
    return null;
  }

  #reachedFrom(path: Path): { readonly paths: readonly Path[]; readonly outside: boolean } {
    let reached = this.#reached.get(path);
    if (reached === undefined) {
      const found = this.#files.scan(path).includes.map((include) => this.#resolve(path, include));
      reached = { paths: found.flat(), outside: found.some((paths) => paths.length === 0) };
      this.#reached.set(path, reached);
    }
    return reached;
  }

  /** The file that `include` in `from` means; where that cannot be told, all that it can mean. */
  #resolve(from: Path, { name, how }: Include): readonly Path[] {
    const folder = from.slice(0, from.lastIndexOf('/') + 1);
    const beside = how === 'angled' ? [] : [folder + name];
    const places = [...beside, ...this.#search.folders.map((each) => `${each}/${name}`)];
    const found = places.map(plain).filter((path) => path !== null && this.#files.has(path));
    const paths = found as Path[];
    return how === 'next' ? paths : paths.slice(0, 1);
  }
}

/** A path without `.` and `..`; null when it leads out of the tree. */
function plain(path: string): Path | null {
  if (path.startsWith('/')) return null;
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.pop() === undefined) return null;
  }
  return parts.join('/');
}

/** Of the symbols that the compiler can see, those that `mentions` may mean. */
export function relevant(symbols: Iterable<string>, mentions: ReadonlySet<string>): string[] {
  return [...symbols].filter((symbol) => {
    for (let end = 1; end <= symbol.length; end += 1)
      if (mentions.has(symbol.slice(0, end))) return true;
    return false;
  });
}
