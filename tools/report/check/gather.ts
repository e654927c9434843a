/** What the forms of a check's report have in common. Pure. */
import type {
  CheckReport,
  Finding,
  PatchReport,
  StepResult,
  VerdictKind,
} from '../../check/types.ts';

/** For those that read a report and run nothing. */
export type { CheckReport, Finding, PatchReport } from '../../check/types.ts';

/** A finding with the configurations in which it was made, once for all of them. */
export interface Gathered {
  readonly finding: Finding;
  readonly step: string;
  /** Empty for a step that has none. */
  readonly configs: readonly string[];
}

type Side = 'findings' | 'fixed';

/** The findings of a patch, worst first within a step. */
export function gather({ results }: PatchReport, side: Side = 'findings'): Gathered[] {
  const found = new Map<string, { finding: Finding; step: string; configs: string[] }>();
  for (const result of results) {
    for (const finding of result[side]) {
      const { rule, path, line, message } = finding;
      const key = JSON.stringify([result.step, rule, path, line, message]);
      const known = found.get(key) ?? { finding, step: result.step, configs: [] };
      if (result.config !== null) known.configs.push(result.config);
      found.set(key, known);
    }
  }
  const rank = { error: 0, warning: 1, note: 2 };
  return [...found.values()].sort(
    (a, b) =>
      results.findIndex(({ step }) => step === a.step) -
        results.findIndex(({ step }) => step === b.step) ||
      rank[a.finding.severity] - rank[b.finding.severity],
  );
}

/** Of several verdicts one speaks for all: the worst, or that something passed and nothing is bad. */
const SPEAKERS: readonly VerdictKind[] = [
  'failed',
  'error',
  'timed-out',
  'passed',
  'not-run',
  'skipped',
];

/** Whether the answer to "is it all right?" is no. */
export function isBadVerdict(verdict: VerdictKind): boolean {
  return verdict === 'failed' || verdict === 'error' || verdict === 'timed-out';
}

export function speakerOf(results: readonly StepResult[]): VerdictKind {
  return SPEAKERS.find((kind) => results.some(({ verdict }) => verdict === kind)) ?? 'not-run';
}

/** One word for a patch: `untried` where a patch before it does not apply. */
export function standingOf({ results }: PatchReport): 'good' | 'bad' | 'untried' {
  if (results.some(({ verdict }) => isBadVerdict(verdict))) return 'bad';
  const untried = results.some(({ step, verdict }) => step === 'apply' && verdict === 'skipped');
  return untried ? 'untried' : 'good';
}

export interface Counts {
  readonly patches: number;
  readonly good: number;
  readonly bad: number;
  readonly untried: number;
  readonly answers: number;
  readonly cached: number;
  readonly errors: number;
  readonly warnings: number;
  readonly notes: number;
  readonly fixed: number;
  readonly accepted: number;
}

export function countReport({ patches }: CheckReport): Counts {
  const results = patches.flatMap((patch) => patch.results);
  const findings = patches.flatMap((patch) => gather(patch));
  const severe = (severity: string): number =>
    findings.filter(({ finding }) => finding.severity === severity).length;
  const standing = (word: string): number =>
    patches.filter((patch) => standingOf(patch) === word).length;
  return {
    patches: patches.length,
    good: standing('good'),
    bad: standing('bad'),
    untried: standing('untried'),
    answers: results.length,
    cached: results.filter(({ cached }) => cached).length,
    errors: severe('error'),
    warnings: severe('warning'),
    notes: severe('note'),
    fixed: patches.reduce((sum, patch) => sum + gather(patch, 'fixed').length, 0),
    accepted: results.reduce((sum, { accepted }) => sum + accepted, 0),
  };
}

/** `1 patch`, `2 patches`. */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** The whole in one line: `3 patches: 2 good, 1 bad; 1 error, 2 notes; 36 answers, 12 of them known`. */
export function summaryOf(report: CheckReport): string {
  const counts = countReport(report);
  const untried = counts.untried === 0 ? '' : `, ${counts.untried} not tried`;
  const found = [
    [counts.errors, 'error'],
    [counts.warnings, 'warning'],
    [counts.notes, 'note'],
    [counts.fixed, 'fixed'],
    [counts.accepted, 'accepted'],
  ] as const;
  const words = found
    .filter(([count]) => count > 0)
    .map(([count, word]) => (word.endsWith('ed') ? `${count} ${word}` : plural(count, word)));
  return [
    `${plural(counts.patches, 'patch', 'patches')}: ${counts.good} good, ${counts.bad} bad${untried}`,
    words.length === 0 ? 'nothing found' : words.join(', '),
    `${plural(counts.answers, 'answer')}, ${counts.cached} known before`,
  ].join('; ');
}

/** Where a finding is: `kernel/sys.c:12`; empty for nowhere. */
export function placeOf({ path, line }: Finding): string {
  if (path === null) return '';
  return line === null ? path : `${path}:${line}`;
}
