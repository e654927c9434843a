/** Our comparison of traces and that of the model's own `scripts/tracecheck.sh`. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fc } from '@fast-check/vitest';
import { expect, onTestFinished, test, vi } from 'vitest';
import { type Played, TraceCheck, readDifferences } from '../../tools/check/model/traces.ts';
import { SOURCE, run } from '../model/kernel.ts';

vi.setConfig({ testTimeout: 240_000 });

interface Case {
  readonly played: Played;
  readonly golden: string | null;
}

const line = fc.constantFrom('init a = 0', 'init b = 1', 'init c = -1 EPERM', '# remark', '');
const trace = fc
  .array(line, { maxLength: 4 })
  .map((lines) => lines.map((each) => `${each}\n`).join(''));
const skip = fc.constantFrom('', '', '', 'skipped: no such thing\n');
const played = fc.tuple(
  fc.constantFrom('fs/one', 'fs/two', 'ipc/three'),
  fc.constantFrom(0, 0, 0, 0, 4),
  trace,
  skip,
);
const anyCase = fc
  .tuple(
    played,
    fc.option(
      fc.tuple(trace, skip).map((parts) => parts.join('')),
      { freq: 8 },
    ),
    fc.boolean(),
  )
  .map(([[scenario, status, text, skipped], golden, same]): Case => {
    const full = text + skipped;
    return { played: { scenario, status, trace: full, errors: '' }, golden: same ? full : golden };
  });
const cases = fc.uniqueArray(anyCase, {
  minLength: 1,
  maxLength: 3,
  selector: ({ played: { scenario } }) => scenario,
});
const difference = fc
  .tuple(
    fc.constantFrom('fs/one', 'fs/two', 'ipc/three'),
    fc.constantFrom('init a = 0', 'init b = 1'),
    fc.constantFrom('init c = -1 EPERM', 'init b = 1', ''),
  )
  .map(
    ([scenario, model, real]) =>
      `- \`\`${scenario}\`\`: \`\`${model}\`\` for \`\`${real}\`\`: because\n`,
  );
const differences = fc
  .array(difference, { maxLength: 3 })
  .map((lines) => `Title\n=====\n\n${lines.join('')}`);

/** One word for each scenario, and the entries that nothing needs. */
function ours(all: readonly Case[], text: string): string[] {
  const check = new TraceCheck(readDifferences(text));
  const words = all.map(({ played: each, golden }) => {
    const verdict = check.compare(each, golden);
    const word =
      verdict.kind !== 'failed'
        ? verdict.kind
        : verdict.message.startsWith('exit')
          ? 'failed'
          : verdict.message.startsWith('no trace')
            ? 'missing'
            : 'differs';
    return `${word} ${each.scenario}`;
  });
  const stale = check.stale().map(({ scenario, model }) => `stale ${scenario}\t${model}`);
  return [...words.filter((word) => !word.startsWith('equal')), ...new Set(stale)].sort();
}

function theirs(directory: string, all: readonly Case[], text: string): string[] {
  rmSync(directory, { recursive: true, force: true });
  mkdirSync(join(directory, 'real/fs'), { recursive: true });
  mkdirSync(join(directory, 'real/ipc'));
  mkdirSync(join(directory, 'model/fs'), { recursive: true });
  mkdirSync(join(directory, 'model/ipc'));
  const write = (name: string, content: string): void =>
    writeFileSync(join(directory, name), content);
  // Stands in for the model: prints the trace that lies beside the scenario.
  write('vmlinux', '#!/bin/sh\ncat "$2"\nexit $(cat "$2.status")\n');
  run('chmod', ['755', join(directory, 'vmlinux')]);
  write('differences', text);
  for (const { played: each, golden } of all) {
    write(`model/${each.scenario}.scn`, each.trace);
    write(`model/${each.scenario}.scn.status`, String(each.status));
    if (golden !== null) write(`real/${each.scenario}.trace`, golden);
  }
  const files = all.map(({ played: { scenario } }) => join(directory, `model/${scenario}.scn`));
  const script = join(SOURCE, 'scripts/tracecheck.sh');
  const arguments_ = [
    script,
    join(directory, 'vmlinux'),
    join(directory, 'real'),
    join(directory, 'differences'),
  ];
  const { stdout } = run('sh', [...arguments_, ...files], { env: { ALL: '1' } });
  return stdout
    .split('\n')
    .flatMap((each) => {
      const [, word = '', name = ''] =
        /^(failed|missing|differs|skipped) +([a-z]+\/[a-z]+)/.exec(each) ?? [];
      if (word !== '') return [`${word} ${name}`];
      const [, entry] = /^ {4}([a-z]+\/[a-z]+\t.*)$/.exec(each) ?? [];
      return entry === undefined ? [] : [`stale ${entry}`];
    })
    .sort();
}

test('the same verdicts', () => {
  const place = mkdtempSync(join(tmpdir(), 'seam-traces-'));
  onTestFinished(() => rmSync(place, { recursive: true, force: true }));
  fc.assert(
    fc.property(cases, differences, (all, text) => {
      expect(ours(all, text)).toEqual(theirs(join(place, 'case'), all, text));
    }),
    { numRuns: 80 },
  );
});
