/** Patterns of MAINTAINERS: `F:` and `X:` globs with their depth, `N:` and `K:` regular expressions. */
import type { Path } from '../../tools/patch/types.ts';

/** A compiled `F:` or `X:`. */
export interface Glob {
  readonly source: string;
  /** What every path that matches begins with. */
  readonly prefix: string;
  readonly regexp: RegExp;
  /** A trailing slash: everything below. */
  readonly subtree: boolean;
  readonly slashes: number;
  /** How precise it is: the components that it names, or -1 when it begins with a star. */
  readonly depth: number;
}

const META = /[*?[]/;

/** Compile a glob: `*` and `?` as in a shell, but for the depth, which must be the path's. */
export function compileGlob(source: string): Glob {
  const subtree = source.endsWith('/');
  const slashes = slashesIn(source);
  const meta = META.exec(source);
  const escaped = source
    .replace(/[.+(){}|^$\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return {
    source,
    prefix: meta === null ? source : source.slice(0, meta.index),
    regexp: safeRegExp(`^${escaped}`) ?? /(?!)/,
    subtree,
    slashes,
    depth: source.startsWith('*') ? -1 : slashes + (subtree ? 0 : 1),
  };
}

/**
 * Whether a path matches. Without a trailing slash a pattern is a beginning at its own depth (`init`
 * fits `initrd`, and not `init/main.c`), unless it is a directory: then it means what is below.
 */
export function globMatches(glob: Glob, path: Path, isDirectory: (path: Path) => boolean): boolean {
  if (!path.startsWith(glob.prefix) || !glob.regexp.test(path)) return false;
  if (glob.subtree) return true;
  if (glob.prefix === glob.source && path !== glob.source) {
    if (path.startsWith(`${glob.source}/`)) return true;
    if (isDirectory(glob.source)) return false;
  }
  return slashesIn(path) === glob.slashes;
}

/** The depth of a glob for a path: a directory without its slash is as deep as with it. */
export function slashesIn(text: string): number {
  return text.split('/').length - 1;
}

/**
 * A regular expression in Perl's extended form, where blanks and comments mean nothing. Null when it
 * is none that we can read.
 */
export function extendedRegExp(source: string): RegExp | null {
  const flags = /^\(\?([ims]+)\)/.exec(source);
  const plain = source
    .slice(flags?.[0].length ?? 0)
    .replace(/\\.|\[(?:\\.|[^\]\\])*\]|\s+|#.*/g, (part) => (/^[\s#]/.test(part) ? '' : part))
    .replace(/\[:(space|digit|alpha|alnum|word):\]/g, (_, name: string) => CLASSES[name] ?? '');
  return safeRegExp(plain, flags?.[1]);
}

const CLASSES: Readonly<Record<string, string>> = {
  space: '\\s',
  digit: '\\d',
  alpha: 'A-Za-z',
  alnum: 'A-Za-z0-9',
  word: '\\w',
};

function safeRegExp(source: string, flags = ''): RegExp | null {
  try {
    return new RegExp(source, flags);
  } catch {
    return null;
  }
}
