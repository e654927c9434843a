/**
 * A check as JUnit XML, the form that Jenkins, GitLab and others read (the schema of the Jenkins xUnit
 * plugin): a suite for each step and configuration, a test case for each patch. Pure.
 */
import type { CheckReport, PatchReport, StepResult, VerdictKind } from '../../check/types.ts';
import { escaped } from '../../deps/markup.ts';
import { placeOf } from './gather.ts';

type Case = { readonly patch: PatchReport; readonly result: StepResult };

export function formatJunit(report: CheckReport): string {
  const cases = report.patches.flatMap((patch) =>
    patch.results.map((result) => ({ patch, result })),
  );
  const suites = Map.groupBy(cases, ({ result }) => suiteName(result));
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="seam check"${attributes(sums(cases))}>`,
    ...[...suites].flatMap(([name, some]) => [
      `  <testsuite name="${escaped(name)}"${attributes(suiteSums(some))}>`,
      ...some.flatMap((each) => formatCase(name, each)),
      '  </testsuite>',
    ]),
    '</testsuites>',
    '',
  ].join('\n');
}

function suiteName({ step, config }: StepResult): string {
  return config === null ? step : `${step} (${config})`;
}

function count(cases: readonly Case[], ...kinds: readonly VerdictKind[]): number {
  return cases.filter(({ result }) => kinds.includes(result.verdict)).length;
}

function sums(cases: readonly Case[]) {
  const seconds = cases.reduce((sum, { result }) => sum + result.seconds, 0);
  return {
    tests: cases.length,
    failures: count(cases, 'failed'),
    errors: count(cases, 'error', 'timed-out'),
    time: seconds.toFixed(3),
  };
}

/** The schema has a number of skipped tests for a suite, but none for all of them. */
function suiteSums(cases: readonly Case[]) {
  return { ...sums(cases), skipped: count(cases, 'skipped', 'not-run') };
}

function attributes(numbers: Readonly<Record<string, number | string>>): string {
  return Object.entries(numbers)
    .map(([name, value]) => ` ${name}="${value}"`)
    .join('');
}

function formatCase(suite: string, { patch, result }: Case): string[] {
  const head = `    <testcase classname="${escaped(suite)}" name="${escaped(`${patch.number} ${patch.name}`)}" time="${result.seconds.toFixed(3)}"`;
  const inner = formatResult(result);
  return inner.length === 0 ? [`${head}/>`] : [`${head}>`, ...inner, '    </testcase>'];
}

function formatResult({ verdict, reason, findings }: StepResult): string[] {
  const text = escaped(findings.map((finding) => describe(finding)).join('\n'));
  const message = escaped(reason ?? findings[0]?.message ?? verdict);
  switch (verdict) {
    case 'passed':
      return text === '' ? [] : [`      <system-out>${text}</system-out>`];
    case 'failed':
      return [`      <failure message="${message}" type="${verdict}">${text}</failure>`];
    case 'error':
    case 'timed-out':
      return [`      <error message="${message}" type="${verdict}">${text}</error>`];
    case 'skipped':
    case 'not-run':
      return [`      <skipped message="${message}"/>`];
  }
}

function describe(finding: StepResult['findings'][number]): string {
  const place = placeOf(finding);
  const first = `${place === '' ? '' : `${place}: `}${finding.severity}: ${finding.message} [${finding.rule}]`;
  return finding.detail === undefined ? first : `${first}\n${finding.detail}`;
}
