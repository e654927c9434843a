/** Series made from edits: each patch is what changed between two states of the files. */
import { formatFilePatch } from '../../../tools/patch/format.ts';
import { makeFilePatch } from '../../../tools/patch/make.ts';
import type { Mode } from '../../../tools/patch/types.ts';
import type { Files } from './tree.ts';

/** What one patch does. */
export interface Edit {
  readonly name: string;
  readonly subject?: string;
  readonly body?: string;
  readonly trailers?: string;
  /** Files that change: a function of the text before (empty for a new file), or null to remove it. */
  readonly files: Readonly<Record<string, ((before: string) => string) | null>>;
  readonly mode?: Mode;
  /** Damages the finished patch. */
  readonly damage?: (patch: string) => string;
}

/** `from` must stand there once. */
export function replace(from: string, to: string): (before: string) => string {
  return (before) => {
    if (before.split(from).length !== 2) throw new Error(`'${from}' is not there once`);
    return before.replace(from, () => to);
  };
}

export function append(text: string): (before: string) => string {
  return (before) => before + text;
}

const AUTHOR = 'A U Thor <author@example.com>';

function compose(edit: Edit, before: Files, after: Files): string {
  const diffs = Object.keys(edit.files).map((path) => {
    const [old, next] = [before[path], after[path]];
    const mode = 0o100644;
    const patch = makeFilePatch({
      oldPath: old === undefined ? null : path,
      newPath: next === undefined ? null : path,
      oldMode: old === undefined ? null : mode,
      newMode: next === undefined ? null : (edit.mode ?? mode),
      old: old === undefined ? null : Buffer.from(old),
      new: next === undefined ? null : Buffer.from(next),
    });
    return Buffer.from(formatFilePatch(patch)).toString('utf8');
  });
  const { name, subject = `queue: ${name.replaceAll('-', ' ')}` } = edit;
  const body = edit.body ?? 'Because the queue needs it.\n';
  const trailers = edit.trailers ?? `Signed-off-by: ${AUTHOR}\n`;
  return [
    `From 0000000000000000000000000000000000000000 Mon Sep 17 00:00:00 2001\n`,
    `From: ${AUTHOR}\nDate: Fri, 2 Jan 2026 03:04:05 +0000\nSubject: [PATCH] ${subject}\n\n`,
    `${body}${body === '' ? '' : '\n'}${trailers}---\n\n`,
    ...diffs,
  ].join('');
}

/** A quilt directory, `series` included, of patches that follow one another from `base` on. */
export function makeSeries(base: Files, edits: readonly Edit[]): Record<string, string> {
  const made: Record<string, string> = {
    series: edits.map(({ name }) => `${name}.patch\n`).join(''),
  };
  let files: Record<string, string> = { ...base };
  for (const edit of edits) {
    const next = { ...files };
    for (const [path, change] of Object.entries(edit.files)) {
      if (change === null) delete next[path];
      else next[path] = change(files[path] ?? '');
    }
    const patch = compose(edit, files, next);
    made[`${edit.name}.patch`] = edit.damage?.(patch) ?? patch;
    files = next;
  }
  return made;
}
