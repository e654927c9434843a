import { describe, expect, test } from 'vitest';
import { Ledger } from '../../tools/check/delta.ts';
import type { Observation, Outcome, StepResult, VerdictKind } from '../../tools/check/types.ts';

type Seen = string | readonly [message: string, line: number];

/** An outcome: `W x` is a warning, `E x` an error, `N x` a note. */
function outcome(seen: readonly Seen[], verdict: VerdictKind = 'passed'): Outcome {
  const severities = { E: 'error', W: 'warning', N: 'note' } as const;
  const observations = seen.map((each): Observation => {
    const [text, line] = typeof each === 'string' ? [each, 1] : each;
    const severity = severities[text[0] as keyof typeof severities];
    return { rule: 'build/x', severity, path: 'a.c', line, message: text.slice(2) };
  });
  const reason = verdict === 'passed' ? null : 'the reason';
  return { verdict, reason, cached: false, seconds: 1, observations, log: null };
}

/** What is said of each patch, from the outcomes of base, first patch, second patch. */
function follow(outcomes: readonly Outcome[], accepts = () => false): StepResult[] {
  const [base, ...rest] = outcomes;
  const ledger = new Ledger(accepts);
  if (base !== undefined) ledger.start(base);
  return rest.map((each, index) =>
    ledger.follow({ patch: `p${index + 1}`, step: 'build', config: 'def' }, each),
  );
}

function brief({ verdict, reason, findings, fixed, inherited }: StepResult): string {
  const names = (some: readonly Observation[]): string =>
    some.map(({ message }) => message).join('');
  return `${verdict}${reason === null ? '' : ` ${reason}`} +${names(findings)} -${names(fixed)} =${inherited}`;
}

const said = (outcomes: readonly Outcome[]): string[] => follow(outcomes).map(brief);

describe('blame', () => {
  test('a warning is the fault of the patch behind which it is first seen', () => {
    const trees = [[], ['W a'], ['W a', 'W b'], ['W b']].map((seen) => outcome(seen));
    expect(said(trees)).toEqual(['failed +a - =0', 'failed +b - =1', 'passed + -a =1']);
  });

  test('what was there before the series is nobody’s fault, an error neither', () => {
    const trees = [['W a', 'E b'], ['W a', 'E b'], ['E b']].map((seen) => outcome(seen));
    expect(said(trees)).toEqual(['passed + - =2', 'passed + -a =1']);
  });

  test('a finding stays itself when it moves, and twice the same are two', () => {
    const once = outcome([['W a', 10]]);
    const moved = outcome([['W a', 12]]);
    const twice = outcome([
      ['W a', 12],
      ['W a', 20],
    ]);
    expect(said([once, moved, twice, moved])).toEqual([
      'passed + - =1',
      'failed +a - =1',
      'passed + -a =1',
    ]);
  });

  test('notes do not fail a patch', () => {
    expect(said([outcome([]), outcome(['N a'])])).toEqual(['passed +a - =0']);
  });

  test('a tree that an earlier patch broke is broken, and says by whom', () => {
    const trees = [
      outcome([]),
      outcome(['E a'], 'failed'),
      outcome(['E a'], 'failed'),
      outcome([]),
    ];
    expect(said(trees)).toEqual([
      'failed the reason +a - =0',
      'failed since p1 + - =1',
      'passed + -a =0',
    ]);
  });

  test('a tree that does not build hides warnings, but does not make them new', () => {
    const trees = [
      outcome(['W a', 'W b']),
      outcome(['W a', 'E x'], 'failed'),
      outcome(['W a', 'W b']),
    ];
    expect(said(trees)).toEqual(['failed the reason +x - =1', 'passed + -x =2']);
  });

  test('where nothing could be seen, nothing is fixed or forgotten', () => {
    const kinds: VerdictKind[] = ['timed-out', 'error', 'not-run', 'skipped'];
    for (const kind of kinds) {
      expect(said([outcome(['W a']), outcome([], kind), outcome(['W a'])])).toEqual([
        `${kind} the reason + - =1`,
        'passed + - =1',
      ]);
    }
  });

  test('a base that does not build says so at every patch', () => {
    const broken = outcome(['E a'], 'failed');
    expect(said([broken, broken])).toEqual(['failed fails before the series, too + - =1']);
  });

  test('a failure that explains nothing is a failure', () => {
    expect(said([outcome([]), outcome([], 'failed')])).toEqual(['failed the reason + - =0']);
  });
});

test('what is accepted does not fail, neither there nor later', () => {
  const trees = [outcome([]), outcome(['E a']), outcome(['E a'])];
  const results = follow(trees, () => true);
  expect(results.map(({ verdict, accepted }) => [verdict, accepted])).toEqual([
    ['passed', 1],
    ['passed', 0],
  ]);
});

test('numbers that change are notes', () => {
  const measured = (measures: Record<string, number>): Outcome => ({ ...outcome([]), measures });
  const trees = [
    { text: 100, gone: 1 },
    { text: 110, fresh: 7 },
    { text: 110, fresh: 7 },
  ];
  const results = follow(trees.map(measured));
  expect(
    results.map(({ verdict, findings }) => [verdict, findings.map(({ message }) => message)]),
  ).toEqual([
    ['passed', ['fresh: new, 7', 'gone: gone, was 1', 'text: 100 to 110 (+10, +10.0 %)']],
    ['passed', []],
  ]);
});
