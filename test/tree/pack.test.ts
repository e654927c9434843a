import { mkdirSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hashObject } from '../../tools/tree/objects.ts';
import { writeObjects } from '../../tools/tree/pack-file.ts';
import { packIndex } from '../../tools/tree/pack-index.ts';
import { type NewObject, deflateAhead } from '../../tools/tree/pack.ts';
import { git, gitVersion } from '../patch/oracle.ts';
import { ask, repository, scratch } from './repository.ts';

const blob = (content: Uint8Array, lineage: string | null): NewObject => ({
  id: hashObject('blob', content),
  type: 'blob',
  content,
  lineage,
});

/** Enough different objects for a pack: versions of a few files, and odd ones. */
function objects(seed: Uint8Array): NewObject[] {
  const versions = Array.from({ length: 130 }, (_, at) =>
    blob(
      Buffer.concat([Buffer.from('line\n'.repeat(at % 40)), seed, Buffer.from(`${at}\n`)]),
      `file ${at % 4}`,
    ),
  );
  return [
    ...versions,
    blob(new Uint8Array(), null),
    blob(Buffer.alloc(70_000, seed[0] ?? 1), null),
  ];
}

/** A bare repository that has a commit, so that fsck has nothing to remark. */
function bare(): string {
  const dir = join(scratch(), 'bare.git');
  git(repository(), ['clone', '-q', '--bare', '.', dir]);
  return dir;
}

describe.skipIf(gitVersion === null)('a pack as git sees it', () => {
  test('its index is the one that git makes, its objects are all there', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (seed) => {
        const dir = bare();
        const made = objects(seed);
        await writeObjects(dir, made);
        const folder = join(dir, 'objects/pack');
        const [index = '', pack = ''] = readdirSync(folder).sort();
        expect([index, pack]).toEqual([
          expect.stringMatching(/^pack-[0-9a-f]{40}\.idx$/),
          expect.stringMatching(/\.pack$/),
        ]);
        git(dir, ['index-pack', '-o', join(dir, 'theirs.idx'), join(folder, pack)]);
        expect(
          readFileSync(join(folder, index)).equals(readFileSync(join(dir, 'theirs.idx'))),
        ).toBe(true);
        for (const { id, content } of made.slice(-5)) {
          expect(Buffer.compare(git(dir, ['cat-file', 'blob', id]), content)).toBe(0);
        }
      }),
      { numRuns: 8 },
    );
  });

  test('streams that were deflated ahead are taken as they are', async () => {
    const dir = bare();
    const made = await Promise.all(
      objects(Buffer.from('x')).map(async (object) => ({
        ...object,
        deflated: await deflateAhead(object.content),
      })),
    );
    await writeObjects(dir, made);
    expect(ask(dir, 'fsck', '--no-dangling')).toBe('');
    expect(ask(dir, 'count-objects', '-v')).toMatch(/\npacks: 1\n/);
  });

  test('a few objects are loose', async () => {
    const dir = bare();
    const count = (): number => Number(ask(dir, 'count-objects').split(' ')[0]);
    const before = count();
    await writeObjects(dir, objects(Buffer.from('y')).slice(0, 5));
    expect(count() - before).toBe(5);
    expect(ask(dir, 'fsck', '--no-dangling')).toBe('');
  });

  test('where nothing can be written nothing is left', async () => {
    const dir = bare();
    mkdirSync(join(dir, 'objects/pack'), { recursive: true });
    const broken = objects(Buffer.from('z')).map((object, at) =>
      at === 120 ? { ...object, content: null as never } : object,
    );
    await expect(writeObjects(dir, broken)).rejects.toThrow(/null/);
    expect(readdirSync(join(dir, 'objects/pack'))).toEqual([]);
  });
});

test('offsets above 2 GiB stand in a table of their own', () => {
  const ids = ['a', 'b', 'c'].map((digit) => digit.repeat(40));
  const offsets = [12, 0x8000_0000, 0x1_2345_6789];
  const index = packIndex(
    ids.map((id, at) => ({ id, offset: offsets[at] ?? 0, crc: at })),
    Buffer.alloc(20, 7),
  );
  const table = 8 + 256 * 4 + 3 * 20 + 3 * 4;
  expect([0, 1, 2].map((at) => index.readUInt32BE(table + 4 * at))).toEqual([
    12, 0x8000_0000, 0x8000_0001,
  ]);
  expect([0, 1].map((at) => index.readBigUInt64BE(table + 12 + 8 * at))).toEqual([
    0x8000_0000n,
    0x1_2345_6789n,
  ]);
});
