/**
 * What a compiler, a linker and make say, as observations. The form `file:line:column: warning: text`
 * is that of the GNU coding standards, "Formatting Error Messages", which gcc, clang, sparse and
 * Kconfig follow; the rest are the lines of GNU ld, GNU make and modpost. Pure.
 */
import type { Observation } from '../types.ts';

/** A diagnostic with the source file that was being compiled. */
export interface Diagnostic {
  readonly unit: string | null;
  readonly observation: Observation;
}

export interface Diagnostics {
  readonly found: readonly Diagnostic[];
  /** Sources that this run compiled, as far as make said so (`  CC      kernel/sys.o`). */
  readonly compiled: ReadonlySet<string>;
}

const MESSAGE =
  /^([^\s:][^:\n]*):(\d+):(?:(\d+):)? ?(fatal error|error|warning|note|remark): ?(.*)$/;
const INCLUDED = /^(?:In file included from| +from) ([^:]+):\d+(?::\d+)?[:,]$/;
const MADE = /^ {2}(?:CC|HOSTCC|AS|CHECK)(?: \[M\])? +(\S+?)(?:\.o|\.c)$/;
const LINKER = /^(?:\S*ld(?:\.\w+)?: )?(.*(?:undefined reference to|multiple definition of).*)$/;
const MODPOST = /^(WARNING|ERROR): (modpost: .*)$/;
const GAVE_UP = /^(?:\S*\/)?g?make(?:\[\d+\])?: \*\*\* (.*)$/;
/** Lines of source that follow a message: ` 12 | text`, `    | ^~~`. */
const EXCERPT = /^ *\d* \|/;
const MOST_DETAIL = 12;

/** Read the output of a build; `strip` makes a path that was printed relative to the tree. */
export function readDiagnostics(
  step: string,
  text: string,
  strip: (path: string) => string,
): Diagnostics {
  const reader = new Reader(step, strip);
  for (const line of text.split('\n')) reader.take(line.replace(/\r$/, ''));
  const found = reader.entries.map(({ unit, observation, details }) => ({
    unit,
    observation:
      details.length === 0 ? observation : { ...observation, detail: details.join('\n') },
  }));
  return { found, compiled: reader.compiled };
}

interface Entry extends Diagnostic {
  readonly details: string[];
}

class Reader {
  readonly entries: Entry[] = [];
  readonly compiled = new Set<string>();
  readonly #step: string;
  readonly #strip: (path: string) => string;
  readonly #seen = new Set<string>();
  /** The outermost file of an "In file included from" above. */
  #unit: string | null = null;
  /** Where lines of explanation go. */
  #details: string[] | null = null;

  constructor(step: string, strip: (path: string) => string) {
    this.#step = step;
    this.#strip = strip;
  }

  take(line: string): void {
    const included = INCLUDED.exec(line);
    if (included !== null) {
      this.#unit = this.#strip(included[1] ?? '');
      return;
    }
    const made = MADE.exec(line);
    if (made !== null) this.compiled.add(`${this.#strip(made[1] ?? '')}.c`);
    const message = MESSAGE.exec(line);
    if (message !== null) this.#message(message);
    else if (EXCERPT.test(line)) this.#detail(line);
    else this.#other(line);
  }

  #message([, file = '', lineNumber, , kind = '', text = '']: RegExpExecArray): void {
    const path = this.#strip(file);
    const unit = this.#unit ?? path;
    this.#unit = null;
    if (kind === 'note' || kind === 'remark') {
      this.#detail(`${path}:${lineNumber}: ${text}`);
      return;
    }
    const word = kind === 'warning' ? 'warning' : 'error';
    this.#add(path, Number(lineNumber), word, text, unit);
  }

  #other(line: string): void {
    const linker = LINKER.exec(line);
    const modpost = MODPOST.exec(line);
    const gaveUp = GAVE_UP.exec(line);
    // Addresses within a section move with every change above them.
    const text = linker?.[1]?.replace(/\+0x[0-9a-f]+/g, '');
    if (text !== undefined) this.#add(null, null, 'error', text, null);
    else if (modpost !== null)
      this.#add(null, null, modpost[1] === 'ERROR' ? 'error' : 'warning', modpost[2] ?? '', null);
    else if (gaveUp !== null && !this.entries.some((each) => each.observation.severity === 'error'))
      this.#add(null, null, 'error', gaveUp[1] ?? '', null);
  }

  #add(
    path: string | null,
    line: number | null,
    word: 'error' | 'warning',
    message: string,
    unit: string | null,
  ): void {
    const details: string[] = [];
    this.#details = details;
    // A header's warning comes once for every file that includes it.
    const key = JSON.stringify([path, line, word, message]);
    if (this.#seen.has(key)) return;
    this.#seen.add(key);
    const observation = { rule: `${this.#step}/${word}`, severity: word, path, line, message };
    this.entries.push({ unit, observation, details });
  }

  #detail(line: string): void {
    if (this.#details !== null && this.#details.length < MOST_DETAIL) this.#details.push(line);
  }
}
