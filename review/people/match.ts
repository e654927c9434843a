/**
 * Files and patches → the people and lists of MAINTAINERS, ranked by how deep a pattern names the
 * file. Behaviour as of `get_maintainer.pl --no-git --no-git-fallback` of Linux 6.1; where its order
 * depends on a random hash, ours is that of the file.
 */
import type { Path } from '../../tools/patch/types.ts';
import { type Entry, type Section, valuesOf } from './maintainers.ts';
import { type Glob, compileGlob, extendedRegExp, globMatches } from './pattern.ts';

/** What is to be looked up. */
export interface Subject {
  readonly paths: readonly Path[];
  /** Texts for `K:`, one of which has to fit: changed lines of a patch, or the whole of a file. */
  readonly lines: readonly string[];
}

/** A section that a subject belongs to. */
export interface Match {
  readonly section: Section;
  /** The deepest pattern's depth; null for a match by content. */
  readonly depth: number | null;
}

interface Compiled {
  readonly section: Section;
  /** Its place in the file. */
  readonly at: number;
  readonly globs: readonly Glob[];
  readonly excluded: readonly Glob[];
  readonly names: readonly RegExp[];
  readonly contents: readonly RegExp[];
}

/** Longer texts are data and not code. */
const LONGEST_TEXT = 4 * 1024 * 1024;

export class Maintainers {
  readonly #sections: readonly Compiled[];
  /** Sections by the directories below which their patterns can match. */
  readonly #below = new Map<Path, Compiled[]>();
  readonly #isDirectory: (path: Path) => boolean;
  /** `N:` and `K:` that cannot be read. */
  readonly unreadable: readonly Entry[];

  /** `isDirectory` tells what the tree has; patterns leave the slash of directories out at times. */
  constructor(sections: readonly Section[], isDirectory: (path: Path) => boolean = () => false) {
    this.#isDirectory = isDirectory;
    this.#sections = sections.map(compile);
    for (const section of this.#sections)
      for (const directory of directoriesOf(section)) {
        const others = this.#below.get(directory);
        if (others === undefined) this.#below.set(directory, [section]);
        else others.push(section);
      }
    this.unreadable = sections.flatMap(({ entries }) =>
      entries.filter(
        ({ letter, value }) => /^[NK]$/.test(letter) && extendedRegExp(value) === null,
      ),
    );
  }

  /** Sections by file: for each path the deepest first; then those that match by content. */
  find({ paths, lines }: Subject): Match[] {
    const found = new Map<Section, number | null>();
    for (const path of paths) {
      const matches = this.#byPath(path).toSorted((a, b) => b.depth - a.depth);
      for (const { section, depth } of matches) if (!found.has(section)) found.set(section, depth);
    }
    const short = lines.filter((line) => line.length <= LONGEST_TEXT);
    for (const { section, contents } of this.#sections) {
      if (found.has(section) || contents.length === 0) continue;
      if (contents.some((regexp) => short.some((line) => regexp.test(line))))
        found.set(section, null);
    }
    return [...found].map(([section, depth]) => ({ section, depth }));
  }

  /** Whom no mail goes to, whatever names them: he says so himself in his section. */
  get spared(): ReadonlySet<string> {
    const addresses = this.#sections
      .filter(({ section }) =>
        valuesOf(section, 'S').some((status) => /^buried alive/i.test(status)),
      )
      .flatMap(({ section }) => valuesOf(section, 'M'))
      .map((value) => /<([^>]*)>/.exec(value)?.[1] ?? value);
    return new Set(addresses.map((address) => address.toLowerCase()));
  }

  #byPath(path: Path): { section: Section; depth: number }[] {
    const near = new Set(directoriesAbove(path).flatMap((each) => this.#below.get(each) ?? []));
    const inOrder = [...near].sort((a, b) => a.at - b.at);
    return inOrder.flatMap(({ section, globs, excluded, names }) => {
      if (excluded.some((glob) => globMatches(glob, path, this.#isDirectory))) return [];
      const glob = globs.findLast((each) => globMatches(each, path, this.#isDirectory));
      // A name that fits says less than any path does; the last line of a section counts.
      const depth = names.some((regexp) => regexp.test(path)) ? 0 : glob?.depth;
      return depth === undefined ? [] : [{ section, depth }];
    });
  }
}

/** The top, which has no name, and each directory down to the path; with a slash behind. */
function directoriesAbove(path: Path): string[] {
  const found = [''];
  for (let slash = path.indexOf('/'); slash !== -1; slash = path.indexOf('/', slash + 1))
    found.push(path.slice(0, slash + 1));
  return found;
}

/** The deepest directories that hold everything that a section's patterns can match. */
function directoriesOf({ globs, names }: Compiled): Set<string> {
  const directories = globs.map(({ prefix }) => prefix.slice(0, prefix.lastIndexOf('/') + 1));
  return new Set(names.length > 0 ? ['', ...directories] : directories);
}

function compile(section: Section, at: number): Compiled {
  const regexps = (letter: string): RegExp[] =>
    valuesOf(section, letter).flatMap((value) => extendedRegExp(value) ?? []);
  return {
    section,
    at,
    globs: valuesOf(section, 'F').map(compileGlob),
    excluded: valuesOf(section, 'X').map(compileGlob),
    names: regexps('N'),
    contents: regexps('K'),
  };
}

/**
 * Paths that patterns without trailing slash name and that could be directories: what has to be known
 * of a tree so that these files are matched rightly.
 */
export function directoriesToAsk(sections: readonly Section[], paths: readonly Path[]): Path[] {
  const globs = sections.flatMap((section) =>
    ['F', 'X'].flatMap((letter) => valuesOf(section, letter)),
  );
  const plain = globs.filter((glob) => !/[*?[]/.test(glob) && !glob.endsWith('/'));
  return [...new Set(plain)].filter((glob) =>
    paths.some((path) => path.startsWith(glob) && path !== glob && path[glob.length] !== '/'),
  );
}
