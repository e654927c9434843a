/**
 * Mutants of the series: a line that a conversion adds is left out, as somebody who converts by hand
 * forgets one. Which lines is decided by a seed. Pure.
 */
import type { Path } from '../../tools/patch/types.ts';

/** A line that a patch adds. */
export interface Line {
  /** Index of the patch in the series. */
  readonly patch: number;
  readonly path: Path;
  /** In the file as the patch leaves it, from 1. */
  readonly line: number;
  readonly text: string;
}

/** A hash of the state of Weyl's sequence (mulberry32, by T. Ettinger): numbers from 0 to below 1. */
export function* numbers(seed: number): Generator<number, never> {
  for (let state = seed | 0; ;) {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    yield ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }
}

/** So many of `all`, none twice, each as likely as any other. */
export function sample<T>(all: readonly T[], count: number, seed: number): T[] {
  const rest = [...all];
  const random = numbers(seed);
  return Array.from({ length: Math.min(count, rest.length) }, () => {
    const [taken] = rest.splice(Math.floor(random.next().value * rest.length), 1);
    return taken as T;
  });
}

/** The text without line `line`, counted from 1. */
export function withoutLine(text: string, line: number): string {
  return text
    .split('\n')
    .filter((_, index) => index !== line - 1)
    .join('\n');
}

/**
 * Which lines of a file mean something to a compiler or to Kconfig: not those that are blank, all
 * comment, braces, or help. From 1.
 */
export function meaningful(path: Path, text: string): ReadonlySet<number> {
  const lines = (/\.[ch]$/.test(path) ? withoutComments(text) : withoutHelp(text)).split('\n');
  return new Set(lines.flatMap((line, index) => (/\w/.test(line) ? [index + 1] : [])));
}

function withoutComments(text: string): string {
  return text
    .replaceAll(/\/\*[\s\S]*?\*\//g, (comment) => comment.replaceAll(/[^\n]/g, ''))
    .replaceAll(/^\/\/.*$/gm, '');
}

/** Kconfig and Kbuild: comments, and what is indented below `help`. */
function withoutHelp(text: string): string {
  let helps = false;
  return text
    .split('\n')
    .map((line) => {
      if (/^\S/.test(line)) helps = false;
      const shown = helps || line.startsWith('#') ? '' : line;
      if (/^\s+help$/.test(line)) helps = true;
      return /^\s+help$/.test(line) ? '' : shown;
    })
    .join('\n');
}
