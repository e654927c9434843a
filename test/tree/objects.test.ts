import { execFileSync } from 'node:child_process';
import { fc, test as prop } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import { decodePath, encodePath } from '../../tools/patch/path.ts';
import {
  findItem,
  hashObject,
  identLine,
  replaceItems,
  serializeCommit,
  serializeTree,
  treeItems,
  type TreeItem,
} from '../../tools/tree/objects.ts';
import { git } from '../patch/oracle.ts';
import { scratch } from './repository.ts';

const ID = '0123456789abcdef0123456789abcdef01234567';
const OTHER = 'fedcba9876543210fedcba9876543210fedcba98';

const anyName = fc
  .uint8Array({ min: 1, minLength: 1, maxLength: 6 })
  .filter((bytes) => !bytes.includes(0x2f))
  .map((bytes) => decodePath(bytes));
const anyItem: fc.Arbitrary<TreeItem> = fc.record({
  name: fc.oneof(anyName, fc.constantFrom('a', 'a.c', 'a-b', 'a0', 'ab')),
  mode: fc.constantFrom(0o100644, 0o100755, 0o120000, 0o40000, 0o160000),
  id: fc.constantFrom(ID, OTHER),
});
const anyItems = fc.uniqueArray(anyItem, { selector: (item) => item.name, maxLength: 12 });

describe('a tree object', () => {
  prop.prop([anyItems])('is read as it was written', (items) => {
    const raw = serializeTree(items);
    expect(new Set(treeItems(raw))).toEqual(new Set(items));
    for (const item of items) expect(findItem(raw, item.name)).toEqual(item);
    expect(findItem(raw, 'not there')).toBeNull();
  });

  prop.prop([anyItems, anyItems])(
    'with changes spliced in is the one written afresh',
    (items, next) => {
      const gone = items.slice(0, 3).map((item) => [item.name, null] as const);
      const changes = new Map([...gone, ...next.map((item) => [item.name, item] as const)]);
      const expected = [...items.filter((item) => !changes.has(item.name)), ...next];
      expect(replaceItems(serializeTree(items), changes)).toEqual(serializeTree(expected));
    },
  );

  prop.prop([fc.array(anyItems, { minLength: 30, maxLength: 30 })], { numRuns: 3 })(
    'has the id that git mktree gives it',
    (trees) => {
      const dir = scratch();
      git(dir, ['init', '-q', '--bare']);
      const input = trees.map((items) => Buffer.concat([...items.map(mktreeRecord), Buffer.of(0)]));
      const ids = Buffer.from(
        git(dir, ['mktree', '-z', '--missing', '--batch'], Buffer.concat(input)),
      );
      const ours = trees.map((items) => hashObject('tree', serializeTree(items)));
      expect(ids.toString().trim().split('\n')).toEqual(ours);
    },
  );

  test.each([
    ['cut within an id', serializeTree([{ name: 'a', mode: 0o100644, id: ID }]).subarray(0, -1)],
    ['without a name', Buffer.from('100644 ')],
    ['without a mode', Buffer.from(` a\0${'x'.repeat(20)}`)],
    ['of text', Buffer.from('hello')],
  ])('%s is refused', (_, raw) => {
    expect(() => [...treeItems(raw)]).toThrow('corrupt tree object');
  });
});

function mktreeRecord(item: TreeItem): Buffer {
  const type = item.mode === 0o40000 ? 'tree' : item.mode === 0o160000 ? 'commit' : 'blob';
  const mode = item.mode.toString(8).padStart(6, '0');
  return Buffer.concat([
    Buffer.from(`${mode} ${type} ${item.id}\t`),
    encodePath(item.name),
    Buffer.of(0),
  ]);
}

test.each([0, 1, 8191, 8192, 8193, 100_000])(
  'a blob of %i bytes has the id that git gives it',
  (size) => {
    const content = Buffer.alloc(size, 'seam\0\n');
    const id = Buffer.from(git('/', ['hash-object', '--stdin'], content))
      .toString()
      .trim();
    expect(hashObject('blob', content)).toBe(id);
  },
);

describe('an identity', () => {
  test.each([
    ['A U Thor', 'a@example.org', 'A U Thor <a@example.org>'],
    [' ,"A U Thor"; ', '<a@example.org>', 'A U Thor <a@example.org>'],
    ['Line\nBreak <x>', 'a\nb@example.org', 'LineBreak x <ab@example.org>'],
    ['Jürgen Groß', 'j@example.org', 'Jürgen Groß <j@example.org>'],
    ['b\udce4r', 'b@example.org', 'b\udce4r <b@example.org>'],
    ['Sammy Jr.', 's@example.org', 'Sammy Jr. <s@example.org>'],
    ['', 'a@example.org', ' <a@example.org>'],
  ])('%j, %j', (name, email, expected) => {
    expect(identLine({ name, email }, { seconds: 1, zone: -90 })).toBe(`${expected} 1 -0130`);
  });

  test.each([-1, 1.5, Number.NaN])('has no time %d', (seconds) => {
    const person = { name: 'A', email: 'a@example.org' };
    expect(() => identLine(person, { seconds, zone: 0 })).toThrow('git cannot keep the date');
  });
});

describe('a commit object', () => {
  const date = { seconds: 1_217_000_000, zone: 330 };
  const person = (name: string, email: string) => ({ name, email });
  const info = (message: string, name: string, email: string) => ({
    author: person(name, email),
    authorDate: date,
    committer: person('C O Mitter', 'c@example.org'),
    commitDate: { seconds: 1_217_000_001, zone: -480 },
    message: Buffer.from(message),
  });

  test.each([
    ['A U Thor', 'a@example.org', 'subject\n\nbody\n'],
    ['"A, U" Thor <x>', ' <a@example.org> ', 'subject without line feed'],
    ["d'Arc\\", 'd@example.org;', '\n\n leading lines\n'],
    ['Jürgen', 'j@example.org', 'ümlaut\n'],
  ])('by %j has the id that git commit-tree gives it', (name, email, message) => {
    const dir = scratch();
    git(dir, ['init', '-q', '--bare']);
    const tree = Buffer.from(git(dir, ['mktree'], Buffer.alloc(0)))
      .toString()
      .trim();
    const env = {
      ...process.env,
      GIT_AUTHOR_NAME: name,
      GIT_AUTHOR_EMAIL: email,
      GIT_AUTHOR_DATE: '1217000000 +0530',
      GIT_COMMITTER_NAME: 'C O Mitter',
      GIT_COMMITTER_EMAIL: 'c@example.org',
      GIT_COMMITTER_DATE: '1217000001 -0800',
    };
    const theirs = execFileSync('git', ['commit-tree', tree], { cwd: dir, env, input: message });
    const ours = serializeCommit(info(message, name, email), tree, []);
    expect(hashObject('commit', ours)).toBe(theirs.toString().trim());
  });

  test('names its parents in order', () => {
    const text = serializeCommit(info('x', 'A', 'a@example.org'), ID, [OTHER, ID]).toString();
    expect(text).toContain(`tree ${ID}\nparent ${OTHER}\nparent ${ID}\nauthor A `);
  });

  test('cannot hold a NUL byte', () => {
    expect(() => serializeCommit(info('a\0b', 'A', 'a'), ID, [])).toThrow('NUL byte');
  });
});
