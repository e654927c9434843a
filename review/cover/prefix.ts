/** The words that stand in the brackets of a subject. */

/**
 * The words for the brackets in the order in which lists write them: `RFC PATCH`, `PATCH RESEND`,
 * `PATCH net-next`. Null when they hold a version, a number or anything but words.
 */
export function normalPrefix(text: string): string | null {
  const words = text.split(/\s+/).filter((word) => word !== '');
  if (words.some((word) => !/^[A-Za-z][A-Za-z0-9._+/-]*$/.test(word) || /^v\d+$/i.test(word)))
    return null;
  const rest = words.filter((word) => !/^(?:rfc|patch)$/i.test(word));
  const rfc = words.some((word) => /^rfc$/i.test(word)) ? ['RFC'] : [];
  return [...rfc, 'PATCH', ...rest].join(' ');
}
