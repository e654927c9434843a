import { expect, test } from 'vitest';
import { parseCommandLine } from '../../tools/commands/program.ts';
import { type AnyVerb, defineVerb, entry } from '../../tools/commands/types.ts';

const cut = defineVerb({
  name: 'cut',
  group: 'read',
  summary: 'a verb with every kind of option',
  description: ['For tests.'],
  arguments: [
    { name: 'from', summary: 'a patch', kind: 'patch' },
    { name: 'rest', summary: 'more', optional: true, variadic: true },
  ],
  options: {
    '3way': { type: 'flag', summary: 'merge' },
    'config-set': { type: 'text', value: 'SET', summary: 'which' },
    exclude: { type: 'list', value: 'GLOB', summary: 'not these' },
    jobs: { type: 'number', short: 'j', value: 'N', min: 1, summary: 'how many' },
    format: { type: 'choice', value: 'FORM', choices: ['text', 'dot'], summary: 'how' },
    revision: { type: 'number', short: 'v', value: 'N', summary: 'as in format-patch' },
  },
  examples: [['seam cut a', 'cut']],
});

const gc = defineVerb({
  name: 'store gc',
  group: 'read',
  summary: 'a verb of two words',
  description: ['For tests.'],
  arguments: [],
  options: {},
  examples: [['seam store gc', 'clean']],
});

const verbs: readonly AnyVerb[] = [
  entry(cut, () => Promise.resolve({ run: () => 0 })),
  entry(gc, () => Promise.resolve({ run: () => 0 })),
];

test('options come back under their own names, typed, with empty values filled in', () => {
  const { verb, args, options } = parseCommandLine(verbs, ['cut', 'a']);
  expect(verb?.name).toBe('cut');
  expect(args).toEqual(['a', []]);
  expect(options).toEqual({
    '3way': false,
    'config-set': undefined,
    exclude: [],
    jobs: undefined,
    format: undefined,
    revision: undefined,
  });
});

test('every kind of option is read', () => {
  const words = 'cut -j 3 --3way a --config-set=all --exclude x --exclude y --format dot b'.split(
    ' ',
  );
  expect(parseCommandLine(verbs, words)).toMatchObject({
    args: ['a', ['b']],
    options: { '3way': true, 'config-set': 'all', exclude: ['x', 'y'], jobs: 3, format: 'dot' },
  });
});

test('words after -- are arguments, whatever they look like', () => {
  const { args, globals } = parseCommandLine(verbs, ['cut', 'a', '--', 'make', '-j2', '--json']);
  expect(args).toEqual(['a', ['make', '-j2', '--json']]);
  expect(globals).toMatchObject({ json: false });
});

test('a verb may have a letter of a global option; before the verb it is global still', () => {
  expect(parseCommandLine(verbs, ['-v', 'cut', '-v', '2', 'a'])).toMatchObject({
    options: { revision: 2 },
    globals: { verbose: true },
  });
  expect(parseCommandLine(verbs, ['cut', '--verbose', 'a']).globals).toMatchObject({
    verbose: true,
  });
});

test('global options count before and after the verb, the later one more', () => {
  const words = '--base x -C a --json cut --base y -C b p'.split(' ');
  expect(parseCommandLine(verbs, words).globals).toMatchObject({
    base: 'y',
    directory: ['a', 'b'],
    json: true,
  });
});

test('a verb of two words, and its family alone', () => {
  expect(parseCommandLine(verbs, ['store', 'gc']).verb?.name).toBe('store gc');
  expect(() => parseCommandLine(verbs, ['store'])).toThrow(
    expect.objectContaining({ code: 'usage-incomplete-verb', kind: 'usage' }),
  );
  expect(() => parseCommandLine(verbs, ['store', 'gcc'])).toThrow(
    expect.objectContaining({ code: 'usage-unknown-command', hint: "did you mean 'gc'?" }),
  );
});

test.each(['0', '-1', '1.5', 'x', '1e3', '9007199254740993', ''])(
  '--jobs %j is refused',
  (text) => {
    expect(() => parseCommandLine(verbs, ['cut', 'a', `--jobs=${text}`])).toThrow(
      expect.objectContaining({ kind: 'usage' }),
    );
  },
);
