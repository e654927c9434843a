/**
 * The kernel's MAINTAINERS file as data: sections of a title and lines `X: value`. Format: the head of
 * that file itself; behaviour as of `scripts/get_maintainer.pl` of Linux 6.1. Trees before 2.6.30 have
 * no `F:`, and name people on two lines, `P:` and `M:`; an overlay tells which files are whose.
 */

/** One line of a section. */
export interface Entry {
  /** `M`, `L`, `F`, … */
  readonly letter: string;
  readonly value: string;
  readonly file: string;
  /** Counted from 1. */
  readonly line: number;
}

/** One subsystem. */
export interface Section {
  readonly title: string;
  readonly entries: readonly Entry[];
}

const ENTRY = /^([A-Z]):\s*(.*)$/;

/** Read a MAINTAINERS file. A section is a line of text with entries directly below it. */
export function parseMaintainers(text: string, file: string): Section[] {
  const sections: { title: string; entries: Entry[] }[] = [];
  let title: string | null = null;
  let open = false;
  for (const [index, raw] of text.split('\n').entries()) {
    const line = raw.replace(/\r$/, '');
    const match = ENTRY.exec(line);
    if (match !== null) {
      if (!open) sections.push({ title: title ?? '', entries: [] });
      open = true;
      const entry = {
        letter: match[1] ?? '',
        value: (match[2] ?? '').trimEnd(),
        file,
        line: index + 1,
      };
      sections.at(-1)?.entries.push(entry);
    } else if (!/^\s*(?:#|$)/.test(line)) {
      // Blank lines and comments do not end a section; only the next title does.
      title = line.trim();
      open = false;
    }
  }
  return sections.map((section) => ({ ...section, entries: withNames(section.entries) }));
}

/**
 * Old files name a person on a line `P:` and the address on the `M:` below. Today `P:` is a document
 * about the subsystem, which has a slash in it, and `M:` has both.
 */
function withNames(entries: readonly Entry[]): Entry[] {
  const names: Entry[] = [];
  return entries.flatMap((entry) => {
    if (entry.letter === 'P' && !/[/<@]/.test(entry.value)) {
      names.push(entry);
      return [];
    }
    const bare = entry.letter === 'M' && /^[^\s<>]+@[^\s<>]+$/.test(entry.value);
    const name = bare ? names.shift() : undefined;
    return [name === undefined ? entry : { ...entry, value: `${name.value} <${entry.value}>` }];
  });
}

/**
 * Sections with the entries of an overlay: a section of the same title gets its lines too, another
 * one is new. For trees whose own file does not say which files belong to whom.
 */
export function withOverlay(sections: readonly Section[], overlay: readonly Section[]): Section[] {
  const added = new Map(overlay.map((section) => [section.title, section]));
  const merged = sections.map((section) => {
    const more = added.get(section.title);
    added.delete(section.title);
    return more === undefined
      ? section
      : { ...section, entries: [...section.entries, ...more.entries] };
  });
  return [...merged, ...added.values()];
}

/** Values of the entries with this letter. */
export function valuesOf(section: Section, letter: string): string[] {
  return section.entries.flatMap((entry) => (entry.letter === letter ? [entry.value] : []));
}
