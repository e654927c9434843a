import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { VERBS } from '../../tools/commands/registry.ts';
import { updatedReadme } from '../docs.ts';

const read = (name: string): string =>
  readFileSync(new URL(`../../${name}`, import.meta.url), 'utf8');

test('the table of verbs in the README is what the records say', () => {
  // On failure: npm run docs
  const readme = read('README.md');
  expect(readme).toBe(updatedReadme(readme));
  for (const { name } of VERBS) expect(readme).toContain(`- \`seam ${name}\`: `);
});

test('a README without a place for the table is noticed', () => {
  expect(() => updatedReadme('# Seam\n')).toThrow('no place for the table');
});

test('CI runs the command that the README gives', () => {
  const command = /npm ci && npm test/;
  expect(read('README.md')).toMatch(command);
  expect(read('.ci/run')).toMatch(command);
});

test.each(VERBS.map((verb) => verb.name))('seam %s has tests of its own', (name) => {
  // The verbs of a family (`cache gc`) may share a file that is called like the family.
  const [family = name] = name.split(' ');
  const names = [`${name.replace(' ', '-')}.test.ts`, `${family}.test.ts`];
  const found = names.filter((file) => existsSync(new URL(`./${file}`, import.meta.url)));
  expect(found, `no test/cli/${names.join(' or ')}`).not.toEqual([]);
});
