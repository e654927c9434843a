/**
 * git objects as bytes: their names, and the formats of trees and commits. Formats are those of
 * git's `Documentation/gitformat-*` and `fsck.c`; only SHA-1 repositories are known. Pure.
 */
import { createHash, hash } from 'node:crypto';
import { SeamError } from '../errors.ts';
import { decodePath, encodePath } from '../patch/path.ts';
import type { Bytes, Mode } from '../patch/types.ts';
import { formatRawDate } from '../series/date.ts';
import type { Person, Moment } from '../series/types.ts';
import type { CommitInfo, ObjectId } from './types.ts';

export type ObjectType = 'blob' | 'tree' | 'commit' | 'tag';

export const EMPTY_TREE: ObjectId = '4b825dc642cb6eb9a060e54bf8d69288fbee4904';

/** Mode of a sub-directory in a tree object. */
export const TREE_MODE = 0o40000;

const ID_SIZE = 20;
const SPACE = 32;
const SLASH = 47;

/** Below this size one call over a copy is cheaper than a hash object that is fed twice. */
const COPY_LIMIT = 8192;

/** git's name of an object with this content. */
export function hashObject(type: ObjectType, content: Bytes): ObjectId {
  const header = `${type} ${content.length}\0`;
  if (content.length > COPY_LIMIT) {
    return createHash('sha1').update(header, 'latin1').update(content).digest('hex');
  }
  const object = Buffer.allocUnsafe(header.length + content.length);
  object.write(header, 'latin1');
  object.set(content, header.length);
  return hash('sha1', object);
}

export function isObjectId(text: string): boolean {
  return /^[0-9a-f]{40}$/.test(text);
}

/** One line of a tree object. `mode` is as written there, so old trees may hold odd ones. */
export interface TreeItem {
  readonly name: string;
  readonly mode: number;
  readonly id: ObjectId;
}

/** Where an item stands in a tree object: `[start, end)`, its name and the 20 bytes of its id. */
interface ItemSpan {
  readonly start: number;
  readonly nameStart: number;
  readonly nameEnd: number;
  readonly end: number;
  readonly mode: number;
}

/** The item that starts at `start`. Throws when the object is cut or not a tree. */
function spanAt(raw: Buffer, start: number): ItemSpan {
  let at = start;
  let mode = 0;
  for (let digit = raw[at] ?? 0; digit >= 48 && digit <= 55; digit = raw[at] ?? 0) {
    mode = mode * 8 + digit - 48;
    at += 1;
  }
  const nameEnd = raw.indexOf(0, at);
  if (raw[at] !== SPACE || at === start || nameEnd === -1 || nameEnd + ID_SIZE >= raw.length) {
    throw new SeamError('corrupt-tree', 'corrupt tree object in the base', {
      kind: 'environment',
      hint: 'git fsck',
      data: { offset: start },
    });
  }
  return { start, nameStart: at + 1, nameEnd, end: nameEnd + 1 + ID_SIZE, mode };
}

function itemAt(raw: Buffer, span: ItemSpan): TreeItem {
  return {
    name: decodePath(raw.subarray(span.nameStart, span.nameEnd)),
    mode: span.mode,
    id: raw.toString('hex', span.nameEnd + 1, span.end),
  };
}

/** The items of a tree object, in its order. */
export function* treeItems(raw: Buffer): Generator<TreeItem> {
  for (let at = 0; at < raw.length;) {
    const span = spanAt(raw, at);
    yield itemAt(raw, span);
    at = span.end;
  }
}

/**
 * The item called `name`. Scanning is cheaper than an index here: most directories are short, and
 * an index would have to be made again for every version of every directory.
 */
export function findItem(raw: Buffer, name: string): TreeItem | null {
  const span = findSpan(raw, encodePath(name));
  return span === null ? null : itemAt(raw, span);
}

function findSpan(raw: Buffer, name: Buffer): ItemSpan | null {
  for (let at = 0; at < raw.length;) {
    const span = spanAt(raw, at);
    if (sameName(raw, span, name)) return span;
    at = span.end;
  }
  return null;
}

function sameName(raw: Buffer, span: ItemSpan, name: Buffer): boolean {
  if (span.nameEnd - span.nameStart !== name.length) return false;
  // Names in a directory often share their beginning (`sys_…`), seldom their last letters.
  for (let i = name.length - 1; i >= 0; i -= 1) {
    if (raw[span.nameStart + i] !== name[i]) return false;
  }
  return true;
}

/** Write one tree object; items may come in any order. */
export function serializeTree(items: Iterable<TreeItem>): Buffer {
  const keyed = [...items].map((item) => ({
    item,
    key: sortKey(encodePath(item.name), item.mode),
  }));
  keyed.sort((a, b) => Buffer.compare(a.key, b.key));
  return Buffer.concat(keyed.map(({ item }) => itemBytes(item)));
}

/** git sorts directories as if their names ended with a slash. */
function sortKey(name: Buffer, mode: number): Buffer {
  return mode === TREE_MODE ? Buffer.concat([name, Buffer.of(SLASH)]) : name;
}

function itemBytes(item: TreeItem): Buffer {
  const name = encodePath(item.name);
  const head = Buffer.from(`${item.mode.toString(8)} `, 'latin1');
  return Buffer.concat([head, name, Buffer.of(0), Buffer.from(item.id, 'hex')]);
}

/** What a name in a tree object is to become: null when it goes away. */
export type NewItem = Pick<TreeItem, 'mode' | 'id'> | null;

/**
 * A tree object with changes made. Where only an id changes, 20 bytes of a copy are overwritten;
 * otherwise the object is spliced. It is never parsed or sorted as a whole.
 */
export function replaceItems(raw: Buffer, changes: Iterable<readonly [string, NewItem]>): Buffer {
  let copy = Buffer.from(raw);
  for (const [name, value] of changes) {
    const bytes = encodePath(name);
    const old = findSpan(copy, bytes);
    if (old !== null && value !== null && old.mode === value.mode) {
      copy.write(value.id, old.nameEnd + 1, 'hex');
      continue;
    }
    if (old !== null) copy = splice(copy, old.start, old.end, null);
    if (value === null) continue;
    const at = insertionPoint(copy, sortKey(bytes, value.mode));
    copy = splice(copy, at, at, itemBytes({ name, mode: value.mode, id: value.id }));
  }
  return copy;
}

function splice(
  raw: Buffer,
  start: number,
  end: number,
  insert: Buffer | null,
): Buffer<ArrayBuffer> {
  return Buffer.concat([raw.subarray(0, start), insert ?? Buffer.alloc(0), raw.subarray(end)]);
}

function insertionPoint(raw: Buffer, key: Buffer): number {
  let at = 0;
  while (at < raw.length) {
    const span = spanAt(raw, at);
    const name = raw.subarray(span.nameStart, span.nameEnd);
    if (Buffer.compare(sortKey(name, span.mode), key) > 0) break;
    at = span.end;
  }
  return at;
}

/** The mode that git takes a recorded one for: old trees hold 100664 and the like. */
export function canonicalMode(mode: number): Mode {
  if ((mode & 0o170000) === 0o120000) return 0o120000;
  if ((mode & 0o170000) === 0o160000) return 0o160000;
  return (mode & 0o100) === 0 ? 0o100644 : 0o100755;
}

/** The bytes of a commit object. */
export function serializeCommit(
  info: CommitInfo,
  tree: ObjectId,
  parents: readonly ObjectId[],
): Buffer {
  if (info.message.includes(0)) {
    throw new SeamError(
      'nul-in-message',
      'a commit message holds a NUL byte, which git cannot keep',
    );
  }
  const head = [
    `tree ${tree}`,
    ...parents.map((parent) => `parent ${parent}`),
    `author ${identLine(info.author, info.authorDate)}`,
    `committer ${identLine(info.committer, info.commitDate)}`,
    '\n',
  ].join('\n');
  return Buffer.concat([encodePath(head), info.message]);
}

/** `Name <email> 1369998732 +0000`, cleaned as git cleans what it is given. */
export function identLine(person: Person, date: Moment): string {
  if (!Number.isSafeInteger(date.seconds) || date.seconds < 0) {
    throw new SeamError('date-out-of-range', `git cannot keep the date '${date.seconds}'`, {
      hint: 'dates start at 1970-01-01 00:00:00 UTC',
      data: { seconds: date.seconds },
    });
  }
  return `${withoutCrud(person.name)} <${withoutCrud(person.email)}> ${formatRawDate(date)}`;
}

/**
 * git's `strbuf_addstr_without_crud`: no blanks and punctuation at either end, no `<`, `>` and line
 * feed anywhere. A full stop stays, as since git 2.44 ("Jr."); older ones drop it at the ends.
 */
function withoutCrud(text: string): string {
  return text
    .replace(/^[\0- ,:;<>"\\']+/, '')
    .replace(/[\0- ,:;<>"\\']+$/, '')
    .replace(/[\n<>]/g, '');
}
