import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const text = readFileSync(new URL('../../package-lock.json', import.meta.url), 'utf8');

test('the lock file leaves the choice of Node to us, and of the registry to the reader', () => {
  // On failure: npm run lock
  const { packages } = JSON.parse(text) as { packages: Record<string, object> };
  const carrying = (field: string) =>
    Object.entries(packages).flatMap(([name, entry]) => (field in entry ? [name] : []));
  expect(Object.keys(packages).length).toBeGreaterThan(50);
  expect(carrying('engines')).toEqual([]);
  expect(carrying('resolved')).toEqual([]);
});

test('every optional package is entered, for npm 11 refuses a lock file that lacks one', () => {
  // On failure: npm run lock
  type Entry = { optionalDependencies?: Record<string, string> };
  const { packages } = JSON.parse(text) as { packages: Record<string, Entry> };
  const wanted = Object.values(packages).flatMap((entry) =>
    Object.keys(entry.optionalDependencies ?? {}),
  );
  expect(wanted.length).toBeGreaterThan(50);
  expect(wanted.filter((name) => !(`node_modules/${name}` in packages))).toEqual([]);
});
