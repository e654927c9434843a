/** File names from subjects, and names that do not collide. */

/** git's limit for the names that `format-patch` makes: suffix included, and a NUL behind it. */
const LONGEST = 64;

/**
 * The subject as git puts it into file names: letters, digits, dots and underscores stay, anything
 * else becomes one `-`, runs of dots one dot; cut so that name and suffix fit 64 characters.
 */
export function slugOf(subject: string): string {
  const dashed = wholeSlug(subject).replace(/^[-.]+/, '');
  return dashed.slice(0, LONGEST - '.patch'.length - '0001-'.length).replace(/[-.]+$/, '');
}

function wholeSlug(subject: string): string {
  return subject
    .replace(/[^A-Za-z0-9._]+/g, '-')
    .replace(/\.{2,}/g, '.')
    .replace(/^-+|[-.]+$/g, '');
}

/** The name that `git format-patch -v VERSION` gives to a mail: `v2-0003-uts-….patch`. */
export function mailName(version: number, number: number, subject: string): string {
  const reroll = version > 1 ? `v${version}-` : '';
  const stem = `${reroll}${String(number).padStart(4, '0')}-${wholeSlug(subject) || 'patch'}`;
  return `${stem.slice(0, LONGEST - 1 - '.patch'.length)}.patch`;
}

/** `slug.patch`, in lower case or not as the subject has it; `fallback` names a patch without subject. */
export function patchName(subject: string, fallback: string): string {
  const slug = slugOf(subject);
  return `${slug === '' ? slugOf(fallback) || 'patch' : slug}.patch`;
}

/** Names in order, each unlike all before it on any file system: `a.patch`, `a-2.patch`. */
export function uniqueNames(names: readonly string[]): string[] {
  const taken = new Set<string>();
  return names.map((name) => {
    const unique = freeName(name, (other) => taken.has(other.toLowerCase()));
    taken.add(unique.toLowerCase());
    return unique;
  });
}

/** `name`, with the first number before its ending that makes it free where it is taken: `a-2.patch`. */
export function freeName(name: string, isTaken: (name: string) => boolean): string {
  const [, stem = name, suffix = ''] = /^(.*?)(\.[A-Za-z0-9]+)?$/s.exec(name) ?? [];
  let free = name;
  for (let count = 2; isTaken(free); count += 1) free = `${stem}-${count}${suffix}`;
  return free;
}
