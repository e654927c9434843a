/**
 * What a build robot writes: in the form of those that answer on kernel lists, so that people find
 * what they look for where they look for it. Facts in front, each behind its name; how to see it
 * oneself; then what was found, in which new lines begin with `>>` and what belongs to them is
 * indented.
 */
import {
  type CheckReport,
  type Gathered,
  type PatchReport,
  gather,
  isBadVerdict,
  placeOf,
  plural,
  standingOf,
} from '../../tools/report/check/gather.ts';
import { printable } from '../../tools/report/printable.ts';
import { fill } from '../cover/blocks.ts';
import { hanging } from '../thread/shortlog.ts';

const WIDTH = 72;
/** Findings of one step that are listed; a broken header gives thousands. */
const MOST_FINDINGS = 50;
/** Lines of explanation under a finding. */
const MOST_DETAIL = 20;

/** The thread that is answered. */
export interface Answered {
  /** `[PATCH 3/7] …` of the mail that is answered. */
  readonly title: string;
  /** Message-ID of the first mail, without brackets. */
  readonly root: string;
  /** Number of the patch in its thread; null for the whole. */
  readonly number: number | null;
  /** It stands on other threads. */
  readonly depends: boolean;
}

/** A finding that a reply is about: notes are for those who ask. */
function isSevere({ finding }: Gathered): boolean {
  return finding.severity !== 'note';
}

/** Whether there is anything to say about a patch besides that it is good. */
export function hasFindings(patch: PatchReport): boolean {
  return standingOf(patch) === 'bad' || gather(patch).some((each) => isSevere(each));
}

/** The answer to one patch, lines without signature. */
export function patchLines(report: CheckReport, patch: PatchReport, to: Answered): string[] {
  const found = gather(patch).filter((each) => isSevere(each));
  const troubles = troublesOf(patch);
  return [
    ...fill(`${openingOf(patch, found, troubles.length)}:`, WIDTH),
    '',
    ...factLines(report, [patch], to),
    ...(found.length === 0 ? [] : ['', `All ${kindsOf(found)} (new ones prefixed by >>):`]),
    ...foundLines(found),
    ...(troubles.length === 0 ? [] : ['', ...troubles.flatMap((line) => hanging(line, '', '  '))]),
    ...sideLines(patch),
  ];
}

function openingOf(patch: PatchReport, found: readonly Gathered[], troubles: number): string {
  const count = (severity: string): number =>
    found.filter(({ finding }) => finding.severity === severity).length;
  const [errors, warnings] = [count('error'), count('warning')];
  const words = [
    ...(errors === 0 ? [] : [plural(errors, 'new error')]),
    ...(warnings === 0 ? [] : [plural(warnings, 'new warning')]),
  ];
  if (words.length > 0) return `this patch brings ${words.join(' and ')}`;
  if (troubles > 0) return 'this patch could not be checked to the end';
  return standingOf(patch) === 'untried'
    ? 'this patch was not checked, since one before it does not apply'
    : 'this patch brings no new error and no new warning';
}

function kindsOf(found: readonly Gathered[]): string {
  const kinds = (['error', 'warning'] as const).filter((severity) =>
    found.some(({ finding }) => finding.severity === severity),
  );
  return kinds.map((kind) => `${kind}s`).join(' and ');
}

/** One block for each step and set of configurations. */
function foundLines(found: readonly Gathered[]): string[] {
  const blocks = Map.groupBy(found, ({ step, configs }) => `${step}\0${configs.join('\0')}`);
  return [...blocks.values()].flatMap((block) => {
    const { step = '', configs = [] } = block[0] ?? {};
    const more = block.length - MOST_FINDINGS;
    return [
      '',
      ...hanging(`${step}${configs.length === 0 ? '' : `, ${configNames(configs)}`}:`, '', '  '),
      '',
      ...block.slice(0, MOST_FINDINGS).flatMap((each) => findingLines(each)),
      ...(more > 0 ? [`   and ${more} more`] : []),
    ];
  });
}

function configNames(configs: readonly string[]): string {
  return `${configs.length === 1 ? 'config' : 'configs'} ${configs.map(safe).join(', ')}`;
}

/** As compilers write it, never folded: people and editors look for the place. */
function findingLines({ finding }: Gathered): string[] {
  const place = placeOf(finding);
  const detail = (finding.detail ?? '').split('\n').filter((line) => line.trim() !== '');
  const more = detail.length - MOST_DETAIL;
  return [
    safe(`>> ${place === '' ? '' : `${place}: `}${finding.severity}: ${finding.message}`),
    ...detail.slice(0, MOST_DETAIL).map((line) => safe(`   ${line}`)),
    ...(more > 0 ? [`   (${plural(more, 'more line')})`] : []),
  ];
}

/** What kept a step from an answer, where no finding says it. */
function troublesOf({ results }: PatchReport): string[] {
  const troubled = results.filter(
    ({ verdict, findings }) => isBadVerdict(verdict) && findings.length === 0,
  );
  return troubled.map(({ step, config, verdict, reason }) => {
    const what = verdict === 'timed-out' ? 'timed out' : verdict;
    const where = config === null ? step : `${step}, config ${config}`;
    return safe(`>> ${where}: ${what}${reason === null ? '' : `: ${reason}`}`);
  });
}

/** What is gone with the patch, and how much was there before it. */
function sideLines(patch: PatchReport): string[] {
  const fixed = gather(patch, 'fixed').filter((each) => isSevere(each));
  const inherited = Math.max(0, ...patch.results.map((result) => result.inherited));
  return [
    ...(fixed.length === 0 ? [] : ['', 'Gone with this patch:', '']),
    ...fixed.slice(0, MOST_FINDINGS).map(({ finding }) => {
      const place = placeOf(finding);
      return safe(`   ${place === '' ? '' : `${place}: `}${finding.severity}: ${finding.message}`);
    }),
    ...(inherited > 0 ? ['', `Not listed: ${inherited} that were there before it.`] : []),
  ];
}

/** The answer to the whole thread. */
export function summaryLines(
  report: CheckReport,
  patches: readonly PatchReport[],
  to: Answered,
): string[] {
  const own = { ...report, patches };
  const bad = patches.filter((patch) => hasFindings(patch)).length;
  const opening =
    bad === 0
      ? `checked ${plural(patches.length, 'patch', 'patches')} one by one, and all are good:`
      : `checked ${plural(patches.length, 'patch', 'patches')} one by one; ${bad === 1 ? '1 has' : `${bad} have`} an answer of ${bad === 1 ? 'its' : 'their'} own:`;
  const digits = String(patches.length).length;
  return [
    ...fill(opening, WIDTH),
    '',
    ...factLines(own, patches, to),
    '',
    ...patches.flatMap((patch, index) => {
      const front = `  ${String(index + 1).padStart(digits)}  ${WORDS[standingOf(patch)]}  `;
      const why = whereBad(patch);
      return hanging(
        safe(`${patch.subject}${why === '' ? '' : ` (${why})`}`),
        front,
        ' '.repeat(front.length),
      );
    }),
  ];
}

const WORDS = { good: 'good', bad: 'BAD ', untried: '-   ' } as const;

/** `build in allno; kunit`. */
function whereBad({ results }: PatchReport): string {
  const steps = Map.groupBy(
    results.filter(({ verdict }) => isBadVerdict(verdict)),
    ({ step }) => step,
  );
  const names = [...steps].map(([step, some]) => {
    const configs = some.flatMap(({ config }) => config ?? []);
    return configs.length === 0 ? step : `${step} in ${configs.join(', ')}`;
  });
  return names.join('; ');
}

/** `base:`, `patch:`, `config:`, `reproduce:` as robots write them. */
function factLines(report: CheckReport, patches: readonly PatchReport[], to: Answered): string[] {
  const tree = patches.at(-1)?.tree ?? null;
  const { configs, steps } = extentOf(patches);
  const after = to.number === null ? '(after the last patch)' : '(after this patch)';
  const facts: [string, string][] = [
    ['base', baseOf(report)],
    ['patch subject', to.title],
    ...(tree === null ? [] : [['tree', `${tree} ${after}`] as [string, string]]),
    ['checks', steps.join(', ')],
    ...(configs.length === 0 ? [] : [['config', configs.join(', ')] as [string, string]]),
  ];
  return [
    ...facts.flatMap(([name, value]) => hanging(safe(value), `${name}: `, '        ')),
    'reproduce:',
    ...commandLines(report, patches, to),
  ];
}

/** A name that means something elsewhere: no directory of this machine. */
function baseOf({ base: { label, commit } }: CheckReport): string {
  const name = label.replace(/^.*\/(?=[^/])/, '');
  return commit === null || name.includes(commit) ? name : `${name} (${commit})`;
}

/** Where it was bad, or else everywhere. */
function extentOf(patches: readonly PatchReport[]): { configs: string[]; steps: string[] } {
  const all = patches.flatMap((patch) => patch.results);
  const bad = all.filter(({ verdict }) => isBadVerdict(verdict));
  const shown = patches.length === 1 && bad.length > 0 ? bad : all;
  return {
    configs: [...new Set(shown.flatMap(({ config }) => config ?? []))],
    steps: [...new Set(shown.map(({ step }) => step))],
  };
}

/** Commands that give the same answer to whoever has the thread. */
function commandLines(
  report: CheckReport,
  patches: readonly PatchReport[],
  { root, number, depends }: Answered,
): string[] {
  const { configs, steps } = extentOf(patches);
  const options = [
    `--base ${word(baseName(report))}`,
    '--series thread.mbox',
    ...(number === null ? [] : steps.map((step) => `--only ${word(step)}`)),
    ...configs.map((config) => `--config-set ${word(config)}`),
    ...(number === null ? [] : [String(number)]),
  ];
  return [
    ...(depends ? ['        # with the threads applied that the cover names'] : []),
    `        b4 am -o- ${word(root)} > thread.mbox`,
    ...wrapped('seam check', options),
  ];
}

function baseName({ base: { label, commit } }: CheckReport): string {
  const name = label.replace(/^.*\/(?=[^/])/, '');
  return commit === null || name.includes('@') ? name : `${name}@${commit}`;
}

function wrapped(command: string, options: readonly string[]): string[] {
  const lines: string[] = [`        ${command}`];
  for (const option of options) {
    const line = `${lines.at(-1) ?? ''} ${option}`;
    if (line.length <= WIDTH) lines[lines.length - 1] = line;
    else lines.push(`            ${option}`);
  }
  return lines.map((line, index) => (index < lines.length - 1 ? `${line} \\` : line));
}

/** An argument of a shell. */
function word(text: string): string {
  return /^[A-Za-z0-9_@%+=:,./-]+$/.test(text)
    ? text
    : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

/** One line, whatever a program or a patch put into it. */
function safe(text: string): string {
  return printable(text.replaceAll('\t', '        '));
}
