/** What the two stores that can hold commits have in common. */
import type { Bytes } from '../patch/types.ts';
import { type NewObjects, newObjects } from './new-objects.ts';
import { addNotes, notePaths } from './notes.ts';
import { ObjectStore } from './object-store.ts';
import type { CommitStore, NewCommit, ObjectId } from './types.ts';

export abstract class RepositoryStore extends ObjectStore implements CommitStore {
  abstract override readonly kind: 'git' | 'isomorphic-git';

  /**
   * Write the objects, then point `ref`, which must be at `expected`, at the last commit. Killed in
   * between, nothing refers to the objects.
   */
  protected abstract add(ref: string, expected: ObjectId | null, made: NewObjects): Promise<void>;

  abstract write(
    branch: string,
    expected: ObjectId | null,
    commits: readonly NewCommit[],
    blobs: ReadonlyMap<ObjectId, Bytes>,
  ): Promise<readonly ObjectId[]>;

  abstract resolve(ref: string): Promise<ObjectId | null>;

  abstract prepare(id: ObjectId, content: Bytes): void;

  async annotate(ref: string, notes: ReadonlyMap<ObjectId, Bytes>): Promise<void> {
    if (notes.size === 0) return;
    const old = await this.resolve(ref);
    const tree = await this.treeAt(old, notePaths(notes.keys()));
    const { commit, blobs } = addNotes(tree, notes);
    await this.add(ref, old, newObjects(old, [commit], blobs));
  }
}
