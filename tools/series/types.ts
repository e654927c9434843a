import type { Bytes, FilePatch, Path } from '../patch/types.ts';

/** A person, as a commit or a mail header names one. Bytes are UTF-8 decoded. */
export interface Person {
  readonly name: string;
  readonly email: string;
}

/** A moment with the zone that it was written in: seconds since 1970 and minutes east of UTC. */
export interface Moment {
  readonly seconds: number;
  readonly zone: number;
}

/** What a commit says, apart from its tree and parents. */
export interface CommitInfo {
  readonly author: Person;
  readonly authorDate: Moment;
  readonly committer: Person;
  readonly commitDate: Moment;
  /** Whole message, ending with a line feed. */
  readonly message: Bytes;
}

/** `Key: value` of a message's last paragraph. `line` counts from 1 within the message. */
export interface Trailer {
  readonly key: string;
  readonly value: string;
}

/** The manner in which the text above the diffs is written. */
export type HeaderStyle = 'mail' | 'dep3' | 'suse' | 'bare' | 'none';

/** What the text above the diffs says. Missing facts are null, never invented. */
export interface Header {
  readonly style: HeaderStyle;
  readonly author: Person | null;
  readonly date: Moment | null;
  /** One line, `[PATCH …]` and such prefixes taken off. */
  readonly subject: string;
  /** Message below the subject, trailers included, ending before `---`; no trailing blank lines. */
  readonly body: string;
  readonly trailers: readonly Trailer[];
  /** What stands between `---` and the first diff (diffstat, notes to reviewers), as written. */
  readonly notes: string;
  /** Header fields as written, unfolded and decoded, in order; repeated ones are all here. */
  readonly fields: readonly Trailer[];
  /**
   * What the mail's own header said where lines at the start of its body (`From: …`) override it,
   * so that a forged or forwarded author can be seen; null when nothing was overridden.
   */
  readonly envelope: Envelope | null;
  /** What was odd but read nevertheless (a character set nobody knows, say), in git's manner. */
  readonly warnings: readonly string[];
}

/** The facts of a mail's own header that its body overrides; null where the body says nothing. */
export interface Envelope {
  readonly author: Person | null;
  readonly date: Moment | null;
  readonly subject: string | null;
}

/** One patch of a series. `raw` is the file or message byte for byte. */
export interface Patch {
  /** File name relative to the series, or `0001-slug.patch` for a mail, or the commit id's slug. */
  readonly name: string;
  readonly header: Header;
  readonly files: readonly FilePatch[];
  readonly raw: Bytes;
  /**
   * What `FilePatch.start`, `end` and `line` count in: `raw` itself, except where `raw` is packed
   * (a compressed file; a mail in base64, quoted-printable, several parts or CR LF lines).
   */
  readonly content: Bytes;
  /** Bytes above the first and below the last diff, as they are. */
  readonly prologue: Bytes;
  readonly epilogue: Bytes;
  /** Leading path components taken off; 1 unless the series says otherwise. */
  readonly strip: number;
  /** The series asks for this patch to be applied in reverse. */
  readonly reverse: boolean;
  /** The folder of its name or else the comment that opens its part of `series`; null without. */
  readonly topic: string | null;
  /** The commit that the patch was read from, when it came from git. */
  readonly commit: string | null;
  /** That commit's message in full, UTF-8, so that it can be committed again as it was. */
  readonly message: Bytes | null;
}

/** A file by name, as it is. */
export interface NamedBytes {
  readonly name: Path;
  readonly bytes: Bytes;
}

/** Where a series was read from. */
export type SeriesOrigin = 'quilt' | 'mbox' | 'maildir' | 'git' | 'file';

/** Ordered patches, whatever they came from. */
export interface Series {
  readonly origin: SeriesOrigin;
  /** For messages: the path, range or `-` that the user named. */
  readonly source: string;
  readonly patches: readonly Patch[];
  /** Version of the series (`[PATCH v3 …]`), 1 when nothing says so. */
  readonly version: number;
  /** `base-commit:` of a cover or of the last patch, when there is one. */
  readonly baseCommit: string | null;
  /** The cover letter of a mailed series, when there is one. */
  readonly cover: Header | null;
  /** quilt only: the `series` file byte for byte; null for other origins. */
  readonly seriesFile: Bytes | null;
  /** quilt only: patch files that `series` names and its guards leave out, so nothing gets lost. */
  readonly excluded: readonly NamedBytes[];
  /** What was passed over or put right on reading: replies, older versions, duplicates. */
  readonly warnings: readonly string[];
}
