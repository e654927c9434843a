/** What keeps a patch from being sent, found before anything is written. */
import { decodeText, byteString } from '../../tools/series/text.ts';
import type { Patch } from '../../tools/series/types.ts';
import { type Objection, hiddenCharacters } from '../message/objections.ts';

/** Everything that is wrong with a patch as mail. Lines are those of the patch file. */
export function inspectPatch(patch: Patch): Objection[] {
  const { name: file } = patch;
  const prologue = decodeText(byteString(patch.prologue));
  const signed = patch.header.trailers.some(({ key }) => key.toLowerCase() === 'signed-off-by');
  return [
    ...hiddenCharacters(prologue.replaceAll('\r\n', '\n').replaceAll('\f', ''), file),
    ...patch.header.warnings.map((message) => ({ file, line: 1, message })),
    ...(patch.header.subject === '' ? [{ file, line: 1, message: 'no subject' }] : []),
    ...(patch.header.author === null ? [{ file, line: 1, message: 'no author' }] : []),
    ...(signed ? [] : [{ file, line: endOfMessage(prologue), message: 'no Signed-off-by' }]),
    ...turnedLines(patch),
  ];
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
