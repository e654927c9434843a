/** Cover letters: what Markdown becomes in a mail, and what is refused. */
import { describe, expect, test } from 'vitest';
import { readCover } from '../../review/cover/letter.ts';
import { formatObjection } from '../../review/message/objections.ts';
import { displayWidth } from '../../tools/report/width.ts';

const letter = (body: string): string =>
  readCover(`# a: subject\n\n${body}`, 'cover.md').lines.join('\n');
const refusals = (source: string): string[] =>
  readCover(source, 'cover.md').objections.map(formatObjection);

const LONG = 'word '.repeat(40).trim();

test('paragraphs are filled to 72 columns', () => {
  const lines = readCover(`# s\n\n${LONG}\n`, 'cover.md').lines;
  expect(lines).toHaveLength(3);
  for (const line of lines) expect(displayWidth(line)).toBeLessThanOrEqual(72);
});

test('code is never filled and never broken, within a line either', () => {
  const code = `int a = ${'1 + '.repeat(40)}0;`;
  expect(letter(`\`\`\`c\n${code}\n\n\t${code}\n\`\`\``)).toBe(`    ${code}\n\n    \t${code}`);
  const span = 'a b c d e f g h i j k l m n o p q r s t u v w x y z';
  expect(letter(`${'word '.repeat(8)}\`${span}\` end`).split('\n')).toContain(`\`${span}\` end`);
});

test('lists are nested by what stands in front of their items', () => {
  expect(letter('9. nine\n10. ten\n    - inner\n\n      second paragraph\n    - [x] done\n')).toBe(
    [' 9. nine', '10. ten', '    - inner', '', '      second paragraph', '', '    - [x] done'].join(
      '\n',
    ),
  );
});

test('tables keep their lines, however long', () => {
  const table = letter('| a | right |\n| - | ----: |\n| `x y z` | 1 |\n| w | 22222 |');
  expect(table).toMatchInlineSnapshot(`
    "a        right
    -------  -----
    \`x y z\`      1
    w        22222"
  `);
});

test('addresses of links stand once each below the text, notes after them as they are named', () => {
  expect(
    letter(
      'See [one](https://a.example/1), [two][t], [one again](https://a.example/1)[^n], https://b.example/\n\n[t]: https://a.example/2\n[^n]: A note.',
    ),
  ).toMatchInlineSnapshot(`
    "See one [1], two [2], one again [1] [3], https://b.example/

    [1] https://a.example/1
    [2] https://a.example/2
    [3] A note."
  `);
});

test('quotes, headings, breaks and rules', () => {
  expect(
    letter('## Two\n\n### API\n\n#### Four\n\n> quoted\\\n> text\n\n---\n\n*a* **b** ~~c~~ &amp;'),
  ).toBe(
    [
      'Two',
      '====',
      '',
      'API',
      '----',
      '',
      'Four:',
      '',
      '> quoted',
      '> text',
      '',
      '* * *',
      '',
      '*a* *b* ~~c~~ &',
    ].join('\n'),
  );
});

test('no line of a letter ends the message of a mail', () => {
  const body = '### abc\n\n---\n\n| abc |\n| --- |\n| x |\n\n***\n\n> ---\n\n- ---\n';
  for (const line of readCover(`# s\n\n${body}`, 'c').lines)
    expect(line).not.toMatch(/^---(?: \S|$)/);
});

test('facts in front', () => {
  const { facts, objections } = readCover(
    [
      '---',
      'prefix: net-next rfc',
      'version: 3',
      'from: "Doe, J." <j@a.invalid>',
      'to: [a@a.invalid, Bé <b@a.invalid>]',
      'depends-on:',
      '  - uts',
      '  - <x@y>',
      'base-commit: 0000000000000000000000000000000000000000',
      'date: 2026-11-21 12:00:00 +0100',
      'change-id: 20261121-uts-0123456789ab',
      'open-questions: Is `a  b` right?',
      '---',
      '# s',
      'text',
    ]
      .join('\n')
      .replace('from: "Doe, J." <j@a.invalid>', 'from: \'"Doe, J." <j@a.invalid>\''),
    'cover.md',
  );
  expect(objections).toEqual([]);
  expect(facts).toEqual({
    prefix: 'RFC PATCH net-next',
    version: 3,
    from: { name: 'Doe, J.', email: 'j@a.invalid' },
    to: [
      { name: '', email: 'a@a.invalid' },
      { name: 'Bé', email: 'b@a.invalid' },
    ],
    cc: [],
    dependsOn: ['uts', '<x@y>'],
    openQuestions: [{ text: 'Is `a  b` right?', line: 12 }],
    baseCommit: '0'.repeat(40),
    changeId: '20261121-uts-0123456789ab',
    date: { seconds: 1795258800, zone: 60 },
  });
});

test('questions and changes stand behind the letter, links behind all', () => {
  const source = '---\nopen-questions: [one, "[two](https://q.example/)"]\n---\n# s\n\ntext\n';
  expect(
    readCover(source, 'c', { changes: '## Changes since v1\n\n- [all](https://c.example/)\n' })
      .lines,
  ).toEqual([
    'text',
    '',
    'Open questions',
    '==============',
    '',
    '1. one',
    '2. two [1]',
    '',
    'Changes since v1',
    '================',
    '',
    '- all [2]',
    '',
    '[1] https://q.example/',
    '[2] https://c.example/',
  ]);
  const own = readCover('# s\n\n## Changes since v1\n\nmine\n', 'c', {
    changes: '## Changes since v1\n\nmade\n',
  });
  expect(own.lines).toEqual(['Changes since v1', '================', '', 'mine']);
});

describe('refused, with file and line', () => {
  test.each([
    [
      'what is to be filled in',
      '# s\n\ntext\n\nmore TODO here',
      "cover.md:5: 'TODO' is left to be filled in",
    ],
    [
      "git's template",
      '# *** SUBJECT HERE ***\n\ntext',
      "cover.md:1: '*** SUBJECT HERE ***' is left to be filled in",
    ],
    ['braces', '# s\n\n{{ numbers }}', "cover.md:3: '{{ numbers }}' is left to be filled in"],
    [
      'a question left open',
      '---\nopen-questions:\n  - a?\n  - TBD\n---\n# s\n\nt',
      "cover.md:4: 'TBD' is left to be filled in",
    ],
    ['a control character', '# s\n\na\u001bb', 'cover.md:3: control character U+001B'],
    ['turned text', '# s\n\nfine\na\u202eb', 'cover.md:4: mark that turns text around U+202E'],
    ['no subject', 'text only', 'cover.md:1: no subject: the letter begins with a line # Subject'],
    ['no text', '# s\n', 'cover.md:1: no text below the subject'],
    [
      'brackets',
      '# [PATCH 0/3] s\n\ntext',
      'cover.md:1: the subject begins with a bracket; seam thread writes those',
    ],
    [
      'an image',
      '# s\n\ntext\n\n![x](https://e.example/)',
      'cover.md:5: a mail of plain text holds no image',
    ],
    [
      'HTML',
      '# s\n\na <b>c</b>',
      "cover.md:3: '<b>' is HTML; put it between backticks if it is meant as text",
    ],
    [
      'a link to a file',
      '# s\n\n[a](doc.txt)',
      "cover.md:3: 'doc.txt' is no address that a reader of mail can open",
    ],
    [
      'a script',
      '# s\n\n[a](javascript:alert)',
      "cover.md:3: 'javascript:alert' is no address that a reader of mail can open",
    ],
    [
      'a wide table',
      `# s\n\n| a |\n| - |\n| ${'x'.repeat(120)} |`,
      'cover.md:3: table is 120 columns wide, above the limit of 100',
    ],
    [
      'a line no mail can hold',
      `# s\n\n    ${'x'.repeat(1000)}`,
      'cover.md:3: a line of code has more than 998 bytes',
    ],
    [
      'an unknown key',
      '---\nverson: 2\n---\n# s\n\nt',
      "cover.md:2: unknown key 'verson'; did you mean 'version'?",
    ],
    [
      'a version that is none',
      '---\nversion: two\n---\n# s\n\nt',
      "cover.md:2: 'two' is not a number from 1 on",
    ],
    [
      'a prefix with a version',
      '---\nprefix: PATCH v2\n---\n# s\n\nt',
      "cover.md:2: 'PATCH v2' is not words for the brackets, without version and numbers: 'RFC PATCH'",
    ],
    [
      'a header in a prefix',
      '---\nprefix: "PATCH]\\nBcc: x@y.z"\n---\n# s\n\nt',
      "cover.md:2: 'PATCH]\nBcc: x@y.z' is not words for the brackets, without version and numbers: 'RFC PATCH'",
    ],
    [
      'an unknown recipient',
      '---\nto:\n  - a@a.invalid\n  - alice\n---\n# s\n\nt',
      "cover.md:4: 'alice' is not an address such as Name <name@host>",
    ],
    [
      'two addresses in one',
      '---\ncc: "A <a@a.invalid>, B <b@b.invalid>"\n---\n# s\n\nt',
      "cover.md:2: 'A <a@a.invalid>, B <b@b.invalid>' is not an address such as Name <name@host>",
    ],
    [
      'YAML that is none',
      '---\nto: [a\n---\n# s\n\nt',
      expect.stringMatching(/^cover\.md:\d+: no YAML: /) as string,
    ],
    [
      'facts without end',
      '---\nto: a@b.c\n# s\n\nt',
      'cover.md:1: the facts in front do not end: a line --- is missing',
    ],
    [
      'nested facts',
      '---\nto:\n  a: b\n---\n# s\n\nt',
      "cover.md:2: 'to' takes text or a list of texts",
    ],
    [
      'a dependency that is none',
      '---\ndepends-on: a b\n---\n# s\n\nt',
      "cover.md:2: 'a b' is no topic, no <message-id> and no URL",
    ],
  ])('%s', (_, source, expected) => {
    const found = refusals(source);
    expect(found).toContainEqual(expected);
  });

  test('but code, comments and addresses may hold such words', () => {
    expect(
      refusals(
        '# s\n\n`TODO` [x](https://a.example/TODO) <!-- TODO -->\n\n    FIXME\n\n```\n???\n```\n',
      ),
    ).toEqual([]);
  });
});

test('CR LF and a byte order mark change nothing', () => {
  const source = '---\nversion: 2\n---\n# s\n\ntext\nmore\n';
  expect(readCover(`\ufeff${source.replaceAll('\n', '\r\n')}`, 'c')).toEqual(
    readCover(source, 'c'),
  );
});
