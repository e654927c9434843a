/** Text in a box of a drawing: broken into lines by how wide its letters are about. */

/** Widths at 12 pixels of the widest of the usual fonts without serifs, DejaVu Sans. */
const NARROW = 4.4;
const USUAL = 7.4;
const CAPITAL = 8.6;
const WIDE = 11.6;

function widthOf(text: string): number {
  let width = 0;
  for (const character of text) {
    if (/[ijlftr.,:;'|!()[\]\-/ ]/.test(character)) width += NARROW;
    else if (/[mwMW@%]/.test(character)) width += WIDE;
    else if (/[A-Z_]/.test(character)) width += CAPITAL;
    else width += USUAL;
  }
  return width;
}

/** `text` in at most two lines of `width` pixels, cut where it is longer. The first has less room. */
export function twoLines(text: string, width: number, taken: number): readonly string[] {
  const words = text.split(' ');
  let first = '';
  while (words.length > 0) {
    const longer = first === '' ? (words[0] ?? '') : `${first} ${words[0]}`;
    if (widthOf(longer) > width - taken) break;
    first = longer;
    words.shift();
  }
  const rest = words.join(' ');
  if (first === '') return [cut(rest, width - taken)];
  return rest === '' ? [first] : [first, cut(rest, width)];
}

function cut(text: string, width: number): string {
  if (widthOf(text) <= width) return text;
  let kept = '';
  for (const character of text) {
    if (widthOf(`${kept}${character}…`) > width) break;
    kept += character;
  }
  return `${kept.trimEnd()}…`;
}
