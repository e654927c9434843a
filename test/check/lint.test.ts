import { expect, test } from 'vitest';
import { lintPatch, repeatedSubjects } from '../../tools/check/lint/lint.ts';
import { parsePatch } from '../../tools/series/patchfile.ts';

interface Parts {
  readonly from?: string;
  readonly subject?: string;
  readonly body?: string;
  readonly trailers?: string;
  readonly diff?: string;
}

const SIGNED = 'Signed-off-by: A U Thor <author@example.com>';
const DIFF = '--- a/f.c\n+++ b/f.c\n@@ -1 +1,2 @@\n a\n+b\n';

function patch({ from, subject, body, trailers, diff }: Parts, name = 'p.patch') {
  const head = `From: ${from ?? 'A U Thor <author@example.com>'}\nSubject: [PATCH] ${subject ?? 'net: do it'}\n\n`;
  const text = `${head}${body ?? 'Because it helps.\n'}\n${trailers ?? SIGNED}\n---\n${diff ?? DIFF}`;
  return parsePatch(Buffer.from(text), { name });
}

/** Rules, with the line where there is one. */
function rules(parts: Parts): string[] {
  return lintPatch(patch(parts)).map(({ rule, line }) =>
    line === null ? rule : `${rule}:${line}`,
  );
}

const added = (...lines: readonly string[]): Parts => ({
  diff: `--- a/f.c\n+++ b/f.c\n@@ -9 +9,${1 + lines.length} @@\n a\n${lines.map((line) => `+${line}\n`).join('')}`,
});

test.each<[what: string, parts: Parts, rules: string[]]>([
  ['nothing wrong', {}, []],
  ['no colon', { subject: 'do it' }, ['lint/subject-form']],
  ['a revert', { subject: 'Revert "net: do it"' }, []],
  ['several parts', { subject: 'net/ipv4, ipv6: do it' }, []],
  ['a full stop', { subject: 'net: do it.' }, ['lint/subject-stop']],
  ['a long subject', { subject: `net: ${'x'.repeat(71)}` }, ['lint/subject-length']],
  ['no body', { body: '' }, ['lint/body']],
  ['a wide body', { body: `${'word '.repeat(16)}\n` }, ['lint/body-width']],
  ['a wide log', { body: `Because:\n\n  ${'word '.repeat(16)}\n` }, []],
  ['hidden in the body', { body: 'Because \u202eit helps.\n' }, ['lint/hidden-character']],
  ['no sign-off', { trailers: 'Acked-by: B <b@example.com>' }, ['lint/sign-off']],
  ['signed by another', { trailers: 'Signed-off-by: B <b@example.com>' }, ['lint/sign-off']],
  ['signed in other letters', { trailers: SIGNED.replace('author@', 'Author@') }, []],
  ['passed on', { trailers: `${SIGNED}\nSigned-off-by: B <b@example.com>` }, []],
  ['signed twice', { trailers: `${SIGNED}\n${SIGNED}` }, ['lint/trailer-twice']],
  [
    'signed in the middle',
    { trailers: `${SIGNED}\n\nAnd more text.\n` },
    ['lint/sign-off', 'lint/trailer-place'],
  ],
  ['a spelling', { trailers: SIGNED.replace('-off-by', '-Off-By') }, ['lint/trailer-form']],
  ['nobody', { trailers: `Reviewed-by: somebody\n${SIGNED}` }, ['lint/trailer-form']],
  ['Fixes', { trailers: `Fixes: 0123456789ab ("net: break it")\n${SIGNED}` }, []],
  [
    'Fixes, short',
    { trailers: `Fixes: 0123456 ("net: break it")\n${SIGNED}` },
    ['lint/fixes-form'],
  ],
  ['Fixes, no subject', { trailers: `Fixes: 0123456789ab\n${SIGNED}` }, ['lint/fixes-form']],
  [
    'a co-developer who signs',
    { trailers: `Co-developed-by: B <b@example.com>\nSigned-off-by: B <b@example.com>\n${SIGNED}` },
    [],
  ],
  [
    'one who does not',
    { trailers: `Co-developed-by: B <b@example.com>\n${SIGNED}` },
    ['lint/co-developed'],
  ],
  ['trailing space', added('b', 'c '), ['lint/trailing-space:11']],
  ['space before tab', added(' \tb'), ['lint/space-before-tab:10']],
  ['a tab, then spaces', added('\t  b'), []],
  [
    'conflict markers',
    added('<<<<<<< ours', '=======', '>>>>>>> theirs'),
    ['lint/conflict-marker:10', 'lint/conflict-marker:12'],
  ],
  ['hidden in a line', added('/* \u2066 */'), ['lint/hidden-character:10']],
  ['no line feed', { diff: `${DIFF}\\ No newline at end of file\n` }, ['lint/no-newline:2']],
  [
    'a blank end',
    { diff: '--- /dev/null\n+++ b/f.c\n@@ -0,0 +1,2 @@\n+a\n+\n' },
    ['lint/blank-at-end:2'],
  ],
  [
    'executable',
    { diff: 'diff --git a/f.c b/f.c\nold mode 100644\nnew mode 100755\n' },
    ['lint/mode'],
  ],
  ['white space among others', { diff: `${DIFF}@@ -9 +10 @@\n-if(x)\n+if (x)\n` }, ['lint/mixed']],
  ['white space alone', { diff: '--- a/f.c\n+++ b/f.c\n@@ -9 +9 @@\n-if(x)\n+if (x)\n' }, []],
  ['much', added(...Array.from({ length: 501 }, () => 'x')), ['lint/large']],
  ['very much', added(...Array.from({ length: 50 }, () => 'x'.repeat(3000))), ['lint/mail-size']],
])('%s', (_, parts, expected) => {
  expect(rules(parts)).toEqual(expected);
});

test('two patches of one subject', () => {
  const [first, second, third] = [
    patch({}, 'a'),
    patch({}, 'b'),
    patch({ subject: 'net: else' }, 'c'),
  ];
  const found = repeatedSubjects([first, second, third]);
  expect([...found].map(([{ name }, { message }]) => [name, message])).toEqual([
    ['b', "subject is that of 'a'"],
  ]);
});
