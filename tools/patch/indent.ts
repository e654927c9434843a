/**
 * How well a place between two lines serves as the edge of a change. Weights are git's
 * (`diff.indentHeuristic`), so that changes stand where git puts them.
 */

/** Indentation and blank lines beyond these are all the same. */
const MAX_INDENT = 200;
const MAX_BLANKS = 20;

const WEIGHT = {
  startOfFile: 1,
  endOfFile: 21,
  blank: -30,
  blankBelow: 6,
  indent: { dense: -4, blanks: 10 },
  outdent: { dense: 24, blanks: 17 },
  dedent: { dense: 23, blanks: 17 },
} as const;

/** What is asked of a text: how many lines it has and how far each is indented (-1: blank). */
interface Indented {
  readonly ids: { readonly length: number };
  readonly indent: (line: number) => number;
}

/** Indentation of a line in columns, tabs to multiples of eight; -1 for a blank line. */
export function indentOf(bytes: Uint8Array, start: number, end: number): number {
  let columns = 0;
  for (let at = start; at < end; at++) {
    const byte = bytes[at];
    if (byte === 0x20) columns += 1;
    else if (byte === 0x09) columns += 8 - (columns % 8);
    else if (byte !== 0x0a && byte !== 0x0d) return columns;
    if (columns >= MAX_INDENT) return MAX_INDENT;
  }
  return -1;
}

/** The nearest line from `line` on, going by `step`, that is not blank, and the blanks passed. */
function visible(text: Indented, line: number, step: 1 | -1): { indent: number; blanks: number } {
  let blanks = 0;
  for (let at = line; at >= 0 && at < text.ids.length; at += step) {
    const indent = text.indent(at);
    if (indent !== -1) return { indent, blanks };
    blanks++;
    if (blanks === MAX_BLANKS) return { indent: 0, blanks };
  }
  return { indent: -1, blanks };
}

/** Badness of an edge just above line `split`: its indentation, and penalties for its setting. */
export function splitBadness(text: Indented, split: number): { indent: number; penalty: number } {
  const atEnd = split >= text.ids.length;
  const here = atEnd ? -1 : text.indent(split);
  const above = visible(text, split - 1, -1);
  const below = visible(text, split + 1, 1);
  const blanksBelow = here === -1 ? 1 + below.blanks : 0;
  const blanks = above.blanks + blanksBelow;
  const indent = here === -1 ? below.indent : here;
  let penalty = WEIGHT.blank * blanks + WEIGHT.blankBelow * blanksBelow;
  if (above.indent === -1 && above.blanks === 0) penalty += WEIGHT.startOfFile;
  if (atEnd) penalty += WEIGHT.endOfFile;
  if (indent !== -1 && above.indent !== -1 && indent !== above.indent) {
    const step = kindOfStep(indent, above.indent, below.indent);
    penalty += blanks > 0 ? WEIGHT[step].blanks : WEIGHT[step].dense;
  }
  return { indent, penalty };
}

/** Deeper than above; or less deep, and then opening something deeper (`} else {`) or not. */
function kindOfStep(indent: number, above: number, below: number): 'indent' | 'outdent' | 'dedent' {
  if (indent > above) return 'indent';
  return below !== -1 && below > indent ? 'outdent' : 'dedent';
}
