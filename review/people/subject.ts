/** What a patch or a file says to MAINTAINERS: the paths that it touches and the text that `K:` looks at. */
import { withoutNewline } from '../../tools/patch/lines.ts';
import type { Bytes, FilePatch } from '../../tools/patch/types.ts';
import { byteString, decodeText } from '../../tools/series/text.ts';
import type { Patch } from '../../tools/series/types.ts';
import type { Subject } from './match.ts';

/** Patches together: every path before and after, message lines and changed lines, not the context. */
export function subjectOfPatches(patches: readonly Patch[]): Subject {
  const paths = new Set(patches.flatMap(({ files }) => files.flatMap(pathsOf)));
  const lines = patches.flatMap((patch) => [
    ...decodeText(byteString(patch.prologue)).split('\n'),
    ...patch.files.flatMap(changedLines),
  ]);
  return { paths: [...paths].sort(), lines };
}

function pathsOf({ oldPath, newPath }: FilePatch): string[] {
  return [oldPath, newPath].filter((path) => path !== null);
}

function changedLines({ hunks }: FilePatch): string[] {
  return hunks.flatMap(({ lines }) =>
    lines.flatMap(({ op, text }) =>
      op === ' ' ? [] : [op + decodeText(byteString(withoutNewline(text)))],
    ),
  );
}

/** A file as it is: its path, and all of its text. */
export function subjectOfFile(path: string, content: Bytes | null): Subject {
  return { paths: [path], lines: content === null ? [] : [decodeText(byteString(content))] };
}
