/** A check as a person reads it on a terminal: a line for each patch, then what was found. */
import type { CheckReport, PatchReport, StepResult } from '../../check/types.ts';
import { printable } from '../printable.ts';
import type { Style } from '../style.ts';
import type { Column } from '../table.ts';
import { truncate } from '../width.ts';
import { type Gathered, gather, isBadVerdict, placeOf, plural, speakerOf } from './gather.ts';

/** Lines of explanation under a finding. */
const DETAIL_LINES = 8;
/** Configurations that are named. */
const NAMED_CONFIGS = 3;

/** Number, patch, a column for each step. */
export function checkColumns(steps: readonly string[], style: Style): Column[] {
  const paint = (cell: string): string => {
    if (/^(?:ok|clean)/.test(cell)) return style.good(cell);
    if (/^(?:-|not run|skipped|since)/.test(cell)) return style.faint(cell);
    return /note/.test(cell) ? cell : style.bad(cell);
  };
  return [
    { align: 'right', style: style.faint },
    { shrink: true, title: 'patch' },
    ...steps.map((title) => ({ title, style: paint })),
  ];
}

export function checkRow(report: PatchReport, steps: readonly string[]): string[] {
  return [
    String(report.number),
    printable(report.name),
    ...steps.map((step) => cellOf(report, step)),
  ];
}

/** What one step says of a patch over all configurations, in two or three words. */
function cellOf(report: PatchReport, step: string): string {
  const results = report.results.filter((result) => result.step === step);
  if (results.length === 0) return '-';
  const speaker = speakerOf(results);
  const bad = results.filter(({ verdict }) => isBadVerdict(verdict)).length;
  const share = bad > 0 && bad < results.length ? ` (${bad} of ${results.length})` : '';
  const found = gather(report).filter((each) => each.step === step);
  switch (speaker) {
    case 'failed':
      return `${failureOf(results, found)}${share}`;
    case 'error':
      return `error${share}`;
    case 'timed-out':
      return `timed out${share}`;
    case 'not-run':
      return 'not run';
    case 'skipped':
      return 'skipped';
    case 'passed':
      return passedOf(results, found);
  }
}

/** A configuration without the step's subject is no gap, one in which it could not be done is. */
function passedOf(results: readonly StepResult[], found: readonly Gathered[]): string {
  const gaps = results.filter(({ verdict }) => verdict === 'not-run').length;
  const share = gaps === 0 ? '' : ` (${results.length - gaps} of ${results.length})`;
  return found.length === 0 ? `ok${share}` : `ok, ${plural(found.length, 'note')}${share}`;
}

function failureOf(results: readonly StepResult[], found: readonly Gathered[]): string {
  const count = (severity: string): number =>
    found.filter(({ finding }) => finding.severity === severity).length;
  if (count('error') > 0) return plural(count('error'), 'error');
  if (count('warning') > 0) return plural(count('warning'), 'warning');
  const reason = results.find(({ verdict }) => verdict === 'failed')?.reason ?? '';
  return reason.startsWith('since ') ? 'still broken' : 'failed';
}

export interface TextOptions {
  readonly style: Style;
  readonly columns: number;
  /** Notes and what was fixed, too. */
  readonly verbose: boolean;
}

/** What was found, patch by patch; nothing for patches about which there is nothing to say. */
export function explainReport({ patches }: CheckReport, options: TextOptions): string[] {
  return patches.flatMap((patch) => {
    const lines = [...explainFindings(patch, options), ...explainOthers(patch)];
    if (lines.length === 0) return [];
    const title = `${patch.number} ${printable(patch.name)}`;
    return ['', options.style.heading(title), ...lines];
  });
}

function explainFindings(patch: PatchReport, options: TextOptions): string[] {
  const shown = gather(patch).filter(
    ({ finding }) => options.verbose || finding.severity !== 'note',
  );
  const fixed = options.verbose ? gather(patch, 'fixed') : [];
  return [
    ...shown.flatMap((each) => explainFinding(each, options)),
    ...fixed.map(({ finding }) => `  fixed: ${whereAndWhat(finding)}`),
  ];
}

function explainFinding({ finding, configs }: Gathered, { style, columns }: TextOptions): string[] {
  const { severity, rule, detail } = finding;
  const paint =
    severity === 'error' ? style.bad : severity === 'warning' ? style.warning : style.faint;
  const named = configs.slice(0, NAMED_CONFIGS).join(', ');
  const more = configs.length > NAMED_CONFIGS ? ` and ${configs.length - NAMED_CONFIGS} more` : '';
  const where = configs.length === 0 ? '' : ` in ${printable(named)}${more}`;
  const first = `  ${paint(`${severity}:`)} ${whereAndWhat(finding)} ${style.faint(`[${printable(rule)}]${where}`)}`;
  if (detail === undefined || severity === 'note') return [first];
  const lines = detail.split('\n').filter((line) => line.trim() !== '');
  const rest = lines.length > DETAIL_LINES ? [`… ${lines.length - DETAIL_LINES} more lines`] : [];
  return [
    first,
    ...[...lines.slice(0, DETAIL_LINES), ...rest].map((line) =>
      style.faint(truncate(`      ${printable(line.replaceAll('\t', '  '))}`, columns)),
    ),
  ];
}

function whereAndWhat(finding: Gathered['finding']): string {
  // The heading says which patch it is.
  const place = finding.path === finding.introduced ? '' : placeOf(finding);
  const message = printable(finding.message);
  return place === '' ? message : `${printable(place)}: ${message}`;
}

/** Verdicts that no finding explains. */
function explainOthers({ results }: PatchReport): string[] {
  const silent = results.filter(
    ({ verdict, findings }) =>
      isBadVerdict(verdict) && findings.every((each) => each.severity === 'note'),
  );
  const byReason = Map.groupBy(silent, ({ step, verdict, reason }) =>
    JSON.stringify([step, verdict, reason]),
  );
  return [...byReason.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const configs = group.flatMap(({ config }) => config ?? []);
    const where = configs.length === 0 ? '' : ` in ${plural(configs.length, 'configuration')}`;
    return [`  ${first.step}${where}: ${printable(first.reason ?? first.verdict)}`];
  });
}
