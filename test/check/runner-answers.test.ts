import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { AnswerStore, type RunRecord, answerKey } from '../../tools/check/runner-answers.ts';
import { scratch } from '../cli/seam.ts';

const RUNS: RunRecord[] = [{ end: { kind: 'exited', status: 1 }, seconds: 2, tail: 'a\nb\n' }];

test('what is put is got, under its key only', () => {
  const store = new AnswerStore(join(scratch(), 'answers'));
  const key = answerKey({ tree: 't', command: ['make', '-j2'] });
  expect(store.get(key)).toEqual([]);
  store.put(key, RUNS);
  expect(store.get(key)).toEqual(RUNS);
  expect(store.get(answerKey({ tree: 't', command: ['make -j2'] }))).toEqual([]);
  expect(answerKey({ command: ['make', '-j2'], tree: 't' })).toBe(key);
});

test('an entry that is cut short, changed or under a foreign name is none', () => {
  const directory = scratch();
  const store = new AnswerStore(directory);
  const [key, other] = [answerKey({ a: 1 }), answerKey({ a: 2 })];
  store.put(key, RUNS);
  store.put(other, RUNS);
  const file = join(directory, key.slice(0, 2), key.slice(2));
  const whole = readFileSync(file, 'utf8');
  for (const damaged of ['', whole.slice(0, -3), whole.replace('"status":1', '"status":0')]) {
    writeFileSync(file, damaged);
    expect(store.get(key)).toEqual([]);
  }
  writeFileSync(file, readFileSync(join(directory, other.slice(0, 2), other.slice(2))));
  expect(store.get(key)).toEqual([]);
  expect(readdirSync(join(directory, key.slice(0, 2)))).toHaveLength(1);
});
