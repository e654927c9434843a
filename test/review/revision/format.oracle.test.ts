/** The same two versions given to Seam and to `git range-diff`: the same bytes. */
import { describe, expect, test } from 'vitest';
import { compareVersions } from '../../../review/revision/compare.ts';
import { formatComparison } from '../../../review/revision/format.ts';
import { readDiffering, readGitRange } from '../../../tools/series/git-range.ts';
import { bytesOf } from '../../../tools/series/text.ts';
import { has, io, raw, run, scratch } from '../../series/support.ts';

type Files = Readonly<Record<string, string>>;
/** A commit: its message and the files that it leaves behind other than they were; '' takes one away. */
type Commit = readonly [message: string, files: Files];

/** Commits on branches, written by one git process. */
function repository(base: Files, branches: Readonly<Record<string, readonly Commit[]>>): string {
  const dir = scratch();
  const parts: string[] = [];
  const commit = (ref: string, message: string, files: Files, from = ''): void => {
    const text = Buffer.from(message).toString('latin1');
    parts.push(`commit refs/heads/${ref}\nauthor A <a@seam.invalid> 1000000000 +0000\n`);
    parts.push(
      `committer A <a@seam.invalid> 1000000000 +0000\ndata ${text.length}\n${text}\n${from}`,
    );
    for (const [path, content] of Object.entries(files)) {
      if (content === '') parts.push(`D ${path}\n`);
      else parts.push(`M 100644 inline ${path}\ndata ${content.length}\n${content}\n`);
    }
  };
  commit('base', 'base\n', base);
  for (const [ref, commits] of Object.entries(branches)) {
    for (const [index, [message, files]] of commits.entries())
      commit(ref, message, files, index === 0 ? 'from refs/heads/base\n' : '');
  }
  run(['git', 'init', '-q', '--bare', '.'], dir);
  run(['git', 'fast-import', '--quiet'], dir, bytesOf(parts.join('')));
  return dir;
}

async function both(dir: string): Promise<{ ours: string; theirs: string }> {
  const [old, next] = [
    await readGitRange('base..v1', dir, io),
    await readGitRange('base..v2', dir, io),
  ];
  const lines = formatComparison(compareVersions(old, next), { plain: true });
  const places = ['base..v1', 'base..v2'].map((range) => ({ range, directory: dir }));
  const [leanOld, leanNext] = await readDiffering([places[0]!, places[1]!], io);
  // What both have alike is not read, and nothing else comes of it.
  const lean = compareVersions(leanOld, leanNext);
  expect(formatComparison(lean)).toEqual(formatComparison(compareVersions(old, next)));
  const theirs = run(
    ['git', '-c', 'core.abbrev=12', 'range-diff', '--no-color', 'base..v1', 'base..v2'],
    dir,
  );
  return { ours: lines.map((line) => `${line}\n`).join(''), theirs: raw(theirs) };
}

const lines = (count: number, tag = 'line'): string[] =>
  Array.from({ length: count }, (_, n) => `${n % 7 === 0 ? 'int f(void)' : '\t'}${tag} ${n};`);
const file = (all: readonly string[]): string => `${all.join('\n')}\n`;
const edited = (all: readonly string[], at: number, ...to: string[]): string[] => [
  ...all.slice(0, at),
  ...to,
  ...all.slice(at + 1),
];

const A = lines(60, 'a');
const B = lines(60, 'b');
const one = edited(A, 20, '\tone;', '\tuno;', '\tune;');
const two = edited(B, 30, '\ttwo;', '\tdue;');
const three = edited(one, 40, '\tthree;');

describe.skipIf(!has('git'))('as git range-diff prints it', () => {
  test.each<[string, readonly Commit[], readonly Commit[]]>([
    ['equal', [['one\n', { a: file(one) }]], [['one\n', { a: file(one) }]]],
    ['nothing', [], []],
    ['only old', [['one\n', { a: file(one) }]], []],
    ['only new', [], [['one\n', { a: file(one) }]]],
    [
      'reworded',
      [['one\n\nBecause.\n\nSigned-off-by: A <a@seam.invalid>\n', { a: file(one) }]],
      [['one more\n\nBecause\tof tabs:\n\n\tand é indents\n', { a: file(one) }]],
    ],
    [
      'changed',
      [
        ['one\n', { a: file(one) }],
        ['two\n', { b: file(two) }],
      ],
      [
        ['one\n', { a: file(edited(one, 21, '\tdos;')) }],
        ['two\n', { b: file(two) }],
      ],
    ],
    [
      'reordered, one dropped, one new',
      [
        ['one\n', { a: file(one) }],
        ['two\n', { b: file(two) }],
        ['three\n', { a: file(three) }],
      ],
      [
        ['new\n', { c: file(lines(5)) }],
        ['two\n', { b: file(two) }],
        ['one\n', { a: file(one) }],
      ],
    ],
    [
      'files that come, go and get new names',
      [
        ['one\n', { a: '', moved: file(A) }],
        ['two\n', { b: '', c: 'no line feed' }],
      ],
      [
        ['one\n', { a: '', moved: file(one) }],
        ['two\n', { b: '', c: 'no line feed at all' }],
      ],
    ],
    [
      'a commit without changes',
      [
        ['empty\n', {}],
        ['one\n', { a: file(one) }],
      ],
      [
        ['empty\n', {}],
        ['one\n', { a: file(one) }],
      ],
    ],
    [
      'a message of several lines',
      [['one\ngoes on\n\n\n\nlate\n', { a: file(one) }]],
      [['one\n', { a: file(one) }]],
    ],
  ])('%s', async (_name, v1, v2) => {
    const base = { a: file(A), b: file(B) };
    const branches = { v1: [['start\n', {}], ...v1], v2: [['start\n', {}], ...v2] } as const;
    const { ours, theirs } = await both(repository(base, branches));
    expect(ours).toBe(theirs);
  });

  test('twelve patches, each edited a little more than the one before', async () => {
    const names = Array.from({ length: 12 }, (_, n) => `f${n}`);
    const base = Object.fromEntries(names.map((name) => [name, file(lines(40, name))]));
    const change = (name: string, more: number): Commit => [
      `${name}: change\n`,
      {
        [name]: file(
          edited(lines(40, name), 20, ...lines(12, 'x').slice(0, 12 - more), ...lines(more, 'y')),
        ),
      },
    ];
    const v1 = names.map((name) => change(name, 0));
    const v2 = names.toReversed().map((name, n) => change(name, n));
    const { ours, theirs } = await both(repository(base, { v1, v2 }));
    expect(ours).toBe(theirs);
  });
});
