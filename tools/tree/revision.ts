/** How revisions are written, as far as a store must know without git's help. Pure. */
import { SeamError } from '../errors.ts';

/** A revision goes to git as one line of input or one argument: nothing else may get in. */
export function checkRevision(rev: string): void {
  if (rev !== '' && !rev.startsWith('-') && !/[\u0000-\u001f\u007f]/.test(rev)) return;
  throw new SeamError('bad-revision', `'${rev}' is not a valid revision`, {
    kind: 'usage',
    data: { rev },
  });
}

export function revisionNotFound(dir: string, rev: string, ambiguous: boolean): SeamError {
  const what = ambiguous ? 'is an ambiguous name' : 'names no commit';
  return new SeamError('revision-not-found', `'${rev}' ${what} in '${dir}'`, {
    hint: `git -C '${dir}' log --oneline --all`,
    data: { dir, rev },
  });
}

export function unknownFormat(dir: string, format: string): SeamError {
  return new SeamError('object-format', `'${dir}' is a ${format} repository, only sha1 is known`, {
    kind: 'environment',
    hint: `git -C '${dir}' archive HEAD | tar -x -C DIR, then use --base DIR`,
    data: { dir, format },
  });
}

/** A step from a commit to one before it: the `parent`-th (1 is the first), `count` times. */
export interface Step {
  readonly parent: number;
  readonly count: number;
}

/**
 * `v6.1~2^2` as a name and steps (gitrevisions(7): `^`, `^n`, `~`, `~n`, `^{}`, `^{commit}`). Null
 * when there is more to it: `@{…}`, `:/…`, ranges.
 */
export function parseRevision(
  rev: string,
): { readonly name: string; readonly steps: Step[] } | null {
  const match = /^([^~^:]+)((?:~\d*|\^\d*|\^\{(?:commit)?\})*)$/.exec(rev);
  if (match === null || /@\{|\.\./.test(rev)) return null;
  const [, name = '', suffix = ''] = match;
  const steps = [...suffix.matchAll(/([~^])(\d+|\{(?:commit)?\})?/g)].map(([, kind, text]) => {
    if (text?.startsWith('{') === true) return { parent: 0, count: 0 };
    const number = text === undefined ? 1 : Number(text);
    if (kind === '~') return { parent: 1, count: number };
    return { parent: number, count: number === 0 ? 0 : 1 };
  });
  return { name: name === '@' ? 'HEAD' : name, steps };
}
