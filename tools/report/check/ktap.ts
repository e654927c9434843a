/**
 * A check as KTAP, version 1 (docs.kernel.org, "The Kernel Test Anything Protocol"): a test for each
 * patch, in it one for each step and configuration. Pure.
 */
import type { CheckReport, PatchReport, StepResult } from '../../check/types.ts';
import { printable } from '../printable.ts';
import { isBadVerdict, placeOf, standingOf } from './gather.ts';

export function formatKtap({ patches }: CheckReport): string {
  const lines = [
    'KTAP version 1',
    `1..${patches.length}`,
    ...patches.flatMap((patch, index) => [
      ...formatPatch(patch).map((line) => `  ${line}`),
      `${standingOf(patch) === 'bad' ? 'not ok' : 'ok'} ${index + 1} ${nameOf(patch.name)}${standingOf(patch) === 'untried' ? ' # SKIP not tried' : ''}`,
    ]),
  ];
  return lines.map((line) => `${line}\n`).join('');
}

function formatPatch({ name, results }: PatchReport): string[] {
  return [
    'KTAP version 1',
    `# Subtest: ${nameOf(name)}`,
    `1..${results.length}`,
    ...results.flatMap((result, index) => [
      ...diagnose(result),
      `${isBadVerdict(result.verdict) ? 'not ok' : 'ok'} ${index + 1} ${titleOf(result)}${directiveOf(result)}`,
    ]),
  ];
}

function titleOf({ step, config }: StepResult): string {
  return nameOf(config === null ? step : `${step}.${config}`);
}

function directiveOf({ verdict, reason }: StepResult): string {
  switch (verdict) {
    case 'passed':
    case 'failed':
      return '';
    case 'skipped':
    case 'not-run':
      return ` # SKIP ${printable(reason ?? 'not run')}`;
    case 'timed-out':
      return ` # TIMEOUT ${printable(reason ?? '')}`.trimEnd();
    case 'error':
      return ` # ERROR ${printable(reason ?? '')}`.trimEnd();
  }
}

function diagnose({ findings }: StepResult): string[] {
  return findings.map((finding) => {
    const place = placeOf(finding);
    const where = place === '' ? '' : `${place}: `;
    return printable(`# ${where}${finding.severity}: ${finding.message} [${finding.rule}]`);
  });
}

/** A hash would begin a directive. */
function nameOf(name: string): string {
  return printable(name).replaceAll('#', '\\#');
}
