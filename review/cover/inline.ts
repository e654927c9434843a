/** Words of Markdown as plain text. Line breaks that the writer asked for are line feeds. */
import type {
  Definition,
  FootnoteDefinition,
  Html,
  Link,
  LinkReference,
  PhrasingContent,
} from 'mdast';
import { type Objection, hiddenCharacters } from '../message/objections.ts';

/** Stands for a blank at which no line is broken, until the text has been filled. */
const FIXED = '\0';

/** Anything that knows where in the source it stands. */
interface Placed {
  readonly position?: { readonly start: { readonly line: number } } | undefined;
}

/** What a whole letter shares: addresses and notes that stand below the text, and complaints. */
export class Notes {
  readonly definitions = new Map<string, Definition>();
  readonly footnotes = new Map<string, FootnoteDefinition>();
  readonly objections: Objection[] = [];
  /** Addresses and identifiers of notes in the order in which they are first named. */
  readonly #targets: { readonly kind: 'url' | 'note'; readonly key: string }[] = [];
  readonly #file: string;
  #firstLine: number;

  constructor(file: string, firstLine: number) {
    this.#file = file;
    this.#firstLine = firstLine;
  }

  /** The number of an address or of a note; the same one each time. */
  number(kind: 'url' | 'note', key: string): number {
    const known = this.#targets.findIndex((target) => target.kind === kind && target.key === key);
    return known === -1 ? this.#targets.push({ kind, key }) : known + 1;
  }

  get targets(): readonly { readonly kind: 'url' | 'note'; readonly key: string }[] {
    return this.#targets;
  }

  /** Objections made meanwhile are about text that begins at another line of the file. */
  within<T>(firstLine: number, work: () => T): T {
    const before = this.#firstLine;
    this.#firstLine = firstLine;
    try {
      return work();
    } finally {
      this.#firstLine = before;
    }
  }

  /** Object to characters that show nothing: entities bring them in, where the source has none. */
  inspect(node: Placed, text: string): void {
    const line = this.#lineOf(node);
    for (const each of hiddenCharacters(text, this.#file, line)) this.objections.push(each);
  }

  object(node: Placed, message: string): void {
    this.objections.push({ file: this.#file, line: this.#lineOf(node), message });
  }

  #lineOf({ position }: Placed): number {
    return (position?.start.line ?? 1) + this.#firstLine - 1;
  }
}

/** Text with `FIXED` for the blanks of code; `release` turns them back. */
export function inlineText(nodes: readonly PhrasingContent[], notes: Notes): string {
  return nodes.map((node) => oneText(node, notes)).join('');
}

/** Blanks that kept code together are blanks again. */
export function release(text: string): string {
  return text.replaceAll(FIXED, ' ');
}

function oneText(node: PhrasingContent, notes: Notes): string {
  switch (node.type) {
    case 'text':
      return node.value.replace(/\s+/g, ' ');
    case 'inlineCode':
      return `\`${node.value.replace(/\s/g, FIXED)}\``;
    case 'break':
      return '\n';
    case 'emphasis':
    case 'strong':
      return `*${inlineText(node.children, notes)}*`;
    case 'delete':
      return `~~${inlineText(node.children, notes)}~~`;
    case 'link':
      return linkText(node, node.url, notes);
    case 'linkReference':
      return linkText(node, notes.definitions.get(node.identifier)?.url ?? '', notes);
    case 'footnoteReference':
      return `${FIXED}[${notes.number('note', node.identifier)}]`;
    case 'html':
      return htmlText(node, notes);
    case 'image':
    case 'imageReference':
      notes.object(node, 'a mail of plain text holds no image');
      return '';
    default:
      // A plug-in that is not used here could bring more kinds of nodes.
      return '';
  }
}

/** `words [1]`; an address that is its own text stands alone. */
function linkText(node: Link | LinkReference, url: string, notes: Notes): string {
  const text = inlineText(node.children, notes);
  if (!/^(?:https?|mailto):/i.test(url)) {
    if (!url.startsWith('#'))
      notes.object(node, `'${url}' is no address that a reader of mail can open`);
    return text;
  }
  const bare = url.replace(/^mailto:/i, '');
  return text === url || text === bare || url === `http://${text}`
    ? bare
    : `${text}${FIXED}[${notes.number('url', url)}]`;
}

/** Comments vanish; everything else would show as tags. */
export function htmlText(node: Html, notes: Notes): string {
  const rest = node.value.replace(/<!--[^]*?-->/g, '');
  if (rest.trim() !== '')
    notes.object(
      node,
      `'${rest.trim().slice(0, 40)}' is HTML; put it between backticks if it is meant as text`,
    );
  return '';
}
