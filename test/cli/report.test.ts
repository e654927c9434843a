import { fc, test as property } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import { printable } from '../../tools/report/printable.ts';
import { Report } from '../../tools/report/report.ts';
import { wantsColor } from '../../tools/report/style.ts';
import { formatTable } from '../../tools/report/table.ts';
import { displayWidth, truncate, wrap } from '../../tools/report/width.ts';

describe('printable', () => {
  test.each([
    ['an escape sequence', '\x1b]0;owned\x07', '\\x1b]0;owned\\x07'],
    ['the eight-bit form of one', '\x9b31m', '\\x9b31m'],
    ['a line end and a tab', 'a\nb\tc\r', 'a\\nb\\tc\\r'],
    ['a text turned around', 'x\u202egpj.c', 'x\\u202egpj.c'],
    ['text of people', 'Jürgen 東京 🙂', 'Jürgen 東京 🙂'],
  ])('%s', (_, text, shown) => expect(printable(text)).toBe(shown));

  test('bytes that are no UTF-8 show as what they are', () => {
    expect(printable(Uint8Array.of(0x4a, 0xfc, 0x72))).toBe('J\\xfcr');
    expect(printable(Buffer.from('Jür'))).toBe('Jür');
  });

  test('lines stay lines on request, and nothing else does', () => {
    expect(printable('a\n\tb\r\x1b', { lines: true })).toBe('a\n\tb\\r\\x1b');
  });

  property.prop([fc.uint8Array()])('no bytes get control characters through', (bytes) => {
    expect(printable(bytes)).not.toMatch(/[\0-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/u);
  });
});

describe('width', () => {
  test.each([
    ['abc', 3],
    ['東京', 4],
    ['e\u0301', 1],
    ['🙂', 2],
    ['', 0],
  ])('%j takes %i columns', (text, width) => expect(displayWidth(text)).toBe(width));

  property.prop([fc.string({ unit: 'grapheme' }), fc.integer({ min: 0, max: 20 })])(
    'cut text fits',
    (text, width) => {
      expect(displayWidth(truncate(text, width))).toBeLessThanOrEqual(width);
    },
  );

  property.prop([fc.lorem({ maxCount: 40 }), fc.integer({ min: 12, max: 60 })])(
    'wrapping keeps the words and the width',
    (text, width) => {
      const lines = wrap(text, width);
      expect(lines.join(' ')).toBe(text);
      for (const line of lines) expect(line.length).toBeLessThanOrEqual(width);
    },
  );
});

describe('tables', () => {
  const columns = [
    { title: 'patch', shrink: true },
    { title: 'hunks', align: 'right' as const },
  ];
  const rows = [
    ['mm: account pages', '3'],
    ['net: 東京', '12'],
  ];

  test('columns are aligned', () => {
    expect(formatTable(columns, rows, Infinity)).toEqual([
      'patch              hunks',
      'mm: account pages      3',
      'net: 東京             12',
    ]);
  });

  test('the column that may shrink gives way', () => {
    expect(formatTable(columns, rows, 20)).toEqual([
      'patch          hunks',
      'mm: account …      3',
      'net: 東京         12',
    ]);
  });

  test('without rows or titles there is nothing', () => {
    expect(formatTable([{}, {}], [], 80)).toEqual([]);
  });

  test('colour does not count as width, and does not run under blanks', () => {
    const style = (cell: string): string => `<${cell}>`;
    expect(
      formatTable(
        [{ style }, {}],
        [
          ['ok', 'a'],
          ['failed', 'b'],
        ],
        80,
      ),
    ).toEqual(['<ok>      a', '<failed>  b']);
  });
});

test.each([
  ['always', false, {}, true],
  ['never', true, {}, false],
  ['auto', true, {}, true],
  ['auto', false, {}, false],
  ['auto', true, { NO_COLOR: '1' }, false],
  ['auto', true, { NO_COLOR: '' }, true],
  ['auto', true, { TERM: 'dumb' }, false],
  ['always', true, { NO_COLOR: '1' }, true],
])('--color %s, terminal %s, %j: %s', (when, isTTY, env, expected) => {
  expect(wantsColor(when, { isTTY }, env)).toBe(expected);
});

describe('the status line', () => {
  function open(isTTY: boolean, quiet = false) {
    let time = 0;
    const written: string[] = [];
    const stream = { isTTY, columns: 60, write: (text: unknown) => written.push(String(text)) };
    const report = new Report({
      stdout: stream,
      stderr: stream,
      now: () => new Date(time),
      quiet,
      verbose: false,
      color: { stdout: false, stderr: false },
      columns: 60,
    });
    return { report, written, wait: (ms: number) => void (time += ms) };
  }

  test('appears after a while, says how far and how fast, and is wiped before output', () => {
    const { report, written, wait } = open(true);
    const status = report.status('applying patches', 100);
    wait(200);
    status.update(10);
    expect(written).toEqual([]);
    wait(300);
    status.update(25, 'mm: \x1b[31m');
    status.update(26);
    wait(40);
    status.update(30);
    report.print('done');
    expect(written).toEqual([
      '\r\x1b[Kapplying patches: 25/100 (50/s, 2 s left) mm: \\x1b[31m',
      '\r\x1b[Kapplying patches: 30/100 (56/s, 1 s left)',
      '\r\x1b[K',
      'done\n',
    ]);
  });

  test('is at most as wide as the terminal', () => {
    const { report, written, wait } = open(true);
    const status = report.status('applying patches', 100);
    wait(500);
    status.update(25, 'x'.repeat(200));
    expect(displayWidth(written[0]?.slice(4) ?? '')).toBe(59);
  });

  test.each([
    ['no terminal', false, false],
    ['--quiet', true, true],
  ])('never appears with %s', (_, isTTY, quiet) => {
    const { report, written, wait } = open(isTTY, quiet);
    const status = report.status('applying patches', 100);
    wait(5000);
    status.update(50);
    report.clearStatus();
    expect(written).toEqual([]);
  });
});
