/** MAINTAINERS of the modelled kernel: each file belongs to somebody, and each pattern to a file. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { SOURCE } from './kernel.ts';

interface Section {
  readonly title: string;
  readonly fields: readonly { readonly tag: string; readonly value: string }[];
}

/** Sections are paragraphs: a title, then lines of one letter, a colon and a value. */
function readSections(text: string): Section[] {
  return text
    .split(/\n{2,}/)
    .filter((paragraph) => /^[A-Z]:\t/m.test(paragraph))
    .map((paragraph) => {
      const [title = '', ...lines] = paragraph.trimEnd().split('\n');
      return {
        title,
        fields: lines.map((line) => ({ tag: line.slice(0, 1), value: line.slice(3) })),
      };
    });
}

/** As get_maintainer.pl has it: a folder means all below it, '*' stays within a folder. */
function covers(pattern: string, path: string): boolean {
  const literal = pattern.replaceAll(/[.+^$()[\]{}|\\]/g, '\\$&');
  const glob = literal.replaceAll('*', '[^/]*').replaceAll('?', '[^/]');
  return new RegExp(`^${glob}${pattern.endsWith('/') ? '' : '$'}`).test(path);
}

const sections = readSections(readFileSync(join(SOURCE, 'MAINTAINERS'), 'utf8'));
const values = (section: Section, tag: string): string[] =>
  section.fields.filter((field) => field.tag === tag).map(({ value }) => value);

/** What is in the repository or may come to be, but not what building makes. */
const listed = spawnSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
  cwd: SOURCE,
  encoding: 'utf8',
});
const files = (listed.stdout ?? '').split('\n').filter(Boolean);

describe.skipIf(listed.status !== 0)('MAINTAINERS', () => {
  test('has an owner for every file', () => {
    expect(files.length).toBeGreaterThan(300);
    const owned = sections.filter(({ title }) => title !== 'THE REST');
    const patterns = owned.flatMap((section) => values(section, 'F'));
    expect(files.filter((path) => !patterns.some((pattern) => covers(pattern, path)))).toEqual([]);
  });

  test('has no pattern that no file fits', () => {
    const stale = sections
      .flatMap((section) => values(section, 'F'))
      .filter((pattern) => !files.some((path) => covers(pattern, path)));
    expect(stale).toEqual([]);
  });

  test.for(sections)('$title is a role, with an address that nobody has', (section) => {
    expect(section.fields.filter(({ tag }) => !'MLSFX'.includes(tag))).toEqual([]);
    expect(values(section, 'S')).toEqual(['Maintained']);
    const people = values(section, 'M');
    expect(people.length).toBeGreaterThan(0);
    for (const person of people)
      expect(person).toMatch(/^\w[\w ]* maintainers <\w+@seam\.invalid>$/);
  });
});
