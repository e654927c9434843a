/** The verdicts of `seam apply` as a program reads them: schema `seam/apply/1`. */
import type { ApplyResult, ApplyVerdict, FileOutcome, FileProblem } from '../apply/types.ts';
import { decodePath } from '../patch/path.ts';
import type { Bytes } from '../patch/types.ts';

/** Content as a JSON string; a byte that is no UTF-8 is the escape `\udcXX`, as in paths. */
function content(bytes: Bytes | null): string | null {
  return bytes === null ? null : decodePath(bytes);
}

function problemJson(problem: FileProblem): Record<string, unknown> {
  if (problem.kind !== 'hunks') return { ...problem };
  const hunks = problem.failures.map((failure) => ({
    ...failure,
    hunk: failure.hunk + 1,
    nearest:
      failure.nearest === null
        ? null
        : { ...failure.nearest, firstDifference: difference(failure.nearest.firstDifference) },
  }));
  return { kind: 'hunks', hunks };
}

type Found = NonNullable<Extract<FileProblem, { kind: 'hunks' }>['failures'][number]['nearest']>;

function difference(found: Found['firstDifference']): Record<string, unknown> | null {
  return found === null
    ? null
    : { line: found.line, wanted: content(found.wanted), found: content(found.found) };
}

function fileJson(outcome: FileOutcome): Record<string, unknown> {
  const { file, path, placements, problem, alreadyApplied, repairs, cautions, merge } = outcome;
  return {
    path,
    change: file.change,
    ...(file.oldPath !== null && file.oldPath !== path ? { oldPath: file.oldPath } : {}),
    line: file.line,
    hunks: placements.map((each) => ({ ...each, hunk: each.hunk + 1 })),
    problem: problem === null ? null : problemJson(problem),
    alreadyApplied,
    repairs,
    cautions,
    merge,
  };
}

function verdictJson(verdict: ApplyVerdict): Record<string, unknown> {
  const { patch, kind, because, files, tree } = verdict;
  return {
    name: patch.name,
    subject: patch.header.subject,
    verdict: kind,
    tree: tree.id,
    because: because?.name ?? null,
    files: files.map(fileJson),
  };
}

/** The body of the document; the caller adds what it wrote and where. */
export function applyJson(result: ApplyResult): Record<string, unknown> {
  return { ok: result.ok, patches: result.verdicts.map(verdictJson), tree: result.tree.id };
}
