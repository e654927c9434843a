/**
 * The allow-list of a tree: writable globals that stay global, each with a reason. A line is
 *
 *     kernel/sys.c:C_A_D   host: only the machine reacts to the key
 *
 * that is a name, blanks, the class of the reason, a colon and the reason itself. What is `static` has
 * its file before the name, what is in a function `function.name`; `*` stands for any characters.
 * Lines that begin with `#` are comments. Pure.
 */
import type { Path } from '../patch/types.ts';

/** Where a tree has its list. */
export const ALLOW_LIST: Path = 'Documentation/globals.allow';

/** Why a variable may stay global. */
export const REASONS = {
  hardware: 'there is one machine: processors, memory, clock, console',
  boot: 'set while booting, or the first objects that the kernel boots with',
  immutable: 'never written once it is registered, the same for everyone',
  shared: 'a mechanism for all, whose objects know their owners: caches, locks, lists',
  keyed: 'a table whose keys tell contexts apart',
  policy: 'a limit that the administrator of the host sets for the whole machine',
  host: 'belongs to the program that the kernel runs in, and is no state of the kernel',
  test: 'there for tests only',
} as const;
export type Reason = keyof typeof REASONS;

export interface AllowLine {
  /** From 1. */
  readonly line: number;
  /** As written, with `*`. */
  readonly name: string;
  readonly reason: Reason;
  readonly why: string;
}

/** A line that allows nothing. */
export interface AllowFault {
  readonly line: number;
  readonly name: string;
  readonly kind: 'no-reason' | 'repeated';
  readonly message: string;
}

export interface AllowList {
  readonly lines: readonly AllowLine[];
  readonly faults: readonly AllowFault[];
}

const LINE = /^(\S+)(?:\s+(.*?))?\s*$/;
const REASON = /^(\w+):\s*(\S.*)$/;

export function parseAllowList(text: string): AllowList {
  const lines: AllowLine[] = [];
  const faults: AllowFault[] = [];
  const seen = new Map<string, number>();
  for (const [index, content] of text.split('\n').entries()) {
    const [, name = '', rest = ''] = LINE.exec(content.trim()) ?? [];
    if (name === '' || name.startsWith('#')) continue;
    const line = index + 1;
    const first = seen.get(name);
    seen.set(name, first ?? line);
    const [, word = '', why = ''] = REASON.exec(rest) ?? [];
    if (first !== undefined)
      faults.push({ line, name, kind: 'repeated', message: `'${name}' is listed twice` });
    else if (isReason(word)) lines.push({ line, name, reason: word, why });
    else
      faults.push({
        line,
        name,
        kind: 'no-reason',
        message: `'${name}' is listed ${without(rest)}`,
      });
  }
  return { lines, faults };
}

function isReason(word: string): word is Reason {
  return Object.hasOwn(REASONS, word);
}

function without(rest: string): string {
  const classes = Object.keys(REASONS).join(', ');
  return rest === '' ? 'without a reason' : `without a reason of a known class (${classes})`;
}

/** Finds the line that allows a variable, by the key of the inventory. */
export class AllowFinder {
  readonly #exact: ReadonlyMap<string, AllowLine>;
  readonly #patterns: readonly { readonly line: AllowLine; readonly pattern: RegExp }[];

  constructor({ lines }: AllowList) {
    this.#exact = new Map(lines.map((line) => [line.name, line]));
    this.#patterns = lines
      .filter(({ name }) => name.includes('*'))
      .map((line) => ({ line, pattern: patternOf(line.name) }));
  }

  find(key: string): AllowLine | null {
    const exact = this.#exact.get(key);
    return exact ?? this.#patterns.find(({ pattern }) => pattern.test(key))?.line ?? null;
  }
}

function patternOf(name: string): RegExp {
  const pieces = name.split('*').map((piece) => piece.replace(/[.\\+?^${}()|[\]]/g, '\\$&'));
  return new RegExp(`^${pieces.join('.*')}$`);
}
