/** Reports in all their forms, whatever names, messages and outputs hold. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseKtap } from '../../tools/check/ktap.ts';
import type { CheckReport, Finding, StepResult, VerdictKind } from '../../tools/check/types.ts';
import { standingOf } from '../../tools/report/check/gather.ts';
import { formatJunit } from '../../tools/report/check/junit.ts';
import { formatKtap } from '../../tools/report/check/ktap.ts';
import { formatMarkdown } from '../../tools/report/check/markdown.ts';
import { formatSarif } from '../../tools/report/check/sarif.ts';
import { xmlElements } from './xml.ts';

/** Text as patches, compilers and tests may bring it: markup, controls, half characters. */
const text = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 20 }),
  fc.string({
    unit: fc.constantFrom(...'<>&"\'#|`\\\n\r\t\u0000\u001b\ud800\u202e@ ok1 '.split('')),
  }),
  fc.constantFrom('ok 1 - x # SKIP', ']]>', '../../etc/passwd', '%', 'a b.c', 'kernel/sys.c'),
);
const name = text.filter((each) => each !== '');
const verdict = fc.constantFrom<VerdictKind>(
  'passed',
  'failed',
  'skipped',
  'timed-out',
  'error',
  'not-run',
);

function finding(introduced: string): fc.Arbitrary<Finding> {
  return fc.record(
    {
      rule: fc.constantFrom('build/error', 'lint/subject', 'kunit/failed'),
      severity: fc.constantFrom('error', 'warning', 'note'),
      path: fc.option(fc.oneof(name, fc.constant(introduced))),
      line: fc.option(fc.integer({ min: 0, max: 9999 })),
      message: text,
      detail: text,
      introduced: fc.constant(introduced),
    },
    { requiredKeys: ['rule', 'severity', 'path', 'line', 'message', 'introduced'] },
  );
}

function result(patch: string, step: string): fc.Arbitrary<StepResult> {
  return fc.record({
    patch: fc.constant(patch),
    step: fc.constant(step),
    config: fc.option(fc.constantFrom('def', 'allno', 'rand-1-2')),
    verdict,
    reason: fc.option(text),
    cached: fc.boolean(),
    seconds: fc.double({ min: 0, max: 1e5, noNaN: true }),
    findings: fc.array(finding(patch), { maxLength: 3 }),
    fixed: fc.array(finding(patch), { maxLength: 1 }),
    accepted: fc.nat(3),
    inherited: fc.nat(3),
    log: fc.constant(null),
  });
}

const STEPS = ['apply', 'build', 'kunit'];

const report: fc.Arbitrary<CheckReport> = fc
  .array(name, { minLength: 1, maxLength: 4 })
  .chain((names) =>
    fc.record({
      base: fc.constant({ label: 'base', commit: null }),
      series: fc.constant({ source: 'series', patches: names.length }),
      shard: fc.constant(null),
      steps: fc.constant(STEPS),
      patches: fc.tuple(
        ...names.map((each, index) =>
          fc.record({
            number: fc.constant(index + 1),
            name: fc.constant(each),
            subject: text,
            tree: fc.constant(null),
            results: fc.tuple(...STEPS.map((step) => result(each, step))),
          }),
        ),
      ),
    }),
  );

interface SarifResult {
  readonly ruleId: string;
  readonly ruleIndex: number;
  readonly level: string;
  readonly message: { readonly text: string };
  readonly partialFingerprints: Readonly<Record<string, string>>;
  readonly locations: readonly {
    readonly physicalLocation: {
      readonly artifactLocation: { readonly uri: string; readonly uriBaseId: string };
      readonly region?: { readonly startLine: number };
    };
  }[];
}
interface Sarif {
  readonly version: string;
  readonly runs: readonly {
    readonly tool: { readonly driver: { name: string; rules: readonly { id: string }[] } };
    readonly originalUriBaseIds: object;
    readonly results: readonly SarifResult[];
  }[];
}

/** RFC 3986, section 4.1, as far as a relative path goes. */
const URI = /^(?:[\w.~!$&'()*+,;=:@/?#-]|%[0-9A-Fa-f]{2})*$/;

/** What is not as SARIF 2.1.0 wants it, by the sections of the standard. */
function sarifProblems({ version, runs }: Sarif): string[] {
  const [run] = runs;
  if (version !== '2.1.0' || runs.length !== 1 || run === undefined) return ['3.13'];
  const { rules, name: tool } = run.tool.driver;
  const ids = rules.map(({ id }) => id);
  const problems = new Set(ids).size === ids.length && tool !== '' ? [] : ['3.19'];
  for (const { ruleId, ruleIndex, level, message, locations, ...rest } of run.results) {
    if (ids[ruleIndex] !== ruleId) problems.push('3.27.6');
    if (!['none', 'note', 'warning', 'error'].includes(level)) problems.push('3.27.10');
    if (typeof message.text !== 'string') problems.push('3.11.8');
    if (Object.values(rest.partialFingerprints).some((each) => each === ''))
      problems.push('3.27.17');
    for (const { physicalLocation } of locations) {
      const { artifactLocation, region } = physicalLocation;
      if (!URI.test(artifactLocation.uri)) problems.push(`3.10.1 '${artifactLocation.uri}'`);
      if (!(artifactLocation.uriBaseId in run.originalUriBaseIds)) problems.push('3.14.14');
      if (region !== undefined && !(region.startLine > 0)) problems.push('3.30.5');
    }
  }
  return problems;
}

describe('a report of anything', () => {
  test('as SARIF has every finding, in the form of the standard', () => {
    fc.assert(
      fc.property(report, (each) => {
        const sarif = JSON.parse(formatSarif(each)) as Sarif;
        expect(sarifProblems(sarif)).toEqual([]);
        const rules = new Set(each.patches.flatMap(findingsOf).map(({ rule }) => rule));
        expect(new Set(sarif.runs[0]?.results.map(({ ruleId }) => ruleId))).toEqual(rules);
      }),
    );
  });

  test('as JUnit is XML with a case for every answer, and sums that are right', () => {
    fc.assert(
      fc.property(report, (each) => {
        const elements = xmlElements(formatJunit(each));
        const results = each.patches.flatMap(({ results: all }) => all);
        const named = (tag: string) => elements.filter((element) => element.name === tag);
        expect(named('testcase')).toHaveLength(results.length);
        const [all] = named('testsuites');
        expect(Number(all?.attributes['failures'])).toBe(named('failure').length);
        expect(Number(all?.attributes['errors'])).toBe(named('error').length);
        const skipped = named('testsuite').map(({ attributes }) => Number(attributes['skipped']));
        expect(skipped.reduce((sum, count) => sum + count, 0)).toBe(named('skipped').length);
      }),
    );
  });

  test('as KTAP is read back with the same answers', () => {
    fc.assert(
      fc.property(report, (each) => {
        const { tests, problems } = parseKtap(formatKtap(each));
        expect(problems).toEqual([]);
        const wanted = { good: 'passed', bad: 'failed', untried: 'skipped' } as const;
        expect(tests.map(({ status }) => status)).toEqual(
          each.patches.map((patch) => wanted[standingOf(patch)]),
        );
      }),
    );
  });

  test('as Markdown is a table with a row for each patch, without HTML', () => {
    fc.assert(
      fc.property(report, (each) => {
        const lines = formatMarkdown(each).split('\n');
        const rows = lines.filter((line) => line.startsWith('|'));
        expect(rows).toHaveLength(each.patches.length + 2);
        expect(lines.filter((line) => /^(?:\*\*|\||- |$)/.test(line))).toEqual(lines);
      }),
    );
  });
});

function findingsOf({ results }: CheckReport['patches'][number]): readonly Finding[] {
  return results.flatMap(({ findings }) => findings);
}
