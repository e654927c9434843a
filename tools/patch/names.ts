/**
 * File names in the headers of diffs. Programs disagree about where a name ends: git quotes what
 * is odd and ends a name with spaces by a tab, GNU diff puts a tab and a time stamp behind it, SVN
 * a tab and `(revision 12)`, and people who edit by hand put nothing.
 */
import { latin1 } from './lines.ts';
import { decodePath } from './path.ts';
import { unquotePath } from './quote.ts';
import type { Bytes, Path } from './types.ts';

export const DEV_NULL = '/dev/null';

const TAB = 9;
const SPACE = 32;
const QUOTE = 34;
const STAMP =
  /[ \t]+(\d{4}-\d\d-\d\d) (\d\d):(\d\d)(?::(\d\d)(?:\.\d+)?)?(?: ?([+-]\d{2}):?(\d{2}))?\s*$/;

/** A name as written after `---` or `+++`. */
export interface WrittenName {
  readonly name: Path;
  /** The time stamp behind it is the epoch: the file does not exist on this side. */
  readonly epoch: boolean;
}

/** Read the name on a `---` or `+++` line; `rest` is what follows the marker, without line end. */
export function readName(rest: Bytes): WrittenName {
  if (rest[0] === QUOTE) {
    const quoted = unquotePath(rest);
    if (quoted !== null) return { name: quoted.path, epoch: isEpoch(rest.subarray(quoted.length)) };
  }
  const tab = rest.indexOf(TAB);
  if (tab !== -1) {
    return { name: decodePath(trimEnd(rest.subarray(0, tab))), epoch: isEpoch(rest.subarray(tab)) };
  }
  const stamp = STAMP.exec(latin1(rest));
  if (stamp === null) return { name: decodePath(trimEnd(rest)), epoch: false };
  return {
    name: decodePath(rest.subarray(0, stamp.index)),
    epoch: isEpoch(rest.subarray(stamp.index)),
  };
}

function trimEnd(bytes: Bytes): Bytes {
  let end = bytes.length;
  while (end > 0 && (bytes[end - 1] === SPACE || bytes[end - 1] === 13)) end -= 1;
  return bytes.subarray(0, end);
}

/** GNU diff -N stamps the missing side with the epoch, in whatever zone it ran. */
function isEpoch(rest: Bytes): boolean {
  const match = STAMP.exec(latin1(rest));
  if (match === null) return false;
  const [, date, hours, minutes, seconds, zoneHours, zoneMinutes] = match;
  const sign = zoneHours?.startsWith('-') === true ? -1 : 1;
  const zone = Number(zoneHours ?? 0) * 60 + sign * Number(zoneMinutes ?? 0);
  const days = Date.parse(`${date}T00:00:00Z`) / 60_000;
  return Number(seconds ?? 0) === 0 && days + Number(hours) * 60 + Number(minutes) - zone === 0;
}

/**
 * The name without its first `count` components, as `-pN` of patch and git takes them off; a run of
 * slashes counts as one. Null when there are not enough. `/dev/null` is no name and is kept.
 */
export function stripName(name: Path, count: number): Path | null {
  if (name === DEV_NULL) return name;
  let rest = name;
  for (let left = count; left > 0; left -= 1) {
    const slash = rest.indexOf('/');
    if (slash === -1) return null;
    rest = rest.slice(slash).replace(/^\/+/, '');
  }
  const squashed = rest.includes('//') ? rest.replace(/\/{2,}/g, '/') : rest;
  return squashed === '' ? null : squashed;
}

/**
 * The two names of a `diff --git` line, as written; `rest` is what follows `diff --git `. Names with
 * spaces are not quoted there, so the line is cut where both halves, stripped, are the same. Null
 * when they are not: then other header lines must name the files.
 */
export function readGitNames(rest: Bytes, strip: number): readonly [Path, Path] | null {
  if (rest[0] === QUOTE) {
    const first = unquotePath(rest);
    return first === null ? null : pairOf(first.path, rest.subarray(first.length + 1), strip);
  }
  for (let space = rest.indexOf(SPACE); space !== -1; space = rest.indexOf(SPACE, space + 1)) {
    const pair = pairOf(decodePath(rest.subarray(0, space)), rest.subarray(space + 1), strip);
    if (pair !== null) return pair;
  }
  return null;
}

function pairOf(first: Path, rest: Bytes, strip: number): readonly [Path, Path] | null {
  const quoted = rest[0] === QUOTE ? unquotePath(rest) : null;
  const second = quoted === null ? decodePath(rest) : quoted.path;
  const stripped = stripName(first, strip);
  return stripped !== null && stripped === stripName(second, strip) ? [first, second] : null;
}

/** A name after `rename from` and its kin: quoted or to the end of the line. */
export function readPlainName(rest: Bytes): Path {
  const quoted = rest[0] === QUOTE ? unquotePath(rest) : null;
  return quoted === null ? decodePath(rest) : quoted.path;
}
