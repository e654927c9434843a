/** `.mailmap`: names and addresses that people have today (format: gitmailmap(5)). */
import type { Person } from '../../tools/series/types.ts';

/** Looks up who somebody is by now. */
export interface Mailmap {
  resolve(person: Person): Person;
}

type Target = Partial<Person>;

/**
 * Read a mailmap; lines that are none are passed over, as git does. Addresses must be written as the
 * map has them: that is how get_maintainer.pl looks them up, whereas git folds their case.
 */
export function parseMailmap(text: string): Mailmap {
  const byBoth = new Map<string, Target>();
  const byAddress = new Map<string, Target>();
  for (const raw of text.split('\n')) {
    const line = raw.replace(/#.*$/, '').trim();
    const match = /^([^<]*)<([^>]+)>(?:\s*([^<]*)<([^>]+)>)?$/.exec(line);
    if (match === null) continue;
    const [, name = '', first = '', oldName = '', second] = match;
    const target: Target = {
      ...(name.trim() === '' ? {} : { name: name.trim() }),
      ...(second === undefined ? {} : { email: first.trim() }),
    };
    const address = (second ?? first).trim();
    if (oldName.trim() === '') byAddress.set(address, { ...byAddress.get(address), ...target });
    else byBoth.set(keyOf(oldName.trim(), address), target);
  }
  return {
    resolve: (person) => ({
      ...person,
      ...(byBoth.get(keyOf(person.name, person.email)) ?? byAddress.get(person.email)),
    }),
  };
}

function keyOf(name: string, address: string): string {
  return `${name} <${address}>`;
}
