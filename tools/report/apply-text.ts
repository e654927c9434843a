/** The verdicts of `seam apply` as a person reads them. */
import {
  type ApplyVerdict,
  type Caution,
  type FileOutcome,
  type FileProblem,
  type HunkFailure,
  type VerdictKind,
  stops,
} from '../apply/types.ts';
import type { Bytes } from '../patch/types.ts';
import { printable } from './printable.ts';
import type { Style } from './style.ts';
import type { Column } from './table.ts';

const WORDS: Readonly<Record<VerdictKind, string>> = {
  clean: 'clean',
  offset: 'offset',
  repaired: 'repaired',
  fuzz: 'fuzz',
  ambiguous: 'ambiguous',
  merged: 'merged',
  empty: 'empty',
  'already-applied': 'already applied',
  conflict: 'conflict',
  skipped: 'skipped',
};

/** The columns of the table: number, patch, verdict, remark. */
export function verdictColumns(style: Style): Column[] {
  const paint: Readonly<Record<string, (text: string) => string>> = {
    clean: style.good,
    conflict: style.bad,
    'already applied': style.bad,
    skipped: style.faint,
  };
  return [
    { align: 'right', style: style.faint },
    { shrink: true },
    { style: (cell) => (paint[cell] ?? style.warning)(cell) },
    { shrink: true, style: style.faint },
  ];
}

/** A row for each verdict; patches are numbered from 1. */
export function verdictRows(verdicts: readonly ApplyVerdict[]): string[][] {
  const failed = verdicts.findIndex((verdict) => stops(verdict));
  return verdicts.map((verdict, index) => {
    const remark = verdict.because === null ? remarkOf(verdict) : `because of ${failed + 1}`;
    return [String(index + 1), printable(verdict.patch.name), WORDS[verdict.kind], remark];
  });
}

function remarkOf(verdict: ApplyVerdict): string {
  const remarks = verdict.files.flatMap((file) => remarksOf(file));
  return remarks.length > 1 ? `${remarks[0]}, and ${remarks.length - 1} more` : (remarks[0] ?? '');
}

/** What is worth saying of a file that changed, most telling first. */
function remarksOf(outcome: FileOutcome): string[] {
  if (outcome.problem !== null) return [];
  const path = printable(outcome.path);
  const placed = outcome.placements.flatMap((each) => {
    if (each.offset === 0 && each.fuzz === 0) return [];
    const fuzz = each.fuzz === 0 ? '' : `, fuzz ${each.fuzz}`;
    const sign = each.offset > 0 ? '+' : '';
    const others =
      each.alternatives.length === 0
        ? ''
        : `, would fit at ${each.alternatives.slice(0, 3).join(', ')}, too`;
    return [
      `${path} hunk ${each.hunk + 1} at ${each.line} (${sign}${each.offset}${fuzz})${others}`,
    ];
  });
  const repairs = outcome.repairs.map((each) => `${path}: ${printable(each.message)}`);
  return [
    ...repairs,
    ...placed,
    ...outcome.cautions.map((each) => `${path}: ${cautionText(each)}`),
  ];
}

/** A caution as the end of a sentence that begins with the path. */
export function cautionText(caution: Caution): string {
  switch (caution.kind) {
    case 'case-collision':
      return `differs from '${printable(caution.other)}' only in case`;
    case 'special-file':
      return `git acts on '${caution.file}'`;
    case 'stale-index':
      return `index line promises ${caution.expected.slice(0, 12)}, the result is ${caution.found.slice(0, 12)}`;
  }
}

/** How many patches have which verdict: `67 patches: 64 clean, 3 offset`. */
export function countVerdicts(verdicts: readonly ApplyVerdict[]): string {
  const counts = new Map<VerdictKind, number>();
  for (const { kind } of verdicts) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  const words = [...counts].map(([kind, count]) => `${count} ${WORDS[kind]}`).join(', ');
  const total = `${verdicts.length} ${verdicts.length === 1 ? 'patch' : 'patches'}`;
  return words === '' ? total : `${total}: ${words}`;
}

/** Why the patch did not apply: one line for each file, and what each hunk ran into. */
export function explainVerdict(verdict: ApplyVerdict): string[] {
  const name = printable(verdict.patch.name);
  if (verdict.kind === 'already-applied') {
    return [`patch '${name}' is in the tree already: its reverse applies, it does not`];
  }
  const merged = verdict.files.some((file) => file.merge === 'conflict');
  const title = merged
    ? `patch '${name}' leaves conflict markers`
    : `patch '${name}' does not apply`;
  return [title, ...verdict.files.flatMap((file) => explainFile(file))];
}

function explainFile(outcome: FileOutcome): string[] {
  const path = printable(outcome.path);
  if (outcome.merge === 'conflict') return [`  ${path}: both sides changed the same lines`];
  if (outcome.problem === null) return [];
  const already = outcome.alreadyApplied ? ' (the change is there already)' : '';
  if (outcome.problem.kind !== 'hunks')
    return [`  ${path}: ${problemText(outcome.problem)}${already}`];
  return outcome.problem.failures.flatMap((failure) => explainHunk(path, failure, already));
}

/** A problem as the end of a sentence that begins with the path. */
export function problemText(problem: Exclude<FileProblem, { kind: 'hunks' }>): string {
  switch (problem.kind) {
    case 'missing':
      return 'no such file';
    case 'exists':
      return 'the file to create exists';
    case 'is-directory':
      return 'is a directory';
    case 'not-a-directory':
      return `'${printable(problem.parent)}' above it is a ${problem.link ? 'symbolic link' : 'file'}`;
    case 'unsafe-path':
      return printable(problem.reason);
    case 'unsafe-link':
      return `symbolic link to '${printable(problem.target)}', out of the tree`;
    case 'wrong-type':
      return `is a ${problem.found}, the patch is for a ${problem.expected}`;
    case 'content-left':
      return `is not empty after all its lines are removed (${problem.bytes} bytes left)`;
    case 'no-content':
      return 'binary file, and the patch does not carry the change';
    case 'bad-delta':
      return `the binary delta does not fit: ${printable(problem.reason)}`;
    case 'wrong-content':
      return `content is ${problem.found.slice(0, 12)}, the binary change starts from ${problem.expected.slice(0, 12)}`;
  }
}

function explainHunk(path: string, failure: HunkFailure, already: string): string[] {
  const which = `hunk ${failure.hunk + 1} of ${failure.hunks}`;
  const first = `  ${path}: ${which} does not fit at line ${failure.expectedLine}${already}`;
  const { nearest } = failure;
  if (nearest === null) return [first, '    none of its lines is in the file'];
  const place = `    nearest: line ${nearest.line}, ${nearest.matching} of ${nearest.total} lines match`;
  const difference = nearest.firstDifference;
  if (difference === null)
    return [first, `${place}; it must stand at the start or the end of the file`];
  return [
    first,
    `${place}, line ${difference.line} is the first that differs`,
    `      patch: ${shown(difference.wanted)}`,
    `      file:  ${difference.found === null ? '(the file ends)' : shown(difference.found)}`,
  ];
}

const LONGEST_SHOWN = 160;
const LINE_FEED = 10;

/** A line of content in quotes, cut where nobody would read on. */
function shown(bytes: Bytes): string {
  const ended = bytes.at(-1) === LINE_FEED;
  const text = printable(bytes.subarray(0, Math.min(LONGEST_SHOWN, bytes.length - Number(ended))));
  const rest = bytes.length > LONGEST_SHOWN ? '…' : '';
  return `'${text}${rest}'${ended ? '' : ' (no newline at the end)'}`;
}
