/**
 * A revision of a repository where no git is installed, read by isomorphic-git. Same interface,
 * same ids as with git. What it does not know is refused, never guessed: SHA-256, reftable, linked
 * work trees, `HEAD@{1}`; objects that lie in an alternate are not found. It reads whole packs into
 * memory, so it is for small repositories.
 */
import fs from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import iso from 'isomorphic-git';
import { SeamError } from '../errors.ts';
import type { Bytes } from '../patch/types.ts';
import { branchInUse, branchMoved, checkBranch, heldBy } from './branch.ts';
import { updateRef } from './loose.ts';
import { type NewObjects, newObjects } from './new-objects.ts';
import type { StoredObject } from './object-store.ts';
import { isObjectId } from './objects.ts';
import { writeObjects } from './pack-file.ts';
import { RepositoryStore } from './repository-store.ts';
import {
  type Step,
  checkRevision,
  parseRevision,
  revisionNotFound,
  unknownFormat,
} from './revision.ts';
import type { CommitStore, NewCommit, ObjectId } from './types.ts';

/** The parts of isomorphic-git that are used, bound to one repository. */
class Repository {
  readonly gitDir: string;
  readonly #at: { fs: typeof fs; gitdir: string; cache: object };

  constructor(gitDir: string) {
    this.gitDir = gitDir;
    this.#at = { fs, gitdir: gitDir, cache: {} };
  }

  async object(oid: ObjectId): Promise<StoredObject | null> {
    try {
      const { type, object } = await iso.readObject({ ...this.#at, oid, format: 'content' });
      return { type: type ?? '', content: Buffer.from(object as Uint8Array) };
    } catch (error) {
      return noneIf(error, 'NotFoundError');
    }
  }

  async ref(ref: string): Promise<ObjectId | null> {
    try {
      return await iso.resolveRef({ ...this.#at, ref });
    } catch (error) {
      return noneIf(error, 'NotFoundError', 'InvalidRefNameError');
    }
  }

  async expand(oid: string): Promise<ObjectId | null> {
    try {
      return await iso.expandOid({ ...this.#at, oid });
    } catch (error) {
      return noneIf(error, 'NotFoundError', 'AmbiguousError');
    }
  }

  async config(path: string): Promise<string> {
    const value: unknown = await iso.getConfig({ ...this.#at, path });
    return typeof value === 'string' || typeof value === 'boolean' ? String(value) : '';
  }
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : null;
}

function noneIf(error: unknown, ...codes: readonly string[]): null {
  const code = codeOf(error);
  if (codes.some((known) => known === code)) return null;
  throw error;
}

class IsomorphicStore extends RepositoryStore {
  readonly kind = 'isomorphic-git';
  readonly #repository: Repository;

  constructor(repository: Repository, commit: ObjectId, tree: ObjectId, label: string) {
    super(label, commit, tree);
    this.#repository = repository;
  }

  protected override async read(
    ids: readonly ObjectId[],
    take: (object: StoredObject | null, index: number) => void,
  ): Promise<void> {
    for (const [index, id] of ids.entries()) take(await this.#repository.object(id), index);
  }

  override async findBlob(
    prefix: string,
  ): Promise<{ readonly id: ObjectId; readonly bytes: Bytes } | null> {
    if (!/^[0-9a-f]{4,40}$/.test(prefix)) return null;
    const id = await this.#repository.expand(prefix);
    const object = id === null ? null : await this.#repository.object(id);
    return id === null || object?.type !== 'blob' ? null : { id, bytes: object.content };
  }

  async resolve(ref: string): Promise<ObjectId | null> {
    checkRevision(ref);
    const commit = await resolveCommit(this.#repository, ref);
    return commit?.id ?? null;
  }

  async write(
    branch: string,
    expected: ObjectId | null,
    commits: readonly NewCommit[],
    blobs: ReadonlyMap<ObjectId, Bytes>,
  ): Promise<readonly ObjectId[]> {
    checkBranch(branch);
    await this.#checkFree(branch);
    const made = newObjects(this.commit, commits, blobs);
    await this.add(branch, expected, made);
    return made.commits;
  }

  protected override async add(
    ref: string,
    expected: ObjectId | null,
    made: NewObjects,
  ): Promise<void> {
    const check = async (): Promise<void> => {
      const found = await this.#repository.ref(ref);
      if (found !== expected) throw branchMoved(ref, expected, found);
    };
    await check();
    const { gitDir } = this.#repository;
    await writeObjects(gitDir, made.objects);
    const tip = made.commits.at(-1) ?? this.commit;
    if (tip !== null) await updateRef(gitDir, ref, tip, check);
  }

  /** Objects are written one by one here: there is nothing to begin with. */
  override prepare(): void {}

  override async close(): Promise<void> {}

  async #checkFree(branch: string): Promise<void> {
    const { gitDir } = this.#repository;
    const bare = (await this.#repository.config('core.bare')) === 'true';
    const held = await heldBy(gitDir, branch, bare);
    if (held !== null) throw branchInUse(branch, held);
  }
}

/** Open `rev` of the repository whose own directory (`.git`, or the bare one) is `gitDir`. */
export async function openIsomorphic(
  gitDir: string,
  rev: string,
  label: string,
): Promise<CommitStore> {
  checkRevision(rev);
  const repository = new Repository(gitDir);
  await refuseUnknown(repository);
  const commit = await resolveCommit(repository, rev);
  if (commit === null) throw revisionNotFound(gitDir, rev, false);
  return new IsomorphicStore(repository, commit.id, commit.tree, label);
}

async function refuseUnknown(repository: Repository): Promise<void> {
  const { gitDir } = repository;
  const format = (await repository.config('extensions.objectformat')) || 'sha1';
  if (format !== 'sha1') throw unknownFormat(gitDir, format);
  const refs = (await repository.config('extensions.refstorage')) || 'files';
  const linked = await readFile(join(gitDir, 'commondir'), 'utf8').catch(() => null);
  if (refs === 'files' && linked === null) return;
  const what = linked === null ? `keeps its refs as ${refs}` : 'is a linked work tree';
  throw new SeamError('needs-git', `'${gitDir}' ${what}, which needs an installed git`, {
    kind: 'environment',
    hint: 'apt-get install git',
    data: { gitDir },
  });
}

interface Commit {
  readonly id: ObjectId;
  readonly tree: ObjectId;
  readonly parents: readonly ObjectId[];
}

async function resolveCommit(repository: Repository, rev: string): Promise<Commit | null> {
  const parsed = parseRevision(rev);
  if (parsed === null) return null;
  const id = await resolveName(repository, parsed.name);
  if (id === null) return null;
  let commit = await peel(repository, id);
  for (const step of parsed.steps) commit = commit && (await walk(repository, commit, step));
  return commit;
}

/** The object that a name without steps means: an id, a ref, or the beginning of an id. */
async function resolveName(repository: Repository, name: string): Promise<ObjectId | null> {
  if (isObjectId(name)) return name;
  const ref = await repository.ref(name);
  if (ref !== null) return ref;
  return /^[0-9a-f]{4,39}$/.test(name) ? repository.expand(name) : null;
}

/** The commit that an object is, or that a tag (of a tag) points to. */
async function peel(repository: Repository, id: ObjectId): Promise<Commit | null> {
  const object = await repository.object(id);
  if (object?.type !== 'tag' && object?.type !== 'commit') return null;
  const [header = ''] = object.content.toString('latin1').split('\n\n', 1);
  const field = (name: string): string[] =>
    [...header.matchAll(new RegExp(`^${name} ([0-9a-f]{40})$`, 'gm'))].map(
      ([, value]) => value ?? '',
    );
  if (object.type === 'tag') return peel(repository, field('object')[0] ?? '');
  return { id, tree: field('tree')[0] ?? '', parents: field('parent') };
}

async function walk(repository: Repository, from: Commit, step: Step): Promise<Commit | null> {
  let commit: Commit | null = from;
  for (let left = step.count; left > 0 && commit !== null; left -= 1) {
    const parent: ObjectId | undefined = commit.parents[step.parent - 1];
    commit = parent === undefined ? null : await peel(repository, parent);
  }
  return commit;
}
