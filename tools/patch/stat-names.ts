/** Two paths of a rename or copy as one: what they share is written once. */

import { quotePath } from './quote.ts';
import type { Path } from './types.ts';

/**
 * `arch/{i386 => x86}/Makefile`, as `git diff --stat` has it: whole components shared at the front and
 * at the back stand outside the braces. Paths that need quotes are written out.
 */
export function arrowBetween(old: Path, next: Path): string {
  const [oldQuoted, newQuoted] = [quotePath(old), quotePath(next)];
  if (oldQuoted !== old || newQuoted !== next) return `${oldQuoted} => ${newQuoted}`;
  const front = sharedFront(old, next);
  const back = sharedBack(old, next, front);
  // Front and back may share a slash: `a/b => a/c/b` has nothing left on its old side.
  const middle = (path: Path): string => path.slice(front, Math.max(front, path.length - back));
  const arrow = `${middle(old)} => ${middle(next)}`;
  if (front + back === 0) return arrow;
  return `${old.slice(0, front)}{${arrow}}${old.slice(old.length - back)}`;
}

/** Length of the shared front up to and including its last slash. */
function sharedFront(old: Path, next: Path): number {
  let length = 0;
  for (let at = 0; at < old.length && old[at] === next[at]; at++) {
    if (old[at] === '/') length = at + 1;
  }
  return length;
}

/** Length of the shared back from its first slash on; it may reach the slash that ends the front. */
function sharedBack(old: Path, next: Path, front: number): number {
  const lowest = front === 0 ? 0 : front - 1;
  const longest = Math.min(old.length, next.length) - lowest;
  let length = 0;
  for (let n = 1; n <= longest && old.at(-n) === next.at(-n); n++) {
    if (old.at(-n) === '/') length = n;
  }
  return length;
}

/** `arch/{i386/Makefile => x86/Makefile}`, as `git apply --summary` has it: only the front is shared. */
export function arrowBetweenDirectories(old: Path, next: Path): string {
  const [oldQuoted, newQuoted] = [quotePath(old), quotePath(next)];
  if (oldQuoted !== old || newQuoted !== next) return `${oldQuoted} => ${newQuoted}`;
  const [oldParts, newParts] = [old.split('/'), next.split('/')];
  const shared = Math.min(oldParts.length, newParts.length) - 1;
  let same = 0;
  while (same < shared && oldParts[same] === newParts[same]) same++;
  if (same === 0) return `${old} => ${next}`;
  const front = oldParts.slice(0, same).join('/');
  return `${front}/{${oldParts.slice(same).join('/')} => ${newParts.slice(same).join('/')}}`;
}
