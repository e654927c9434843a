/** The YAML in front of a cover letter, checked: see README.md for what the keys mean. */
import { LineCounter, isMap, isScalar, isSeq, parseDocument } from 'yaml';
import type { Node, Pair } from 'yaml';
import { parseDate } from '../../tools/series/date.ts';
import { nearest } from '../../tools/series/selection.ts';
import { parseAddress } from '../message/address.ts';
import type { Objection } from '../message/objections.ts';
import { normalPrefix } from './prefix.ts';
import { type CoverFacts, NO_FACTS } from './types.ts';

/** A scalar of the document with its line in the file. */
interface Value {
  readonly text: string;
  readonly line: number;
}

interface Reader {
  readonly file: string;
  readonly objections: Objection[];
  object(line: number, message: string): void;
}

type Draft = { -readonly [K in keyof CoverFacts]: CoverFacts[K] };
type Setter = (draft: Draft, values: readonly Value[], reader: Reader) => void;

/** Read the lines between the two `---`; the first of them is line `firstLine` of the file. */
export function readFacts(
  yaml: string,
  file: string,
  firstLine: number,
): { readonly facts: CoverFacts; readonly objections: readonly Objection[] } {
  const objections: Objection[] = [];
  const object = (line: number, message: string): void => {
    objections.push({ file, line, message });
  };
  const lines = new LineCounter();
  // In the failsafe schema every value is text, so that a commit id of digits stays what it is.
  const document = parseDocument(yaml, { schema: 'failsafe', lineCounter: lines });
  const lineAt = (offset: number): number => lines.linePos(offset).line + firstLine - 1;
  for (const error of document.errors) object(lineAt(error.pos[0]), yamlMessage(error.message));
  const draft: Draft = { ...NO_FACTS };
  if (objections.length > 0) return { facts: draft, objections };
  const { contents } = document;
  if (contents === null || (isScalar(contents) && contents.value === ''))
    return { facts: draft, objections };
  if (!isMap(contents)) {
    object(firstLine, 'what stands in front is no list of keys and values');
    return { facts: draft, objections };
  }
  for (const pair of contents.items) readPair(pair, draft, lineAt, { file, objections, object });
  return { facts: draft, objections };
}

/** The first sentence of the library's message, in our manner. */
function yamlMessage(message: string): string {
  const sentence = (message.split('\n')[0] ?? '').replace(/ at line \d+, column \d+:?$/, '');
  return `no YAML: ${sentence.charAt(0).toLowerCase()}${sentence.slice(1)}`;
}

function readPair(
  { key, value }: Pair<Node, Node | null>,
  draft: Draft,
  lineAt: (offset: number) => number,
  reader: Reader,
): void {
  const line = lineAt(key.range?.[0] ?? 0);
  const name = isScalar(key) && typeof key.value === 'string' ? key.value : '';
  const set = SETTERS[name];
  if (set === undefined) {
    const near = nearest(Object.keys(SETTERS), name);
    reader.object(line, `unknown key '${name}'${near === null ? '' : `; did you mean '${near}'?`}`);
    return;
  }
  const values = valuesOf(value, lineAt, line);
  if (values === null) reader.object(line, `'${name}' takes text or a list of texts`);
  else set(draft, values, reader);
}

/** The texts of a value or of a list of values; null for anything that is nested deeper. */
function valuesOf(
  value: Node | null,
  lineAt: (offset: number) => number,
  line: number,
): Value[] | null {
  const one = (node: unknown): Value | null =>
    isScalar(node)
      ? {
          text: (typeof node.value === 'string' ? node.value : '').trim(),
          line: lineAt(node.range?.[0] ?? 0),
        }
      : null;
  if (value === null) return [];
  if (!isSeq(value)) {
    const only = one(value);
    if (only === null) return null;
    return only.text === '' ? [] : [{ ...only, line: Math.max(only.line, line) }];
  }
  const all = value.items.map(one);
  return all.includes(null) ? null : all.filter((item) => item !== null);
}

/** A setter for keys that take one value. */
function single(set: (draft: Draft, text: string) => boolean, expected: string): Setter {
  return (draft, values, reader) => {
    const [first, second] = values;
    if (first === undefined) return;
    if (second !== undefined) reader.object(second.line, `one value is enough: ${expected}`);
    else if (!set(draft, first.text))
      reader.object(first.line, `'${first.text}' is not ${expected}`);
  };
}

function addresses(key: 'to' | 'cc'): Setter {
  return (draft, values, reader) => {
    draft[key] = values.flatMap(({ text, line }) => {
      const person = parseAddress(text);
      if (person === null)
        reader.object(line, `'${text}' is not an address such as Name <name@host>`);
      return person ?? [];
    });
  };
}

const SETTERS: Readonly<Record<string, Setter>> = {
  prefix: single((draft, text) => {
    const prefix = normalPrefix(text);
    if (prefix !== null) draft.prefix = prefix;
    return prefix !== null;
  }, "words for the brackets, without version and numbers: 'RFC PATCH'"),
  version: single((draft, text) => {
    if (!/^[1-9]\d{0,3}$/.test(text)) return false;
    draft.version = Number(text);
    return true;
  }, 'a number from 1 on'),
  from: single((draft, text) => {
    draft.from = parseAddress(text);
    return draft.from !== null;
  }, 'an address such as Name <name@host>'),
  to: addresses('to'),
  cc: addresses('cc'),
  'depends-on': (draft, values, reader) => {
    for (const { text, line } of values) {
      if (!isReference(text))
        reader.object(line, `'${text}' is no topic, no <message-id> and no URL`);
    }
    draft.dependsOn = values.map(({ text }) => text);
  },
  'open-questions': (draft, values) => {
    draft.openQuestions = values.filter(({ text }) => text !== '');
  },
  'base-commit': single((draft, text) => {
    if (!/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(text)) return false;
    draft.baseCommit = text;
    return true;
  }, 'the full id of a commit'),
  'change-id': single((draft, text) => {
    if (!/^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/.test(text)) return false;
    draft.changeId = text;
    return true;
  }, 'a word of letters, digits, dots and dashes'),
  date: single((draft, text) => {
    draft.date = parseDate(text);
    return draft.date !== null;
  }, "a date such as '2026-11-21 12:00:00 +0000'"),
};

/** A topic (a folder below the series), a Message-ID or a URL. */
function isReference(text: string): boolean {
  return (
    /^<[^<>\s@]{1,200}@[^<>\s@]{1,200}>$/.test(text) ||
    /^https?:\/\/[^\s<>"]+$/.test(text) ||
    /^[A-Za-z0-9][A-Za-z0-9._/-]*$/.test(text)
  );
}
