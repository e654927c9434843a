/** Contacts → To and Cc. MAINTAINERS is a stranger's text: only what is an address by grammar gets mail. */
import type { Person } from '../../tools/series/types.ts';
import { isAddress, isName } from '../message/address.ts';
import type { Objection } from '../message/objections.ts';
import type { Contact } from './people.ts';

/** Maintainers To, reviewers and lists Cc; what nobody can write to is objected to. */
export function recipientsOf(contacts: readonly Contact[]): {
  readonly to: readonly Person[];
  readonly cc: readonly Person[];
  readonly objections: readonly Objection[];
} {
  const fit = contacts.filter(({ person }) => isAddress(person.email) && isName(person.name));
  const people = (own: (contact: Contact) => boolean): Person[] =>
    fit.filter(own).map(({ person }) => person);
  return {
    to: people(({ kind }) => kind === 'maintainer' || kind === 'file'),
    cc: people(({ kind }) => kind === 'reviewer' || kind === 'list'),
    objections: contacts
      .filter((contact) => !fit.includes(contact))
      .map(({ person, source }) => ({
        ...source,
        message: `'${person.name === '' ? '' : `${person.name} `}<${person.email}>' is no address that mail can go to`,
      })),
  };
}
