/** `seam apply --branch`: one commit for each patch. */
import type { ApplyResult, ApplyVerdict } from '../../apply/types.ts';
import type { Contents } from '../../apply/workspace.ts';
import { SeamError } from '../../errors.ts';
import type { Path } from '../../patch/types.ts';
import { parseDate } from '../../series/date.ts';
import { toCommitInfo } from '../../series/commit.ts';
import type { CommitterOverride } from '../../series/commit.ts';
import { isCommitStore } from '../../tree/base.ts';
import type { CommitStore, NewCommit, ObjectId, TreeStore } from '../../tree/types.ts';
import type { Context } from '../context.ts';
import type { Written } from './apply.ts';

/** The commits that were made, oldest first, and the store that has them. */
export interface WrittenBranch extends Written {
  readonly commits: readonly ObjectId[];
  readonly store: CommitStore;
}

/**
 * Lets the store begin with the first version of every file while patches are still applied; later
 * versions become deltas against it.
 */
export function announcer(base: TreeStore): (verdict: ApplyVerdict, blobs: Contents) => void {
  const known = new Set<Path>();
  return ({ changes }, blobs) => {
    if (!isCommitStore(base)) return;
    for (const [path, entry] of changes) {
      const content = entry === null || known.has(path) ? undefined : blobs.get(entry.id);
      known.add(path);
      if (entry !== null && content !== undefined) base.prepare(entry.id, content);
    }
  };
}

export async function writeBranch(
  ctx: Context,
  base: TreeStore,
  result: ApplyResult,
  name: string,
  force: boolean,
): Promise<WrittenBranch> {
  if (!isCommitStore(base)) {
    throw new SeamError(
      'branch-needs-git',
      `cannot make branch '${name}': base '${base.label}' is no revision of a git repository`,
      {
        kind: 'usage',
        hint: "name a repository with --base, or write the tree to a directory with '--output DIR'",
      },
    );
  }
  const branch = `refs/heads/${name}`;
  const old = await base.resolve(branch);
  if (old !== null && !force) {
    throw new SeamError('branch-exists', `branch '${name}' exists`, {
      hint: 'choose another name, or replace it with --force',
    });
  }
  const committer = committerOf(ctx);
  const applied = result.verdicts.filter((verdict) => verdict.kind !== 'already-applied');
  const commits: NewCommit[] = applied.map(({ patch, tree, changes }) => ({
    info: toCommitInfo(patch, committer),
    tree,
    changes,
  }));
  const ids = await base.write(branch, old, commits, result.blobs);
  return {
    text: `branch ${name}: ${ids.length} commits, ${(ids.at(-1) ?? base.commit ?? '').slice(0, 12)}`,
    json: { branch: { name, old, commits: ids } },
    commits: ids,
    store: base,
  };
}

/** The variables that git itself looks at; what they leave open comes from the patch. */
function committerOf({ env }: Context): CommitterOverride {
  const [name, email, date] = [
    env['GIT_COMMITTER_NAME'],
    env['GIT_COMMITTER_EMAIL'],
    env['GIT_COMMITTER_DATE'],
  ];
  const commitDate = date === undefined ? null : parseDate(date);
  if (date !== undefined && commitDate === null) {
    throw new SeamError('bad-date', `GIT_COMMITTER_DATE '${date}' is no date`, { kind: 'usage' });
  }
  return {
    ...(name === undefined || email === undefined ? {} : { committer: { name, email } }),
    ...(commitDate === null ? {} : { commitDate }),
  };
}
