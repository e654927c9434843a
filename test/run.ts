/**
 * `npm test`: every stage in order, cheap and static first, all of them even if one fails. Each says
 * how long it took; what was skipped is named at the end. `npm test -- unit oracle` runs some only.
 */
import { spawnSync } from 'node:child_process';
import { globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

interface Counts {
  readonly passed: number;
  readonly failed: number;
  /** Names of what was skipped, with the reason where it is known. */
  readonly skipped: readonly string[];
}

interface Stage {
  readonly name: string;
  readonly run: () => Counts;
}

function succeeded(command: string, args: readonly string[]): boolean {
  const { status } = spawnSync(command, args, { stdio: ['ignore', 'inherit', 'inherit'] });
  return status === 0;
}

/** A stage that is one npm script and counts as one test. */
function script(name: string, npmScript: string): Stage {
  return {
    name,
    run: () => {
      const ok = succeeded('npm', ['run', '--silent', npmScript]);
      return { passed: ok ? 1 : 0, failed: ok ? 0 : 1, skipped: [] };
    },
  };
}

interface VitestReport {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly success: boolean;
  readonly testResults: readonly {
    readonly assertionResults: readonly { readonly fullName: string; readonly status: string }[];
  }[];
}

function readCounts(file: string, ok: boolean): Counts {
  const report = JSON.parse(readFileSync(file, 'utf8')) as VitestReport;
  const skipped = report.testResults
    .flatMap((result) => result.assertionResults)
    .filter(({ status }) => status === 'pending' || status === 'skipped' || status === 'todo')
    .map(({ fullName }) => fullName);
  // A file that does not load fails no test, and yet it failed.
  const failed = ok ? report.numFailedTests : Math.max(1, report.numFailedTests);
  return { passed: report.numPassedTests, failed, skipped };
}

/** A stage of vitest files; where there are none yet, that is said. */
function vitest(name: string, files: readonly string[]): Stage {
  return {
    name,
    run: () => {
      if (files.length === 0) return { passed: 0, failed: 0, skipped: [`${name}: no test files`] };
      const directory = mkdtempSync(join(tmpdir(), 'seam-run-'));
      const report = join(directory, 'report.json');
      try {
        const ok = succeeded('vitest', [
          'run',
          '--config=test/vitest.config.ts',
          '--reporter=default',
          '--reporter=json',
          `--outputFile.json=${report}`,
          ...files,
        ]);
        return readCounts(report, ok);
      } catch (error) {
        console.error(error);
        return { passed: 0, failed: 1, skipped: [] };
      } finally {
        rmSync(directory, { recursive: true, force: true });
      }
    },
  };
}

/** A test file belongs to the first stage whose pattern it fits; `unit` takes the rest. */
const KINDS: readonly (readonly [stage: string, pattern: RegExp])[] = [
  ['model', /^test\/model\//],
  ['series', /^test\/own-series\//],
  ['property', /\.property\.test\.ts$/],
  ['oracle', /\.oracle\.test\.ts$/],
];

function sortFiles(): ReadonlyMap<string, readonly string[]> {
  const files = globSync('test/**/*.test.ts').filter((file) => !file.includes('/fixtures/'));
  const kindOf = (file: string): string =>
    KINDS.find(([, pattern]) => pattern.test(file))?.[0] ?? 'unit';
  return Map.groupBy(files.toSorted(), kindOf);
}

function allStages(): readonly Stage[] {
  const files = sortFiles();
  return [
    script('type check', 'typecheck'),
    script('lint', 'lint'),
    script('format', 'format:check'),
    script('unused code', 'unused'),
    ...['unit', 'property', 'oracle', 'model', 'series'].map((name) =>
      vitest(name, files.get(name) ?? []),
    ),
  ];
}

function runStages(wanted: readonly string[]): Counts {
  const stages = allStages().filter(({ name }) => wanted.length === 0 || wanted.includes(name));
  const total = { passed: 0, failed: 0, skipped: [] as string[] };
  for (const stage of stages) {
    console.log(`\n=== ${stage.name}`);
    const started = performance.now();
    const { passed, failed, skipped } = stage.run();
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    const verdict = failed > 0 ? 'FAILED' : passed > 0 ? 'ok' : 'skipped';
    console.log(`--- ${stage.name}: ${verdict}, ${seconds} s`);
    total.passed += passed;
    total.failed += failed;
    total.skipped.push(...skipped);
  }
  return total;
}

const { passed, failed, skipped } = runStages(process.argv.slice(2));
if (skipped.length > 0) console.log(`\nskipped:\n${skipped.map((name) => `  ${name}`).join('\n')}`);
console.log(`\n${passed} passed, ${failed} failed, ${skipped.length} skipped`);
// A run of nothing, from a mistyped stage, is no success.
process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
