/**
 * Addresses, read by grammar and not by search: `name-addr` and `addr-spec` of RFC 5322 §3.4 with
 * UTF-8 names (RFC 6532), without groups, comments, routes, quoted local parts and address literals,
 * none of which a person on a kernel list has, and each of which has hidden a second recipient.
 */
import type { Person } from '../../tools/series/types.ts';

const LOCAL = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/;
const DOMAIN =
  /^[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)*$/;
// SMTP's limits, RFC 5321 §4.5.3.1.
const MAX_LOCAL = 64;
const MAX_ADDRESS = 254;
const MAX_NAME = 200;

/** Whether `text` is a plain address, `local@domain`. */
export function isAddress(text: string): boolean {
  const at = text.lastIndexOf('@');
  const [local, domain] = [text.slice(0, Math.max(at, 0)), text.slice(at + 1)];
  if (at < 1 || at > MAX_LOCAL || text.length > MAX_ADDRESS) return false;
  return LOCAL.test(local) && DOMAIN.test(domain);
}

/** `Name <a@b>`, `"Name, Jr." <a@b>`, `<a@b>` or `a@b`; null when it is anything else. */
export function parseAddress(text: string): Person | null {
  const trimmed = text.trim();
  if (isAddress(trimmed)) return { name: '', email: trimmed };
  const angle = /^([^<>]*)<([^<>]*)>$/.exec(trimmed);
  const email = angle?.[2]?.trim() ?? '';
  if (angle === null || !isAddress(email)) return null;
  const name = parseName(angle[1]?.trim() ?? '');
  return name === null ? null : { name, email };
}

/** A display name: a quoted string, or words without the characters that end one. */
function parseName(text: string): string | null {
  const quoted = /^"((?:[^"\\]|\\.)*)"$/.exec(text);
  const name = quoted === null ? text : (quoted[1] ?? '').replace(/\\(.)/g, '$1');
  if (quoted === null && /[",;:@()[\]\\]/.test(text)) return null;
  return isName(name) ? name : null;
}

/** Whether a name can stand in a header: one line, nothing that shows nothing, no second address. */
export function isName(name: string): boolean {
  return (
    name.length <= MAX_NAME &&
    !/[\0-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]/.test(
      name.replace(/[\ud800-\udbff][\udc00-\udfff]/g, ''),
    ) &&
    !/[<>@]/.test(name)
  );
}

/** One address as a person reads it: `Name <a@b>`, quoted where RFC 5322 asks for it. */
export function formatAddress({ name, email }: Person): string {
  if (name === '') return email;
  const quoted = /[()<>[\]:;@,."\\]/.test(name) ? `"${name.replace(/["\\]/g, '\\$&')}"` : name;
  return `${quoted} <${email}>`;
}
