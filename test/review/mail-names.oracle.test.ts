/** Names of mails as files, against `git format-patch`. */
import { describe, expect, test } from 'vitest';
import { fileName } from '../../review/message/mailbox.ts';
import { run, scratch } from '../series/support.ts';

const SUBJECTS = [
  'uts: a subject',
  'utsname: leave nothing of a longer name behind a shorter one, or beside it',
  'ipc: nothing behind the sixty-fourth character, and no dash, please',
  'x86/sgx: "quotes" & others ...',
  'caf\u00e9: \u2026 and dots.. in a row',
  '  blanks   between, and at the end:  ',
];

describe('names of mails', () => {
  test.each([1, 2, 12])('of version %i are those of git format-patch', (version) => {
    const dir = scratch();
    run(['git', 'init', '-q'], dir);
    run(['git', 'commit', '-q', '--allow-empty', '-m', 'base'], dir);
    for (const subject of SUBJECTS)
      run(['git', 'commit', '-q', '--allow-empty', '-m', subject], dir);
    const range = `HEAD~${SUBJECTS.length}`;
    const options = ['--always', '--cover-letter', ...(version === 1 ? [] : [`-v${version}`])];
    const names = Buffer.from(
      run(['git', 'format-patch', ...options, '-o', 'out', range], dir),
    ).toString();
    const theirs = names.trim().split('\n');
    const cover = { part: 'cover', number: 0, subject: 'whatever' } as const;
    const mails = SUBJECTS.map((subject, index) => ({
      part: 'patch' as const,
      number: index + 1,
      subject: subject.trim(),
    }));
    expect([cover, ...mails].map((mail) => `out/${fileName(mail, version)}`)).toEqual(theirs);
  });

  test('an answer is told apart', () => {
    const mail = { part: 'reply', number: 1, subject: 'uts: a subject' } as const;
    expect(fileName(mail, 2)).toBe('v2-0001-uts-a-subject.reply');
  });
});
