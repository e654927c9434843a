import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { fewest } from '../../tools/deps/fewest.ts';

/** Works with all of any one of these sets. */
const ways = fc.array(fc.uniqueArray(fc.nat(30), { maxLength: 5 }), { maxLength: 4 });
const candidates = fc.uniqueArray(fc.nat(30), { maxLength: 31 });

describe('the fewest that work', () => {
  test.prop([candidates, ways, fc.nat(31)])(
    'is enough, and none can be left out',
    async (all, sets, likely) => {
      const works = async (some: readonly number[]): Promise<boolean> =>
        sets.some((set) => set.every((each) => some.includes(each)));
      const found = await fewest(all, works, likely);
      if (found === null) {
        expect(await works(all)).toBe(false);
        return;
      }
      expect(await works(found)).toBe(true);
      expect(found.every((each) => all.includes(each))).toBe(true);
      for (const each of found)
        expect(await works(found.filter((other) => other !== each))).toBe(false);
    },
  );

  test('one of a thousand costs as many questions as its number has digits', async () => {
    const all = Array.from({ length: 1000 }, (_none, index) => index);
    let questions = 0;
    const works = async (some: readonly number[]): Promise<boolean> => {
      questions += 1;
      return some.includes(617);
    };
    expect(await fewest(all, works)).toEqual([617]);
    expect(questions).toBeLessThanOrEqual(2 + 10 + 1);
    questions = 0;
    expect(await fewest([617, ...all], works, 1)).toEqual([617]);
    expect(questions).toBe(3);
  });
});
