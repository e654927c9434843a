/** From sections to people: roles, lists, each person once, under the name that the mailmap gives. */
import type { Person } from '../../tools/series/types.ts';
import type { Entry } from './maintainers.ts';
import type { Mailmap } from './mailmap.ts';
import type { Maintainers, Subject } from './match.ts';

/** Somebody or some list to write to. */
export interface Contact {
  readonly kind: 'maintainer' | 'reviewer' | 'list' | 'file';
  readonly person: Person;
  /** `maintainer:IPC SUBSYSTEM`, `open list:…`, in the words of get_maintainer.pl. */
  readonly role: string;
  /** Where the address stands: a file and a line counted from 1. */
  readonly source: { readonly file: string; readonly line: number };
}

export interface PeopleOptions {
  /** Lists that only take mail of their subscribers; left out unless asked for. */
  readonly subscriberLists?: boolean;
}

/** Everyone for a subject: people first, then lists, each in the order in which they are found. */
export function findPeople(
  maintainers: Maintainers,
  mailmap: Mailmap,
  subject: Subject,
  named: readonly Contact[] = [],
  options: PeopleOptions = {},
): Contact[] {
  const found = maintainers.find(subject).flatMap(({ section }) => {
    const role = roleOf(
      section.entries.findLast(({ letter }) => letter === 'S')?.value ?? 'unknown',
    );
    return section.entries.flatMap((entry) => contactsOf(entry, role, section.title, options));
  });
  const people = onePerPerson([...found.filter(({ kind }) => kind !== 'list'), ...named], mailmap);
  const { spared } = maintainers;
  const lists = found.filter(({ kind }) => kind === 'list');
  // A list can stand among the people, too; it gets one mail.
  return onePerAddress([...people, ...lists]).filter(
    ({ person }) => !spared.has(person.email.toLowerCase()),
  );
}

function contactsOf(
  entry: Entry,
  role: string,
  title: string,
  { subscriberLists = false }: PeopleOptions,
): Contact[] {
  const source = { file: entry.file, line: entry.line };
  const short = shortTitle(title);
  switch (entry.letter) {
    case 'M':
      return peopleIn(entry.value).map((person) => ({
        kind: 'maintainer',
        person,
        role: `${role}:${short}`,
        source,
      }));
    case 'R':
      return peopleIn(entry.value).map((person) => ({
        kind: 'reviewer',
        person,
        role: `reviewer:${short}`,
        source,
      }));
    case 'L': {
      const [, address = '', note = ''] = /^(\S+)\s*(.*)$/.exec(entry.value) ?? [];
      const closed = note.includes('subscribers-only');
      if (address === '' || (closed && !subscriberLists)) return [];
      const kind = closed ? 'subscriber' : note.includes('moderated') ? 'moderated' : 'open';
      const about = title === 'THE REST' ? '' : `:${short}`;
      return [
        {
          kind: 'list',
          person: { name: '', email: address },
          role: `${kind} list${about}`,
          source,
        },
      ];
    }
    default:
      return [];
  }
}

/** People of a line. Whoever it means if it has no address is not forgotten: `recipientsOf` objects. */
function peopleIn(value: string): Person[] {
  const people = splitPeople(value);
  return people.length > 0 || value.trim() === '' ? people : [{ name: '', email: value.trim() }];
}

const ROLES: Readonly<Record<string, string>> = {
  supported: 'supporter',
  maintained: 'maintainer',
  'odd fixes': 'odd fixer',
  orphan: 'orphan minder',
  obsolete: 'obsolete minder',
};

function roleOf(status: string): string {
  return ROLES[status.toLowerCase()] ?? status.toLowerCase();
}

const LONGEST_TITLE = 50;

function shortTitle(title: string): string {
  return title.length <= LONGEST_TITLE
    ? title
    : `${title.slice(0, LONGEST_TITLE - 3).trimEnd()}...`;
}

/** People of a line; there can be several, with commas between. What is no address gives nobody. */
export function splitPeople(value: string): Person[] {
  const parts = value.match(/(?:"(?:[^"\\]|\\.)*"|<[^>]*>|[^,"<]|["<])+/g) ?? [];
  const people = parts.map((part) => personOf(part.trim()));
  const several = people.filter((person) => person !== null);
  if (several.length === people.length) return several;
  // A comma in a name without quotes: `Pan, Xinhui <…>` is one.
  const whole = personOf(value.trim());
  return whole === null ? [] : [whole];
}

function personOf(text: string): Person | null {
  const angle = /^([^<]*)<([^>]*@[^>]*)>/.exec(text);
  if (angle !== null) {
    const name = (angle[1] ?? '')
      .trim()
      .replace(/^"(.*)"$/, '$1')
      .replace(/\\(.)/g, '$1');
    return { name, email: (angle[2] ?? '').trim() };
  }
  const bare = /^\S+@\S+/.exec(text);
  return bare === null ? null : { name: '', email: bare[0] };
}

/** Who comes twice, by name or by address, comes once: first as written, then by today's names. */
function onePerPerson(contacts: readonly Contact[], mailmap: Mailmap): Contact[] {
  return distinct(
    distinct(contacts).map((contact) => ({ ...contact, person: mailmap.resolve(contact.person) })),
  );
}

function distinct(contacts: readonly Contact[]): Contact[] {
  const names = new Set<string>();
  const addresses = new Set<string>();
  return contacts.filter(({ person }) => {
    const [name, address] = [person.name.toLowerCase(), person.email.toLowerCase()];
    if ((name !== '' && names.has(name)) || addresses.has(address)) return false;
    names.add(name);
    addresses.add(address);
    return true;
  });
}

function onePerAddress(contacts: readonly Contact[]): Contact[] {
  const seen = new Set<string>();
  return contacts.filter(({ person }) => {
    const known = seen.has(person.email.toLowerCase());
    seen.add(person.email.toLowerCase());
    return !known;
  });
}

/** People whom a file names itself: device tree bindings list their maintainers. */
export function peopleInFile(text: string, file: string): Contact[] {
  return text.split('\n').flatMap((line, index) => {
    const pattern =
      /((?:[\p{L}"'.+-]+(?:,?\s+|,))*[\p{L}"'.+-]+)?\s*<?([\w.+-]+@[\w.-]+\.[A-Za-z0-9]+)>?/gu;
    return [...line.matchAll(pattern)].map(([, name = '', email = '']) => ({
      kind: 'file' as const,
      person: { name: name.replace(/^[-,.\s"']+|[,.\s"']+$/g, ''), email },
      role: 'in file',
      source: { file, line: index + 1 },
    }));
  });
}
