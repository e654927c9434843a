/** Small trees and patches for tests of the engine. */
import { applySeries, type SeriesOptions } from '../../tools/apply/series.ts';
import type { ApplyResult, FileOutcome } from '../../tools/apply/types.ts';
import type { Mode } from '../../tools/patch/types.ts';
import { parsePatch } from '../../tools/series/patchfile.ts';
import type { Patch } from '../../tools/series/types.ts';
import { MemoryStore } from '../../tools/tree/memory.ts';

/** Content, or content and mode. Strings are bytes: one character each. */
export type Files = Readonly<Record<string, string | readonly [string, Mode]>>;

export const bytes = (text: string): Uint8Array => Buffer.from(text, 'latin1');

export function treeOf(files: Files): MemoryStore {
  return new MemoryStore(
    Object.entries(files).map(([path, file]) => {
      const [content, mode] = typeof file === 'string' ? [file, 0o100644 as const] : file;
      return { path, content: bytes(content), mode };
    }),
  );
}

export interface PatchFacts {
  readonly name?: string;
  readonly strip?: number;
  readonly reverse?: boolean;
}

export function patchOf(diff: string, { name = 'test.patch', ...rest }: PatchFacts = {}): Patch {
  return parsePatch(bytes(diff), { name, ...rest });
}

/** Apply patches to files; what the files are afterwards (null: gone), as far as the patches name them. */
export async function apply(
  files: Files,
  diffs: readonly (string | Patch)[],
  options: SeriesOptions = {},
): Promise<
  ApplyResult & { readonly files: Record<string, string | null>; readonly kinds: string[] }
> {
  const patches = diffs.map((diff, index) =>
    typeof diff === 'string' ? patchOf(diff, { name: `${index + 1}.patch` }) : diff,
  );
  const result = await applySeries(treeOf(files), patches, options);
  const after: Record<string, string | null> = {};
  for (const patch of patches) {
    for (const { oldPath, newPath } of patch.files) {
      for (const path of [oldPath, newPath]) if (path !== null) after[path] = read(result, path);
    }
  }
  return { ...result, files: after, kinds: result.verdicts.map((verdict) => verdict.kind) };
}

function read(result: ApplyResult, path: string): string | null {
  let entry;
  try {
    entry = result.tree.get(path);
  } catch {
    return null;
  }
  return entry === null ? null : Buffer.from(result.blobs.get(entry.id) ?? []).toString('latin1');
}

/** The outcomes of the only patch. */
export function outcomes(result: ApplyResult): readonly FileOutcome[] {
  return result.verdicts[0]?.files ?? [];
}
