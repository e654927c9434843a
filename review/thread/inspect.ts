/** What keeps a patch from being sent, found before anything is written. */
import { isPatchBreak } from '../../tools/series/mail-rules.ts';
import { isFromLine } from '../../tools/series/mbox.ts';
import { byteString, decodeText, encodeText } from '../../tools/series/text.ts';
import type { Patch } from '../../tools/series/types.ts';
import { isAddress, isName } from '../message/address.ts';
import { type Objection, hiddenCharacters } from '../message/objections.ts';

/** Everything that is wrong with a patch as mail. Lines are those of the patch file. */
export function inspectPatch(patch: Patch): Objection[] {
  const { name: file } = patch;
  const prologue = decodeText(byteString(patch.prologue));
  const signed = patch.header.trailers.some(({ key }) => key.toLowerCase() === 'signed-off-by');
  const hidden = hiddenCharacters(prologue.replaceAll('\r\n', '\n').replaceAll('\f', ''), file);
  return [
    ...hidden,
    ...(hidden.length === 0 ? encodedCharacters(patch, prologue) : []),
    ...patch.header.warnings.map((message) => ({ file, line: 1, message })),
    ...(patch.header.subject === '' ? [{ file, line: 1, message: 'no subject' }] : []),
    ...wrongAuthor(patch, prologue),
    ...(signed ? [] : [{ file, line: endOfMessage(prologue), message: 'no Signed-off-by' }]),
    ...cutMessage(patch, prologue),
    ...(patch.files.length === 0 ? [{ file, line: 1, message: 'changes nothing' }] : []),
    ...turnedLines(patch),
  ];
}

/** What encoded words of a header field, or an encoded body, hide from whoever reads the file. */
function encodedCharacters({ name: file, header }: Patch, prologue: string): Objection[] {
  const at = (field: RegExp): number => lineWith(prologue, field);
  const parts: [string, number][] = [
    [header.subject, at(/^Subject:/i)],
    [header.author?.name ?? '', at(/^From:/i)],
    [`${header.body}\n${header.notes}`.replaceAll('\r\n', '\n').replaceAll('\f', ''), 1],
  ];
  return parts.flatMap(([text, line]) =>
    hiddenCharacters(text, file).map((objection) => ({ ...objection, line })),
  );
}

/** An author is who a mail is from, or who its first line says; both are read by grammar. */
function wrongAuthor({ name: file, header }: Patch, prologue: string): Objection[] {
  const { author } = header;
  const line = lineWith(prologue, /^From:/i);
  if (author === null) return [{ file, line, message: 'no author' }];
  if (!isAddress(author.email))
    return [{ file, line, message: `author '<${author.email}>' is no address` }];
  return isName(author.name)
    ? []
    : [{ file, line, message: `author's name '${author.name}' cannot stand in a header` }];
}

/** Lines of a commit's message that a mail cannot hold: behind them whoever applies it reads no further. */
function cutMessage({ name: file, header }: Patch, prologue: string): Objection[] {
  const lines = `${header.subject}\n${header.body}`.split('\n');
  return lines.flatMap((text) => {
    const line = `${encodeText(text)}\n`;
    const what = isPatchBreak(line)
      ? 'ends the message of a mail'
      : isFromLine(line)
        ? 'begins a new mail in a mailbox'
        : null;
    if (what === null) return [];
    const at = prologue.split('\n').indexOf(text) + 1;
    return [{ file, line: Math.max(1, at), message: `a line such as '${text}' ${what}` }];
  });
}

/** The line that looks so, from 1; the first where none does. */
function lineWith(text: string, look: RegExp): number {
  return (
    Math.max(
      0,
      text.split('\n').findIndex((line) => look.test(line)),
    ) + 1
  );
}

/** The line where a sign-off belongs: above `---`, or at the end of the text. */
function endOfMessage(prologue: string): number {
  const lines = prologue.trimEnd().split('\n');
  const mark = lines.findIndex((line) => /^---\s*$/.test(line));
  return mark === -1 ? lines.length : Math.max(1, mark);
}

/**
 * Added lines that read otherwise than they are compiled. Control characters can be right in a
 * source (form feeds are), and what is taken away or only stands near was there before.
 */
function turnedLines({ name: file, files }: Patch): Objection[] {
  return files.flatMap(({ hunks }) =>
    hunks.flatMap((hunk) =>
      hunk.lines.flatMap(({ op, text }, index) => {
        if (op !== '+') return [];
        const line = decodeText(byteString(text)).replace(/[\0-\x1f\x7f-\x9f]/g, '');
        return hiddenCharacters(line, file, hunk.line + 1 + index);
      }),
    ),
  );
}
