/**
 * A revision of a repository as a base, read and written by the installed git (2.30 or later): one
 * `cat-file --batch` reads, new objects are written as files (`pack-file.ts`), then one `update-ref`
 * moves the branch if it still is where it was.
 */
import { dirname, resolve } from 'node:path';
import { SeamError } from '../../errors.ts';
import type { Bytes } from '../../patch/types.ts';
import { branchInUse, branchMoved, checkBranch, heldBy } from '../branch.ts';
import { type NewObjects, newObjects } from '../new-objects.ts';
import type { StoredObject } from '../object-store.ts';
import { deflateAhead } from '../pack.ts';
import { writeObjects } from '../pack-file.ts';
import { RepositoryStore } from '../repository-store.ts';
import { checkRevision, revisionNotFound, unknownFormat } from '../revision.ts';
import type { NewCommit, ObjectId } from '../types.ts';
import { type Answer, CatFile } from './cat-file.ts';
import { type Env, Git, gitMessage } from './command.ts';

const NO_OBJECT = '0'.repeat(40);

export interface OpenGitOptions {
  /** Absolute path of the git program. */
  readonly git: string;
  readonly env: Env;
  /** The repository must be `dir` itself, not a directory above it. */
  readonly top: boolean;
  readonly label: string;
  readonly signal?: AbortSignal | undefined;
}

export class GitStore extends RepositoryStore {
  readonly kind = 'git';
  readonly #git: Git;
  readonly #catFile: CatFile;
  readonly #deflated = new Map<ObjectId, Promise<Buffer>>();
  readonly #repository: Repository;

  constructor(git: Git, catFile: CatFile, repository: Repository, at: Resolved, label: string) {
    super(label, at.commit, at.tree);
    this.#git = git;
    this.#catFile = catFile;
    this.#repository = repository;
  }

  protected override async read(
    ids: readonly ObjectId[],
    take: (object: StoredObject | null, index: number) => void,
  ): Promise<void> {
    await this.#catFile.ask(ids, (answer, index) => {
      take(answer.kind === 'object' ? answer : null, index);
    });
  }

  override async findBlob(
    prefix: string,
  ): Promise<{ readonly id: ObjectId; readonly bytes: Bytes } | null> {
    if (!/^[0-9a-f]{4,40}$/.test(prefix)) return null;
    const answer = await askOne(this.#catFile, `${prefix}^{blob}`);
    // A ref may be called like the prefix; git would answer with that.
    if (answer.kind !== 'object' || !answer.id.startsWith(prefix)) return null;
    return { id: answer.id, bytes: answer.content };
  }

  async resolve(ref: string): Promise<ObjectId | null> {
    checkRevision(ref);
    const answer = await askOne(this.#catFile, `${ref}^{commit}`);
    return answer.kind === 'object' ? answer.id : null;
  }

  async write(
    branch: string,
    expected: ObjectId | null,
    commits: readonly NewCommit[],
    blobs: ReadonlyMap<ObjectId, Bytes>,
  ): Promise<readonly ObjectId[]> {
    checkBranch(branch);
    const checked = this.#checkBranch(branch, expected);
    const deflated = await settled(this.#deflated);
    const made = newObjects(this.commit, commits, blobs, deflated);
    await checked;
    await this.add(branch, expected, made);
    return made.commits;
  }

  protected override async add(
    ref: string,
    expected: ObjectId | null,
    made: NewObjects,
  ): Promise<void> {
    await writeObjects(this.#repository.commonDir, made.objects);
    await this.#moveRef(ref, expected, made.commits.at(-1) ?? this.commit, made.commits.length);
  }

  prepare(id: ObjectId, content: Bytes): void {
    if (!this.#deflated.has(id)) this.#deflated.set(id, deflateAhead(content));
  }

  override async close(): Promise<void> {
    await this.#catFile.close();
  }

  async #checkBranch(branch: string, expected: ObjectId | null): Promise<void> {
    const { commonDir, bare } = this.#repository;
    const [found, place] = await Promise.all([
      this.resolve(branch),
      heldBy(commonDir, branch, bare),
    ]);
    if (place !== null) throw branchInUse(branch, place);
    if (found !== expected) throw branchMoved(branch, expected, found);
  }

  async #moveRef(
    ref: string,
    expected: ObjectId | null,
    tip: ObjectId | null,
    count: number,
  ): Promise<void> {
    const log = `seam: ${count} ${count === 1 ? 'patch' : 'patches'}`;
    const ids = [tip ?? NO_OBJECT, expected ?? NO_OBJECT];
    const { status, stderr } = await this.#git.finish(['update-ref', '-m', log, ref, ...ids]);
    if (status === 0) return;
    const found = await this.resolve(ref);
    throw found === expected
      ? this.#failed(`update '${ref}'`, stderr)
      : branchMoved(ref, expected, found);
  }

  #failed(what: string, stderr: string): SeamError {
    return new SeamError('git-write-failed', `git cannot ${what}: ${gitMessage(stderr)}`, {
      kind: 'environment',
      hint: stderr.includes('.lock')
        ? 'when no other git is running, remove the lock file'
        : `git -C '${this.#git.cwd}' fsck`,
      data: { stderr },
    });
  }
}

async function settled<K, V>(promises: ReadonlyMap<K, Promise<V>>): Promise<Map<K, V>> {
  const pairs = [...promises].map(async ([key, value]) => [key, await value] as const);
  return new Map(await Promise.all(pairs));
}

/** What git says about the repository as a whole. */
interface Repository {
  readonly commonDir: string;
  readonly bare: boolean;
}

interface Resolved {
  readonly commit: ObjectId;
  readonly tree: ObjectId;
}

/** Open `rev` of the repository at or above `dir`. */
export async function openGit(
  dir: string,
  rev: string,
  options: OpenGitOptions,
): Promise<GitStore> {
  checkRevision(rev);
  const ceiling = options.top ? { ceiling: dirname(dir) } : {};
  const git = new Git(options.git, dir, options.env, { ...ceiling, signal: options.signal });
  const catFile = new CatFile(git);
  // Both programs start at once: the repository is judged while git looks the revision up.
  const answered = askOne(catFile, `${rev}^{commit}`).catch((error: unknown) => error);
  try {
    const repository = await inspect(git);
    const answer = await answered;
    if (answer instanceof Error) throw answer;
    return new GitStore(
      git,
      catFile,
      repository,
      resolved(answer as Answer, dir, rev),
      options.label,
    );
  } catch (error) {
    await catFile.close();
    throw error;
  }
}

async function askOne(catFile: CatFile, name: string): Promise<Answer> {
  let result: Answer = { kind: 'missing' };
  await catFile.ask([name], (answer) => {
    result = answer;
  });
  return result;
}

function resolved(answer: Answer, dir: string, rev: string): Resolved {
  const tree =
    answer.kind === 'object'
      ? /^tree ([0-9a-f]{40})\n/.exec(answer.content.toString('latin1', 0, 46))
      : null;
  if (answer.kind === 'object' && tree?.[1] !== undefined)
    return { commit: answer.id, tree: tree[1] };
  throw revisionNotFound(dir, rev, answer.kind === 'ambiguous');
}

async function inspect(git: Git): Promise<Repository> {
  const questions = ['--git-common-dir', '--is-bare-repository', '--show-object-format'];
  const { status, stdout, stderr } = await git.run(['rev-parse', ...questions]);
  if (status !== 0) throw notUsable(git.cwd, stderr);
  const [commonDir = '', bare, format = ''] = stdout.toString().split('\n');
  if (format !== 'sha1') throw unknownFormat(git.cwd, format);
  return { commonDir: resolve(git.cwd, commonDir), bare: bare === 'true' };
}

function notUsable(dir: string, stderr: string): SeamError {
  if (stderr.includes('dubious ownership') || stderr.includes('unsafe repository')) {
    return new SeamError(
      'unsafe-repository',
      `'${dir}' belongs to another user; git refuses to read it`,
      {
        kind: 'environment',
        hint: `git config --global --add safe.directory '${dir}'`,
        data: { dir },
      },
    );
  }
  const absent = stderr.includes('not a git repository');
  return new SeamError(
    absent ? 'not-a-repository' : 'git-failed',
    absent ? `'${dir}' is not a git repository` : `git cannot use '${dir}': ${gitMessage(stderr)}`,
    { kind: absent ? 'user' : 'environment', data: { dir, stderr } },
  );
}
