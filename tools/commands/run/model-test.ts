import { execa } from 'execa';
import { countKtap, type KtapReport, type KtapTest, parseKtap } from '../../check/ktap.ts';
import { EXIT } from '../../errors.ts';
import { printable } from '../../report/printable.ts';
import type { Context } from '../context.ts';
import type { modelTest } from '../model.ts';
import type { Run } from '../types.ts';
import { build, type Model } from './model-build.ts';

/** What came of a run of a program. */
interface Ended {
  readonly output: string;
  readonly status: number;
}

export const run: Run<typeof modelTest> = async (ctx, { args: [suite], options }) => {
  const model = await build(ctx, options);
  const unit = await ended(ctx, [model.program, 'kunit', ...(suite === undefined ? [] : [suite])]);
  if (options.ktap) {
    ctx.report.write(unit.output);
    return unit.status === 0 ? EXIT.yes : EXIT.no;
  }
  const report = parseKtap(unit.output);
  const scenarios = suite === undefined ? await playScenarios(ctx, model) : null;
  const ok =
    unit.status === 0 &&
    report.problems.length === 0 &&
    (scenarios === null || scenarios.status === 0);
  if (ctx.globals.json) {
    const { tests, problems } = report;
    ctx.report.json('model-test/1', {
      ok,
      counts: countKtap(tests),
      suites: tests,
      problems,
      scenarios,
    });
  } else {
    printUnit(ctx, report, unit);
    if (scenarios !== null)
      ctx.report.print(
        ...scenarios.output
          .trimEnd()
          .split('\n')
          .map((line) => printable(line)),
      );
  }
  return ok ? EXIT.yes : EXIT.no;
};

async function playScenarios(ctx: Context, { make, source }: Model): Promise<Ended> {
  return ended(ctx, [...make, 'goldencheck'], source);
}

async function ended(
  ctx: Context,
  [program, ...args]: readonly [string, ...string[]],
  cwd = ctx.cwd,
): Promise<Ended> {
  const result = await execa(program, args, {
    env: ctx.env,
    extendEnv: false,
    cwd,
    all: true,
    reject: false,
    stdin: 'ignore',
    stripFinalNewline: false,
    cancelSignal: ctx.signal,
  });
  return { output: result.all ?? '', status: result.exitCode ?? 128 };
}

function printUnit(ctx: Context, report: KtapReport, unit: Ended): void {
  const { style } = ctx.report;
  const paint = (word: string): string =>
    word === 'passed'
      ? style.good(word)
      : word === 'failed'
        ? style.bad(word)
        : style.warning(word);
  ctx.report.table(
    [{ shrink: true }, { style: paint }, { align: 'right', style: style.faint }],
    report.tests.map((test) => [
      printable(test.name),
      test.status,
      `${countKtap([test]).passed} of ${total(test)}`,
    ]),
  );
  for (const test of failures(report.tests)) {
    ctx.report.print(
      style.bad(printable(test.name)),
      ...test.log.map((line) => `  ${printable(line.trim())}`),
    );
  }
  for (const problem of report.problems) ctx.report.print(style.bad(printable(problem)));
  if (report.problems.length > 0)
    ctx.report.print(...report.log.slice(-10).map((line) => `  ${printable(line)}`));
  const { passed, failed, skipped } = countKtap(report.tests);
  const end = unit.status === 0 || failed > 0 ? '' : `, ended with status ${unit.status}`;
  ctx.report.print(`unit tests: ${passed} passed, ${failed} failed, ${skipped} skipped${end}`);
}

function total(test: KtapTest): number {
  const { passed, failed, skipped } = countKtap([test]);
  return passed + failed + skipped;
}

function failures(tests: readonly KtapTest[]): KtapTest[] {
  return tests.flatMap((test) =>
    test.tests.length > 0 ? failures(test.tests) : test.status === 'failed' ? [test] : [],
  );
}
