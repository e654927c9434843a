/**
 * Names of files, which are bytes to git and to the kernel, as strings: lossless, ordered as git
 * orders them, and checked before anything is created under them.
 *
 * The lossless form is that of Python's `surrogateescape` (PEP 383): UTF-8 is decoded, and a byte
 * that is not part of valid UTF-8 becomes the lone surrogate U+DC00 + byte. Valid UTF-8 never
 * decodes to a lone surrogate, so no two byte strings share a form.
 */
import { isAscii, isUtf8 } from 'node:buffer';
import type { Bytes, Path } from './types.ts';

/** Longest path and component that Linux takes (PATH_MAX with its NUL, NAME_MAX), in bytes. */
const MAX_PATH = 4095;
const MAX_COMPONENT = 255;

const ESCAPE = 0xdc00;
const ESCAPED = /[\udc80-\udcff]/u;

/** The string form of a path's bytes. Total: every byte string has one. */
export function decodePath(bytes: Bytes): Path {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  if (isAscii(buffer)) return buffer.toString('latin1');
  return isUtf8(buffer) ? buffer.toString('utf8') : decodeBroken(buffer);
}

function decodeBroken(buffer: Buffer): Path {
  let path = '';
  for (let i = 0; i < buffer.length;) {
    const size = characterSize(buffer, i);
    path +=
      size === 0
        ? String.fromCharCode(ESCAPE + (buffer[i] ?? 0))
        : buffer.toString('utf8', i, i + size);
    i += size === 0 ? 1 : size;
  }
  return path;
}

/** Bytes of the UTF-8 character at `start`, 0 when there is no valid one (RFC 3629, section 4). */
function characterSize(buffer: Buffer, start: number): number {
  const lead = buffer[start] ?? 0;
  if (lead < 0x80) return 1;
  const size = lead < 0xc2 ? 0 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : lead < 0xf5 ? 4 : 0;
  if (size === 0 || start + size > buffer.length) return 0;
  return isUtf8(buffer.subarray(start, start + size)) ? size : 0;
}

/**
 * The bytes of a path. A lone surrogate that `decodePath` cannot have made becomes U+FFFD, as in
 * every other UTF-8 encoder.
 */
export function encodePath(path: Path): Buffer<ArrayBuffer> {
  if (path.isWellFormed()) return Buffer.from(path, 'utf8');
  const parts: Buffer[] = [];
  let rest = path;
  for (let at = rest.search(ESCAPED); at !== -1; at = rest.search(ESCAPED)) {
    parts.push(Buffer.from(rest.slice(0, at), 'utf8'), Buffer.of(rest.charCodeAt(at) - ESCAPE));
    rest = rest.slice(at + 1);
  }
  parts.push(Buffer.from(rest, 'utf8'));
  return Buffer.concat(parts);
}

/**
 * Order of two paths by their bytes, as `memcmp` and git's index have it. Negative, zero, positive.
 * UTF-16 units order like UTF-8 bytes up to U+D7FF; only beyond that are the bytes needed.
 */
export function comparePaths(a: Path, b: Path): number {
  const length = Math.min(a.length, b.length);
  let i = 0;
  while (i < length && a.charCodeAt(i) === b.charCodeAt(i)) i += 1;
  if (i === length) return a.length - b.length;
  const left = a.charCodeAt(i);
  const right = b.charCodeAt(i);
  if (left < 0xd800 && right < 0xd800) return left - right;
  return Buffer.compare(encodePath(a), encodePath(b));
}

/** What `checkPath` lets through beyond plain names. */
export interface PathAllowance {
  /** Accept control characters and characters that turn the direction of text. NUL never. */
  readonly unprintable?: boolean;
}

/**
 * Why nothing may be created, changed or removed at `path`; null when it is a decent relative path.
 * The reason completes the sentence "'<path>' …". Refused are paths that leave the tree or mean
 * something else on another system: git itself refuses the same since CVE-2014-9390.
 */
export function checkPath(path: Path, allow: PathAllowance = {}): string | null {
  if (PLAIN.test(path) && path.length < MAX_COMPONENT) return null;
  if (path === '') return 'is empty';
  if (path.startsWith('/')) return 'is absolute';
  if (/^[A-Za-z]:/.test(path)) return 'begins with a drive letter';
  if (path.includes('\0')) return 'holds a NUL byte';
  if (encodePath(path).length > MAX_PATH) return `is longer than ${MAX_PATH} bytes`;
  for (const component of path.split('/')) {
    const reason = checkComponent(component);
    if (reason !== null) return reason;
  }
  return allow.unprintable === true ? null : checkPrintable(path);
}

/** The overwhelming majority of names: short, ASCII, no component that begins or ends with a dot. */
const PLAIN = /^\w(?:[\w+-]|[/.](?=\w))*$/;

function checkComponent(component: string): string | null {
  if (component === '') return 'has an empty component';
  if (encodePath(component).length > MAX_COMPONENT) {
    return `has a component longer than ${MAX_COMPONENT} bytes`;
  }
  // On Windows a backslash separates components too, so each piece must be harmless on its own.
  for (const piece of component.split('\\')) {
    if (/^\.[. ]*$/.test(piece)) return `has the component '${piece}'`;
    if (isDotGit(piece)) return "has a component that means '.git'";
  }
  return null;
}

/** Characters that HFS+ leaves out when it compares names (git's `utf8.c` knows the same set). */
const HFS_IGNORED = /[\u200c-\u200f\u202a-\u202e\u206a-\u206f\ufeff]/g;
/** NTFS drops trailing dots and spaces, knows a short name, and `:` opens an alternate stream. */
const DOT_GIT = /^(?:\.git|git~1)[. ]*(?::|$)/i;

function isDotGit(component: string): boolean {
  return DOT_GIT.test(component) || DOT_GIT.test(component.replace(HFS_IGNORED, ''));
}

const BIDI = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/;

function checkPrintable(path: Path): string | null {
  if (/[\r\n]/.test(path)) return 'holds a line break';
  if (/[\u0001-\u001f\u007f-\u009f\u2028\u2029]/.test(path)) return 'holds a control character';
  return BIDI.test(path) ? 'holds a character that turns the direction of text' : null;
}

/** git reads these names from a tree and acts on them: a patch that touches one deserves a look. */
export type SpecialFile = '.gitmodules' | '.gitattributes' | '.gitignore' | '.mailmap';

/** Short names that NTFS makes for them: the first letters, or a hash when those are taken. */
const SPECIAL: readonly (readonly [SpecialFile, RegExp])[] = [
  ['.gitmodules', /^(?:\.gitmodules|gitmod~[1-4]|gi7eba~\d+)[. ]*(?::|$)/i],
  ['.gitattributes', /^(?:\.gitattributes|gitatt~[1-4]|gi7d29~\d+)[. ]*(?::|$)/i],
  ['.gitignore', /^(?:\.gitignore|gitign~[1-4]|gi250a~\d+)[. ]*(?::|$)/i],
  ['.mailmap', /^(?:\.mailmap|mailma~[1-4]|maba30~\d+)[. ]*(?::|$)/i],
];

/** Which of git's own files `path` is, in whatever spelling; null for all others. */
export function specialFile(path: Path): SpecialFile | null {
  const name = path.slice(path.lastIndexOf('/') + 1).replace(HFS_IGNORED, '');
  return SPECIAL.find(([, pattern]) => pattern.test(name))?.[0] ?? null;
}

/**
 * One form for all paths that are the same file where case, Unicode normalisation and ignorable
 * characters make no difference (APFS, HFS+, NTFS, ext4 with casefold). For collision checks only.
 */
export function foldPath(path: Path): string {
  if (/^[\u0020-\u007e]*$/.test(path)) return path.toLowerCase();
  return path
    .replace(HFS_IGNORED, '')
    .normalize('NFD')
    .toUpperCase()
    .toLowerCase()
    .normalize('NFC');
}
