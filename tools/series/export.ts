/** A series as files: quilt directory, mailbox, maildir. Pure: `disk.ts` writes what comes out here. */
import type { Bytes, Path } from '../patch/types.ts';
import { type ComposeOptions, composeMail } from './compose.ts';
import { commitHeader, stripSpace, toCommitInfo } from './commit.ts';
import { arrangeEntries } from './document-edit.ts';
import { encodeName, entriesOf, formatDocument, parseDocument } from './document.ts';
import { compressionOf } from './compress.ts';
import { type MboxFlavour, joinMbox, splitMbox } from './mbox.ts';
import { parsePatch } from './patchfile.ts';
import { patchName, slugOf, uniqueNames } from './slug.ts';
import { byteString, bytesOf, encodeText } from './text.ts';
import type { NamedBytes, Patch, Series } from './types.ts';

/** Files to write, in order; directories that must be there even when empty. */
export interface Exported {
  readonly files: readonly NamedBytes[];
  readonly directories: readonly Path[];
  /** What the target format cannot hold, in git's manner. */
  readonly warnings: readonly string[];
}

/** How mails are written; `k/n` and the version come from the series. */
export type MailStyle = Omit<ComposeOptions, 'number' | 'total' | 'version' | 'separator'>;

/**
 * A quilt directory: the patches and, last, `series`. A series that came from quilt is given back
 * byte for byte. Others get names from their subjects, in folders where patches have topics.
 */
export function exportQuilt(series: Series): Exported {
  const names = quiltNames(series);
  const files = series.patches.map((patch, index) => ({
    name: names[index] ?? patch.name,
    bytes: quiltBytes(patch),
  }));
  const seriesFile =
    series.seriesFile === null
      ? makeSeriesFile(series.patches, names)
      : arranged(series.seriesFile, names, new Set(series.excluded.map((file) => file.name)));
  return {
    files: [...series.excluded, ...files, { name: 'series', bytes: seriesFile }],
    directories: [],
    warnings: [],
  };
}

/** The series file with these patches. Those that guards leave out are not ours to take away. */
function arranged(seriesFile: Bytes, names: readonly Path[], excluded: ReadonlySet<Path>): Bytes {
  const document = parseDocument(seriesFile);
  const ours = entriesOf(document).filter(
    (entry) => !excluded.has(entry.name) && entry.guards.length === 0,
  );
  return formatDocument(arrangeEntries(document, names, new Set(ours.map((entry) => entry.name))));
}

/** Names for quilt: quilt's own stay; others come from the subject, without the numbers of mails. */
function quiltNames({ origin, patches }: Series): string[] {
  if (origin === 'quilt' || origin === 'file') return patches.map((patch) => patch.name);
  const names = patches.map((patch) => {
    const name = patchName(
      patch.header.subject,
      patch.name.replace(/^\d{4,}-/, '').replace(/\.patch$/, ''),
    );
    const folder = (patch.topic ?? '')
      .split('/')
      .map(slugOf)
      .filter((part) => part !== '')
      .join('/');
    return folder === '' ? name : `${folder}/${name}`;
  });
  return uniqueNames(names);
}

/** quilt reads compressed patches, but neither transfer encodings nor the numbers of commits. */
function quiltBytes(patch: Patch): Bytes {
  return patch.content === patch.raw || compressionOf(patch.name) !== null
    ? patch.raw
    : composeMail(patch, { signature: '' });
}

function makeSeriesFile(patches: readonly Patch[], names: readonly string[]): Bytes {
  const lines: string[] = [];
  let topic: string | null = null;
  for (const [index, patch] of patches.entries()) {
    if (patch.topic !== topic && patch.topic !== null) {
      if (lines.length > 0) lines.push('');
      lines.push(`# ${encodeText(patch.topic.replace(/\s+/g, ' '))}`);
    }
    topic = patch.topic;
    const options = [patch.strip === 1 ? '' : ` -p${patch.strip}`, patch.reverse ? ' -R' : ''].join(
      '',
    );
    lines.push(encodeName(names[index] ?? patch.name) + options);
  }
  return bytesOf(lines.map((line) => `${line}\n`).join(''));
}

/** One mail per patch, numbered when there are several. */
function composeAll(series: Series, style: MailStyle, separator: string | undefined): Bytes[] {
  const total = series.patches.length;
  return series.patches.map((patch, index) =>
    composeMail(patch, {
      ...style,
      version: series.version,
      ...(total > 1 ? { number: index + 1, total } : {}),
      ...(separator === undefined ? {} : { separator }),
    }),
  );
}

/**
 * A mailbox. `mboxo` is what `git am` takes; it cannot mark a `From ` line of a message, which is
 * reported. `mboxrd` marks them, and `git am --patch-format=mboxrd` reads it.
 */
export function exportMbox(
  series: Series,
  flavour: MboxFlavour,
  style: MailStyle = {},
): { readonly bytes: Bytes; readonly warnings: readonly string[] } {
  const separator = flavour === 'mboxrd' ? 'mboxrd@z Thu Jan  1 00:00:00 1970' : undefined;
  const mails = composeAll(series, style, separator);
  const warnings = mails.flatMap((mail, index) => lossesOf(series.patches[index], mail, flavour));
  return { bytes: bytesOf(joinMbox(mails.map(byteString), flavour)), warnings };
}

/** A maildir: mails in `new`, named so that they sort in order. */
export function exportMaildir(series: Series, style: MailStyle = {}): Exported {
  const mails = composeAll(series, style, undefined);
  const files = mails.map((mail, index) => {
    const text = byteString(mail);
    return {
      name: `new/${String(index + 1).padStart(6, '0')}.seam`,
      bytes: bytesOf(text.slice(text.indexOf('\n') + 1)),
    };
  });
  const warnings = mails.flatMap((mail, index) => lossesOf(series.patches[index], mail, 'mboxrd'));
  return { files, directories: ['cur', 'new', 'tmp'], warnings };
}

/** What a reader would not get back from a mail, found by reading it. */
function lossesOf(patch: Patch | undefined, mail: Bytes, flavour: MboxFlavour): string[] {
  if (patch === undefined) return [];
  if (flavour === 'mboxo' && splitMbox(byteString(mail), { flavour }).length !== 1) {
    return [
      `patch '${patch.name}' has a line that begins a new mail in an mbox; write mboxrd instead`,
    ];
  }
  const wanted = toCommitInfo(patch);
  const read = toCommitInfo(parsePatch(mail, { name: patch.name }, { mail: true }));
  const [before, after] = [commitHeader(wanted), commitHeader(read)];
  const lost = [
    before.subject === after.subject ? '' : 'subject',
    stripSpace(before.body) === after.body.concat(after.body === '' ? '' : '\n') ? '' : 'message',
    wanted.author.name === read.author.name && wanted.author.email === read.author.email
      ? ''
      : 'author',
  ];
  const words = lost.filter((word) => word !== '').join(' and ');
  return words === ''
    ? []
    : [`patch '${patch.name}' does not come out of a mail with the same ${words}`];
}
