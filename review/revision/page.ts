/** A comparison as one page that can be read anywhere: no script, nothing loaded, narrow screens too. */
import type { Hunk } from '../../tools/patch/types.ts';
import { latin1, withoutNewline } from '../../tools/patch/lines.ts';
import type { Patch } from '../../tools/series/types.ts';
import { type Html, markup, page, text } from '../site/html.ts';
import { interdiffOf } from './interdiff.ts';
import { STYLE } from './style.ts';
import type { Comparison, Entry } from './types.ts';
import { NAMES, countKinds, signOf, sizeWords, wordsOf } from './words.ts';

/** What the two versions are called. */
export interface Titles {
  readonly old: string;
  readonly new: string;
}

/** Lines of a diff that are shown; a page must stay readable whatever it is made from. */
const MOST_LINES = 2000;

/** The page, as a string of HTML. */
export function comparisonPage(comparison: Comparison, titles: Titles): string {
  const kinds = countKinds(comparison).map(
    ([kind, count]) => markup`<li class="${kind}"><b>${count}</b> ${NAMES[kind]}</li>\n`,
  );
  const entries = comparison.entries.map((entry) => entryMarkup(comparison, entry));
  const body = markup`<header>
<h1>${titles.old} <span class="to">→</span> ${titles.new}</h1>
<p>${sizeWords(comparison)}</p>
<ul class="kinds">
${kinds}</ul>
</header>
<main>
${entries}</main>
<footer><p>In a diff, the first column tells what changed between the versions, the second is the patch's own.</p></footer>`;
  return page(`${titles.old} → ${titles.new}`, STYLE, body);
}

function entryMarkup(comparison: Comparison, entry: Entry): Html {
  const hunks = interdiffOf(comparison, entry);
  const title = titleMarkup(comparison, entry);
  if (hunks.length === 0) return markup`<div class="entry ${entry.kind}">${title}</div>\n`;
  const diff = diffMarkup(hunks);
  return markup`<details class="entry ${entry.kind}">\n<summary>${title}</summary>\n${diff}</details>\n`;
}

function titleMarkup(comparison: Comparison, entry: Entry): Html {
  const patch = patchAt(comparison.new, entry.new) ?? patchAt(comparison.old, entry.old);
  const numbers = `${numberOf(entry.old)} ${signOf(entry)} ${numberOf(entry.new)}`;
  const words = wordsOf(entry).map((word) => markup` <span class="word">${word}</span>`);
  const subject = markup`<span class="subject">${patch?.header.subject ?? ''}</span>`;
  return markup`<span class="numbers">${numbers}</span> ${subject}<span class="words">${words}</span>`;
}

function patchAt(patches: readonly Patch[], index: number | null): Patch | undefined {
  return index === null ? undefined : patches[index];
}

function numberOf(index: number | null): string {
  return index === null ? '–' : String(index + 1);
}

function diffMarkup(hunks: readonly Hunk[]): Html {
  const lines = hunks.flatMap((hunk) => [
    markup`<span class="hunk">@@${text(hunk.section)}</span>\n`,
    ...hunk.lines.map(({ op, text: line }) => lineMarkup(op, withoutNewline(line))),
  ]);
  const rest = lines.length - MOST_LINES;
  const shown = lines.slice(0, MOST_LINES);
  if (rest > 0)
    shown.push(markup`<span class="hunk">${rest} more lines are not shown here</span>\n`);
  return markup`<pre>${shown}</pre>\n`;
}

const OUTER = { '-': 'gone', '+': 'come', ' ': 'same' } as const;
const INNER: Readonly<Record<string, string>> = { '-': ' minus', '+': ' plus', '@': ' inner' };

function lineMarkup(op: '-' | '+' | ' ', line: Uint8Array): Html {
  const inner = INNER[latin1(line.subarray(0, 1))] ?? '';
  return markup`<span class="${OUTER[op]}${inner}">${op}${text(line)}</span>\n`;
}
