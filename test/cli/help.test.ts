import { expect, test } from 'vitest';
import { VERBS } from '../../tools/commands/registry.ts';
import { seam } from './seam.ts';

test.each(VERBS.map((verb) => verb.name))('seam help %s', async (name) => {
  const help = await seam(['help', ...name.split(' ')]);
  expect(help).toMatchSnapshot();
  expect(await seam([...name.split(' '), '--help'])).toEqual(help);
});

test('help for a verb that there is not', async () => {
  expect(await seam(['help', 'doctr'])).toMatchInlineSnapshot(`
    {
      "status": 2,
      "stderr": "error: unknown verb 'doctr'
    hint: seam help doctor
    ",
      "stdout": "",
    }
  `);
});

test('help as data holds every verb with its options', async () => {
  const { stdout } = await seam(['help', '--json']);
  const { schema, verbs } = JSON.parse(stdout) as { schema: string; verbs: { name: string }[] };
  expect(schema).toBe('seam/help/1');
  expect(verbs.map((verb) => verb.name)).toEqual(VERBS.map((verb) => verb.name));
});

test.each(VERBS)('the record of $name keeps to the form', (verb) => {
  expect(verb.name).toMatch(/^[a-z][a-z-]*( [a-z][a-z-]*)?$/);
  expect(verb.summary).toMatch(/^[a-z].{9,59}$/);
  expect(verb.summary).not.toMatch(/\.$/);
  expect(verb.description.length).toBeGreaterThan(0);
  expect(verb.examples.length).toBeGreaterThan(0);
  expect(verb.examples.map(([command]) => command).join('\n')).toContain(`seam ${verb.name}`);
  for (const option of Object.values(verb.options)) expect(option.summary).not.toMatch(/\.$/);
  const variadic = verb.arguments.findIndex((argument) => argument.variadic === true);
  expect([-1, verb.arguments.length - 1]).toContain(variadic);
});
