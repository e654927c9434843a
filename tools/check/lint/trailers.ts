/** Signatures and the other lines that end a description. */
import type { Patch, Trailer } from '../../series/types.ts';
import type { Observation } from '../types.ts';
import { onText } from './on-text.ts';

const PERSON_KEYS = [
  'Signed-off-by',
  'Co-developed-by',
  'Acked-by',
  'Reviewed-by',
  'Tested-by',
  'Reported-by',
  'Suggested-by',
  'Cc',
];
const KEYS = [...PERSON_KEYS, 'Fixes', 'Link', 'Closes', 'Depends-on', 'Message-Id', 'Change-Id'];
const SPELLING = new Map(KEYS.map((key) => [key.toLowerCase(), key]));
const PERSON = /^(?:.+ )?<?[^\s<>@]+@[^\s<>@]+>?(?:\s+(?:#|\[|\().*)?$/;
/** At least 12 digits, and the subject in quotes and brackets: the form in submitting-patches.rst. */
const FIXES = /^[0-9a-f]{12,40} \("[^\n]+"\)$/;
const CERTIFICATE = /^signed-off-by:/i;

export function lintTrailers(patch: Patch): Observation[] {
  const { trailers, body } = patch.header;
  return [
    ...lintSignatures(patch),
    ...lintPlace(patch, body, trailers),
    ...lintCoDevelopers(patch, trailers),
    ...trailers.flatMap((trailer) => lintForm(patch, trailer)),
    ...repeated(trailers).map((trailer) =>
      onText(patch, 'trailer-twice', 'warning', `'${trailer}' stands there twice`),
    ),
  ];
}

/** Who passes a patch on signs it: the author is the first to do so. */
function lintSignatures(patch: Patch): Observation[] {
  const { author, trailers } = patch.header;
  const signers = trailers.filter(({ key }) => is(key, 'Signed-off-by')).map(({ value }) => value);
  if (signers.length === 0) return [onText(patch, 'sign-off', 'error', 'no Signed-off-by')];
  if (author === null || signers.some((signer) => sameMail(signer, author.email))) return [];
  const message = `author <${author.email}> has not signed off`;
  return [onText(patch, 'sign-off', 'warning', message)];
}

/** A signature that no tool will find, because other text follows. */
function lintPlace(patch: Patch, body: string, trailers: readonly Trailer[]): Observation[] {
  const written = body.split('\n').filter((line) => CERTIFICATE.test(line)).length;
  const read = trailers.filter(({ key }) => is(key, 'Signed-off-by')).length;
  if (written <= read) return [];
  return [onText(patch, 'trailer-place', 'warning', 'Signed-off-by outside of the last paragraph')];
}

/** "Every Co-developed-by: must be immediately followed by a Signed-off-by: of the co-author." */
function lintCoDevelopers(patch: Patch, trailers: readonly Trailer[]): Observation[] {
  return trailers.flatMap(({ key, value }, index) => {
    if (!is(key, 'Co-developed-by')) return [];
    const next = trailers[index + 1];
    if (next !== undefined && is(next.key, 'Signed-off-by') && sameMail(next.value, mailOf(value)))
      return [];
    const message = `Co-developed-by of '${value}' without a Signed-off-by behind it`;
    return [onText(patch, 'co-developed', 'warning', message)];
  });
}

function lintForm(patch: Patch, { key, value }: Trailer): Observation[] {
  const usual = SPELLING.get(key.toLowerCase());
  const found: Observation[] = [];
  if (usual !== undefined && usual !== key)
    found.push(onText(patch, 'trailer-form', 'warning', `'${key}' is spelled '${usual}'`));
  if (usual !== undefined && PERSON_KEYS.includes(usual) && !PERSON.test(value))
    found.push(onText(patch, 'trailer-form', 'warning', `'${key}: ${value}' names no address`));
  if (usual === 'Fixes' && !FIXES.test(value))
    found.push(
      onText(
        patch,
        'fixes-form',
        'warning',
        `'Fixes: ${value}' is not of the form 'Fixes: <12 digits> ("subject")'`,
      ),
    );
  return found;
}

function repeated(trailers: readonly Trailer[]): string[] {
  const seen = new Set<string>();
  return trailers.flatMap(({ key, value }) => {
    const line = `${key}: ${value}`;
    if (seen.has(line)) return [line];
    seen.add(line);
    return [];
  });
}

function is(key: string, name: string): boolean {
  return key.toLowerCase() === name.toLowerCase();
}

function mailOf(person: string): string {
  return /<([^<>]*)>/.exec(person)?.[1] ?? person.trim();
}

function sameMail(person: string, mail: string): boolean {
  return mailOf(person).toLowerCase() === mail.toLowerCase();
}
