import { describe, expect, test } from 'vitest';
import { compareVersions } from '../../../review/revision/compare.ts';
import { adviseTrailers, formatAdvice } from '../../../review/revision/trailers.ts';
import { type Facts, added, patch } from './support.ts';

const REVIEWED = 'Reviewed-by: R <r@seam.invalid>';
const TESTED = 'Tested-by: T <t@seam.invalid>';
const REPORTED = 'Reported-by: U <u@seam.invalid>';
const SIGNED = 'Signed-off-by: A <a@seam.invalid>';

const code = (last: string, above = 'above') => ({
  'mm/a.c': [` ${above}`, ...added('a', 20), `+${last};`],
});

/** `fate key` for each tag. */
function told(old: Facts, next: Facts): string[] {
  const base = { files: code('x') };
  const comparison = compareVersions([patch({ ...base, ...old })], [patch({ ...base, ...next })]);
  return adviseTrailers(comparison).map(({ fate, trailer }) => `${fate} ${trailer.key}`);
}

describe('tags of reviewers', () => {
  const tags = { trailers: [REPORTED, REVIEWED, TESTED, SIGNED] };
  test.each<[string, Facts]>([
    ['nothing', {}],
    ['the message', { body: 'Else.' }],
    ['the context', { files: code('x', 'moved') }],
    ['white space', { files: code('  x') }],
  ])('are carried when %s changed', (_what, facts) => {
    const none = { ...facts, trailers: [SIGNED] };
    expect(told(tags, { ...facts, ...tags })).toEqual([
      'keep Reported-by',
      'keep Reviewed-by',
      'keep Tested-by',
    ]);
    expect(told(tags, none)).toEqual(['add Reported-by', 'add Reviewed-by', 'add Tested-by']);
  });

  test('are asked for again when the code changed, those that tell of origins are not', () => {
    const files = code('y');
    expect(told(tags, { files, trailers: [SIGNED] })).toEqual([
      'add Reported-by',
      'ask Reviewed-by',
      'ask Tested-by',
    ]);
    expect(told(tags, { ...tags, files })).toEqual([
      'keep Reported-by',
      'recheck Reviewed-by',
      'recheck Tested-by',
    ]);
  });

  test('a person is one, however the name is written', () => {
    const other = { trailers: ['reviewed-by: "R. R." <R@seam.invalid>', SIGNED] };
    expect(told({ trailers: [REVIEWED] }, other)).toEqual(['keep Reviewed-by']);
  });

  test('that came in replies count like those of the patch, once', () => {
    const [old, next] = [patch({ trailers: [REVIEWED] }), patch({ trailers: [SIGNED] })];
    const given = new Map([
      [
        0,
        [
          { key: 'Acked-by', value: 'B <b@seam.invalid>' },
          { key: 'Reviewed-by', value: 'R <r@seam.invalid>' },
        ],
      ],
    ]);
    const advice = adviseTrailers(compareVersions([old], [next]), given);
    expect(advice.map(({ fate, trailer }) => `${fate} ${trailer.key}`)).toEqual([
      'add Reviewed-by',
      'add Acked-by',
    ]);
  });

  test('of patches that were put together hold for none of them', () => {
    const parts = [
      patch({ subject: 'a', files: { 'a.c': added('a', 9) }, trailers: [REVIEWED] }),
      patch({ subject: 'b', files: { 'b.c': added('b', 9) }, trailers: [TESTED] }),
    ];
    const whole = patch({ subject: 'a', files: { 'a.c': added('a', 9), 'b.c': added('b', 9) } });
    const comparison = compareVersions(parts, [whole]);
    expect(formatAdvice(comparison, adviseTrailers(comparison))).toEqual([
      'ask again',
      '  1 a: patches were put together',
      '      Reviewed-by: R <r@seam.invalid>',
      '      Tested-by: T <t@seam.invalid>',
    ]);
  });

  test('of a patch that is gone or new are nobody’s concern', () => {
    const tagged = patch({ trailers: [REVIEWED] });
    expect(adviseTrailers(compareVersions([tagged], []))).toEqual([]);
    expect(adviseTrailers(compareVersions([], [tagged]))).toEqual([]);
  });
});
