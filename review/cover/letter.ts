/**
 * A cover letter: Markdown with facts in front → subject, facts and plain text. README.md has the
 * format. Loading what reads Markdown takes longer than most commands, so only who has a letter does.
 */
import type { Root, RootContent } from 'mdast';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import { unified } from 'unified';
import { type Objection, hiddenCharacters } from '../message/objections.ts';
import { blockLines, fill, joinParts } from './blocks.ts';
import { readFacts } from './facts.ts';
import { Notes, inlineText, release } from './inline.ts';
import { findPlaceholders } from './placeholders.ts';
import { type Cover, type CoverFacts, LETTER_WIDTH, NO_FACTS } from './types.ts';

export interface CoverOptions {
  /** Markdown that goes behind the letter: what changed since the last version. */
  readonly changes?: string | null;
}

const markdown = unified().use(remarkParse).use(remarkGfm);

/** Read a cover letter. It always gives a letter; `objections` tells whether it may be sent. */
export function readCover(source: string, file: string, options: CoverOptions = {}): Cover {
  const text = source.replace(/^\ufeff/, '').replaceAll('\r\n', '\n');
  const hidden = hiddenCharacters(text, file);
  const { yaml, body, bodyLine, unclosed } = cut(text);
  const { facts, objections } =
    yaml === null ? { facts: NO_FACTS, objections: [] } : readFacts(yaml, file, 2);
  if (unclosed) return refusedCover(file, 'the facts in front do not end: a line --- is missing');
  const root = markdown.parse(body);
  const notes = new Notes(file, bodyLine);
  collect(root, notes);
  const [title, ...rest] = root.children;
  const subject = subjectOf(title, notes);
  if (subject === '' || rest.every(({ type }) => type === 'definition'))
    notes.object(
      title ?? {},
      subject === ''
        ? 'no subject: the letter begins with a line # Subject'
        : 'no text below the subject',
    );
  const unfinished = [
    ...findPlaceholders(body, root, file, bodyLine),
    ...facts.openQuestions.flatMap((question) =>
      findPlaceholders(question.text, markdown.parse(question.text), file, question.line),
    ),
  ];
  const lines = letterLines(subject === '' ? root.children : rest, facts, notes, options);
  return {
    file,
    facts,
    subject,
    lines,
    objections: inOrder([...hidden, ...objections, ...unfinished, ...notes.objections]),
  };
}

/** By line, each once: what stands in the source stands in the text that is made of it, too. */
function inOrder(objections: readonly Objection[]): Objection[] {
  const unique = Map.groupBy(objections, ({ line, message }) => `${line ?? 0} ${message}`);
  return [...unique.values()]
    .flatMap(([first]) => first ?? [])
    .sort((a, b) => (a.line ?? 0) - (b.line ?? 0));
}

function refusedCover(file: string, message: string): Cover {
  return {
    file,
    facts: NO_FACTS,
    subject: '',
    lines: [],
    objections: [{ file, line: 1, message }],
  };
}

/** Cut the facts off: lines between `---` at the very beginning and the next `---`. */
function cut(text: string): {
  yaml: string | null;
  body: string;
  bodyLine: number;
  unclosed: boolean;
} {
  const whole = { yaml: null, body: text, bodyLine: 1, unclosed: false };
  if (!/^---[ \t]*\n/.test(text)) return whole;
  const match = /^---[ \t]*\n([^]*?)(?:^---[ \t]*(?:\n|$))/m.exec(text);
  if (match === null) return { ...whole, unclosed: true };
  const bodyLine = match[0].split('\n').length;
  return { yaml: match[1] ?? '', body: text.slice(match[0].length), bodyLine, unclosed: false };
}

function collect(root: Root, notes: Notes): void {
  const visit = (nodes: readonly RootContent[]): void => {
    for (const node of nodes) {
      if (node.type === 'definition') notes.definitions.set(node.identifier, node);
      if (node.type === 'footnoteDefinition') notes.footnotes.set(node.identifier, node);
      if ('value' in node) notes.inspect(node, node.value);
      if ('url' in node) notes.inspect(node, node.url);
      if ('children' in node) visit(node.children);
    }
  };
  visit(root.children);
}

function subjectOf(title: RootContent | undefined, notes: Notes): string {
  if (title?.type !== 'heading' || title.depth !== 1) return '';
  const subject = release(inlineText(title.children, notes)).replace(/\s+/g, ' ').trim();
  if (subject.startsWith('['))
    notes.object(title, 'the subject begins with a bracket; seam thread writes those');
  return subject;
}

function letterLines(
  nodes: readonly RootContent[],
  facts: CoverFacts,
  notes: Notes,
  { changes }: CoverOptions,
): string[] {
  const ownChanges = nodes.some(
    (node) =>
      node.type === 'heading' &&
      /^changes since\b/i.test(release(inlineText(node.children, notes))),
  );
  const parts = [blockLines(nodes, LETTER_WIDTH, notes), questionLines(facts, notes)];
  if (changes !== undefined && changes !== null && !ownChanges) {
    const root = markdown.parse(changes);
    collect(root, notes);
    parts.push(blockLines(root.children, LETTER_WIDTH, notes));
  }
  parts.push(targetLines(notes));
  return joinParts(parts);
}

function questionLines({ openQuestions }: CoverFacts, notes: Notes): string[] {
  if (openQuestions.length === 0) return [];
  const items = openQuestions.map(({ text, line }, index) => {
    const front = `${index + 1}.`.padStart(String(openQuestions.length).length + 1);
    const lines = notes.within(line, () => {
      const root = markdown.parse(text);
      collect(root, notes);
      return blockLines(root.children, LETTER_WIDTH - front.length - 1, notes);
    });
    return lines.map((each, at) =>
      `${at === 0 ? front : ' '.repeat(front.length)} ${each}`.trimEnd(),
    );
  });
  return ['Open questions', '==============', '', ...items.flat()];
}

/** The addresses and notes that the text names by number. */
function targetLines(notes: Notes): string[] {
  const lines: string[] = [];
  // Notes can name further ones while they are written, so the list grows in between.
  for (let at = 0; at < notes.targets.length; at += 1) {
    const { kind, key } = notes.targets[at] ?? { kind: 'url', key: '' };
    const front = `[${at + 1}] `;
    const note = notes.footnotes.get(key);
    const text =
      kind === 'url' || note === undefined
        ? fill(key, LETTER_WIDTH)
        : blockLines(note.children, LETTER_WIDTH - front.length, notes);
    lines.push(
      ...text.map((line, index) => (index === 0 ? front : ' '.repeat(front.length)) + line),
    );
  }
  return lines;
}
