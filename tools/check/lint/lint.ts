/**
 * What can be said of a patch by reading it. The rules are those of Linux's own documentation
 * (Documentation/process/submitting-patches.rst and 5.Posting.rst, 6.1) where it states one; they need
 * no kernel tree and no perl, which trees of 2006 do not bring along. Pure.
 */
import type { Patch } from '../../series/types.ts';
import type { Observation } from '../types.ts';
import { lintChanges } from './changes.ts';
import { lintMessage } from './message.ts';
import { onText } from './on-text.ts';
import { lintTrailers } from './trailers.ts';

/** Everything that is to be said of one patch. `path` is the patch's name where no file is meant. */
export function lintPatch(patch: Patch): Observation[] {
  return [...lintMessage(patch), ...lintTrailers(patch), ...lintChanges(patch)];
}

/** Subjects that more than one patch has, by patch: nobody can tell such commits apart. */
export function repeatedSubjects(patches: readonly Patch[]): Map<Patch, Observation> {
  const found = new Map<Patch, Observation>();
  const first = new Map<string, Patch>();
  for (const patch of patches) {
    const { subject } = patch.header;
    const other = first.get(subject);
    if (other === undefined) first.set(subject, patch);
    else if (subject !== '')
      found.set(
        patch,
        onText(patch, 'subject-twice', 'warning', `subject is that of '${other.name}'`),
      );
  }
  return found;
}
