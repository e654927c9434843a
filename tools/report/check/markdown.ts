/** A check as GitHub Flavored Markdown, for the summary page of a CI run or a comment. Pure. */
import type { CheckReport, PatchReport } from '../../check/types.ts';
import { type Gathered, gather, isBadVerdict, placeOf, standingOf, summaryOf } from './gather.ts';
import { checkRow } from './text.ts';

/** Findings that are listed: summary pages are cut at a megabyte. */
const MOST_FINDINGS = 500;

export function formatMarkdown(report: CheckReport): string {
  const { steps, patches } = report;
  const titles = ['', 'patch', ...steps];
  const findings = patches.flatMap((patch) =>
    gather(patch)
      .filter(({ finding }) => finding.severity !== 'note')
      .map((each) => findingLine(patch, each)),
  );
  const more = findings.length - MOST_FINDINGS;
  return [
    `**${escape(summaryOf(report))}**`,
    '',
    `| ${titles.join(' | ')} |`,
    `| ${titles.map((_, index) => (index === 0 ? '--:' : '---')).join(' | ')} |`,
    ...patches.map((patch) => tableLine(patch, steps)),
    ...(findings.length === 0 ? [] : ['', ...findings.slice(0, MOST_FINDINGS)]),
    ...(more > 0 ? [`- and ${more} more`] : []),
    '',
  ].join('\n');
}

function tableLine(patch: PatchReport, steps: readonly string[]): string {
  const [number = '', name = '', ...cells] = checkRow(patch, steps);
  const dressed = cells.map((cell, index) => {
    const some = patch.results.filter(({ step }) => step === steps[index]);
    return some.some(({ verdict }) => isBadVerdict(verdict)) ? `**${escape(cell)}**` : escape(cell);
  });
  const title = standingOf(patch) === 'good' ? code(name) : `**${code(name)}**`;
  return `| ${[number, title, ...dressed].join(' | ')} |`;
}

function findingLine({ number, name }: PatchReport, { finding, configs }: Gathered): string {
  const place = placeOf(finding);
  const where = place === '' ? '' : `${code(place)}: `;
  const inConfigs = configs.length === 0 ? '' : ` in ${configs.map(code).join(', ')}`;
  return `- ${number} ${code(name)}: ${where}${finding.severity}: ${escape(finding.message)} (${code(finding.rule)}${inConfigs})`;
}

/** Text that means itself: no markup, no HTML, no mention, no line end. */
function escape(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/[\\`*_{}[\]()#+!|~>]/g, (character) => `\\${character}`)
    .replace(/@/g, '@\u200b');
}

/** A code span around anything (GFM 6.3): fences longer than any run of backticks inside. */
function code(text: string): string {
  const flat = text.replace(/\s+/g, ' ').replaceAll('|', '\\|');
  const longest = Math.max(0, ...(flat.match(/`+/g) ?? []).map((run) => run.length));
  const fence = '`'.repeat(longest + 1);
  const pad = /^`|`$/.test(flat) ? ' ' : '';
  return `${fence}${pad}${flat}${pad}${fence}`;
}
