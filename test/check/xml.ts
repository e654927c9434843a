/** Enough of an XML 1.0 reader to say whether a document is well-formed. */

export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
}

const TOKEN = /<\?xml[^?]*\?>|<(\/?)([a-z-]+)((?: [a-z]+="[^"<]*")*)(\/?)>|([^<]+)/gy;
const ATTRIBUTE = / ([a-z]+)="([^"]*)"/g;
/** Section 2.2. */
const CHARACTERS = /^[\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]*$/u;
/** An ampersand that begins none of the predefined references. */
const LOOSE = /&(?!(?:amp|lt|gt|quot|apos);)/;

/** All elements of the document, in the order of their start tags. Throws if it is not well-formed. */
export function xmlElements(document: string): XmlElement[] {
  if (!CHARACTERS.test(document)) throw new Error('a character that XML has not');
  if (LOOSE.test(document)) throw new Error('an ampersand that means nothing');
  const elements: XmlElement[] = [];
  const open: string[] = [];
  let end = 0;
  for (const match of document.matchAll(TOKEN)) {
    end = match.index + match[0].length;
    const [, closing, name, attributes = '', empty, text] = match;
    if (text !== undefined && open.length === 0 && text.trim() !== '')
      throw new Error(`text outside of the document: ${text}`);
    if (name === undefined) continue;
    if (closing === '/') {
      if (open.pop() !== name) throw new Error(`</${name}> closes something else`);
      continue;
    }
    const pairs = [...attributes.matchAll(ATTRIBUTE)].map(([, key = '', value = '']) => [
      key,
      value,
    ]);
    if (new Set(pairs.map(([key]) => key)).size < pairs.length)
      throw new Error(`an attribute of <${name}> is there twice`);
    elements.push({ name, attributes: Object.fromEntries(pairs) as Record<string, string> });
    if (empty !== '/') open.push(name);
  }
  if (end < document.length) throw new Error(`no XML: ${document.slice(end, end + 40)}`);
  if (open.length > 0) throw new Error(`<${open.at(-1)}> is not closed`);
  return elements;
}
