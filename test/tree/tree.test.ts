import { fc, test as prop } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import { encodePath } from '../../tools/patch/path.ts';
import type { Path } from '../../tools/patch/types.ts';
import { loadTree } from '../../tools/tree/load.ts';
import { EMPTY_TREE } from '../../tools/tree/objects.ts';
import { Directory, DirectoryTree } from '../../tools/tree/tree.ts';
import type { Change, Entry, Tree } from '../../tools/tree/types.ts';
import { git } from '../patch/oracle.ts';
import { ask, scratch } from './repository.ts';

const EMPTY: Tree = new DirectoryTree(Directory.EMPTY);
const entry = (digit: string, mode: Entry['mode'] = 0o100644): Entry => ({
  mode,
  id: digit.repeat(40),
});

const anyEntry: fc.Arbitrary<Entry> = fc.record({
  mode: fc.constantFrom<Entry['mode']>(0o100644, 0o100755, 0o120000, 0o160000),
  id: fc.constantFrom('1', '2', 'a').map((digit) => digit.repeat(40)),
});
/** Few names, so that files and directories of one name meet. */
const anyPath = fc
  .array(fc.constantFrom('a', 'b', 'a.c', 'a-', 'ü', '\udcff', 'x y'), {
    minLength: 1,
    maxLength: 3,
  })
  .map((parts) => parts.join('/'));
const anyChange: fc.Arbitrary<Change> = fc.tuple(anyPath, fc.option(anyEntry, { nil: null }));

/** The plain meaning of `Tree.with`: a map from path to file. */
function change(files: Map<Path, Entry>, [path, next]: Change): void {
  for (const other of files.keys()) {
    const below = other.startsWith(`${path}/`);
    const above = path.startsWith(`${other}/`);
    if (other === path || below || (above && next !== null)) files.delete(other);
  }
  if (next !== null) files.set(path, next);
}

describe('a tree', () => {
  prop.prop([fc.array(anyChange, { maxLength: 30 }), fc.integer({ min: 1, max: 5 })])(
    'holds what the changes say, in each version',
    (changes, size) => {
      const files = new Map<Path, Entry>();
      const versions: [Tree, Map<Path, Entry>][] = [];
      let tree = EMPTY;
      for (let at = 0; at < changes.length; at += size) {
        const some = changes.slice(at, at + size);
        tree = tree.with(some);
        for (const one of some) change(files, one);
        versions.push([tree, new Map(files)]);
        // Asking for an id rearranges the inside; nothing may be seen of that.
        if (at % 2 === 0) expect(tree.id).toMatch(/^[0-9a-f]{40}$/);
      }
      for (const [version, expected] of versions) {
        for (const [path] of changes) {
          expect(version.get(path)).toEqual(expected.get(path) ?? null);
          const inside = [...expected.keys()].some((file) => file.startsWith(`${path}/`));
          expect(version.kind(path)).toBe(
            inside ? 'directory' : expected.has(path) ? 'file' : null,
          );
        }
        expect(new Set(version.siblings('x'))).toEqual(
          new Set([...expected.keys()].map((path) => path.split('/')[0])),
        );
      }
    },
  );

  prop.prop([fc.array(fc.array(anyChange, { maxLength: 12 }), { maxLength: 12 })], { numRuns: 8 })(
    'has the id that git write-tree gives it, whatever the way to it',
    (steps) => {
      const dir = scratch();
      git(dir, ['init', '-q', '--bare']);
      let tree = EMPTY;
      const files = new Map<Path, Entry>();
      for (const [index, step] of steps.entries()) {
        tree = tree.with(step);
        for (const one of step) change(files, one);
        if (index % 3 === 0) expect(tree.id).toMatch(/^[0-9a-f]{40}$/);
      }
      expect(tree.id).toBe(writeTree(dir, files));
    },
  );

  test('without files is the empty tree', () => {
    expect(EMPTY.id).toBe(EMPTY_TREE);
    const there = EMPTY.with([['a/b/c', entry('1')]]);
    expect(there.with([['a/b/c', null]]).id).toBe(EMPTY_TREE);
    expect(there.with([['a/b/c', null]]).kind('a')).toBeNull();
    expect(EMPTY.with([['a/b', null]])).toBe(EMPTY);
  });

  test('asked about a directory that was not loaded says so', async () => {
    const full = new DirectoryTree(Directory.EMPTY).with([
      ['a/x/f', entry('1')],
      ['b/x/f', entry('2')],
    ]) as DirectoryTree;
    const raws = new Map<string, Buffer>();
    const remember = (directory: Directory): void => {
      raws.set(directory.id, directory.raw());
      for (const [, slot] of directory.slots()) if (slot instanceof Directory) remember(slot);
    };
    remember(full.root);
    const asked: string[][] = [];
    const tree = await loadTree(
      full.id,
      ['a/x/f', 'a/none/f', 'q/f', 'a/x/f/below'],
      async (ids) => {
        asked.push([...ids]);
        return raws;
      },
    );
    expect(asked.map((ids) => ids.length)).toEqual([1, 1, 1]);
    expect(tree.get('a/x/f')).toEqual(entry('1'));
    expect(tree.get('a/x/other')).toBeNull();
    expect(tree.get('q/f')).toBeNull();
    expect(tree.kind('b')).toBe('directory');
    expect(() => tree.get('b/x/f')).toThrow("'b/x/f' was not loaded");
    expect(() => tree.with([['b/y', entry('1')]])).toThrow("'b/y' was not loaded");
    expect(tree.id).toBe(full.id);
    const next: Change[] = [['a/x/f', entry('a')]];
    expect(tree.with(next).id).toBe(full.with(next).id);
  });
});

/** The id of a tree with these files, by way of an index. */
function writeTree(dir: string, files: ReadonlyMap<Path, Entry>): string {
  const records = [...files].flatMap(([path, { mode, id }]) => [
    Buffer.from(`${mode.toString(8)} ${id}\t`),
    encodePath(path),
    Buffer.of(0),
  ]);
  git(dir, ['update-index', '-z', '--index-info'], Buffer.concat(records));
  return ask(dir, 'write-tree', '--missing-ok');
}
