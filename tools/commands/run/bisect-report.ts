/** The result of a bisect, with what one wants to know of the patch. */
import type { SubsetResult } from '../../bisect/subset.ts';
import type { Position, Result } from '../../bisect/types.ts';
import { SeamError } from '../../errors.ts';
import { explainVerdict } from '../../report/apply-text.ts';
import { printable } from '../../report/printable.ts';
import type { Patch } from '../../series/types.ts';
import { endName, endsLines, hintOf } from './bisect-ends.ts';
import { document, heading } from './bisect-json.ts';
import type { Session, Unappliable } from './bisect-session.ts';
import { endText, indented, lastLines, placeOf, sureness } from './bisect-talk.ts';

/** Files of a patch that are named. */
const SHOWN_FILES = 8;

/** The command asked to stop: not an answer about the series. */
export function aborted(session: Session): SeamError {
  const testimony = session.testimonies.find(({ answer }) => answer === 'abort');
  const end = testimony?.runs.at(-1)?.end;
  const where = testimony === undefined ? '' : ` ${placeOf(session, testimony)}`;
  const missing = end?.kind === 'exited' && end.status === 127;
  return new SeamError(
    'bisect-aborted',
    `the command stopped the search${where}: ${end === undefined ? 'no status' : endText(end)}`,
    {
      kind: 'environment',
      data: { command: session.command, output: lastLines(testimony) },
      hint: missing
        ? 'status 127 is what a shell says of a command that it does not find'
        : "if that is the failure that you look for: -- sh -c 'COMMAND || exit 1'",
    },
  );
}

export function printUnappliable(session: Session, { verdict, position }: Unappliable): void {
  const { ctx, ends } = session;
  if (ctx.globals.json) {
    ctx.report.json('bisect/1', {
      ...heading(session),
      result: { kind: 'does-not-apply', patch: verdict.patch.name, position },
    });
    return;
  }
  ctx.report.print(...explainVerdict(verdict));
  const option = session.goal === 'breaks' ? 'bad' : 'good';
  const hint =
    position - 1 > ends.first
      ? `the patches before it can be searched: --${option} ${position - 1}`
      : 'seam apply tells how each patch fits';
  ctx.report.talk([`hint: ${hint}`]);
}

export function printResult(session: Session, result: Result, subset: SubsetResult | null): void {
  const { ctx, options } = session;
  if (ctx.globals.json) ctx.report.json('bisect/1', document(session, result, subset));
  else {
    ctx.report.print(...resultLines(session, result), ...subsetLines(session, subset));
    ctx.report.print(countText(session));
  }
  const hint = ctx.globals.json ? null : hintOf(session, result);
  if (hint !== null) ctx.report.talk([`hint: ${hint}`]);
  if (options.log === '-' && !ctx.globals.json) ctx.report.write(session.log);
}

function resultLines(session: Session, result: Result): string[] {
  const { ends, goal } = session;
  switch (result.kind) {
    case 'found': {
      const verb = goal === 'breaks' ? 'breaks' : 'fixes';
      const title = `patch ${result.position} of ${session.series.patches.length} is the first that ${verb} it`;
      return [
        title,
        ...patchLines(session.patchAt(result.position)),
        ...evidence(session, result.position),
      ];
    }
    case 'found-despite-skips': {
      const { first, last } = result;
      const between = session.stops.filter((position) => position >= first && position <= last);
      const names = between.map(
        (position) => `  ${position}  ${printable(session.patchAt(position)?.name ?? '')}`,
      );
      return [
        `it is one of these ${between.length} patches: the trees between them cannot be tested`,
        ...names,
      ];
    }
    case 'indeterminate':
      return [`nothing to search between: the tree ${endName(result.position)} cannot be tested`];
    case 'ends-wrong':
      return endsLines(session, result, ends.first);
    case 'aborted':
      return ['the command stopped the search'];
  }
}

function patchLines(patch: Patch | null): string[] {
  if (patch === null) return [];
  const { header, files } = patch;
  const paths = [...new Set(files.map((file) => file.newPath ?? file.oldPath ?? ''))];
  const more =
    paths.length > SHOWN_FILES ? [`  ... and ${paths.length - SHOWN_FILES} more files`] : [];
  const { author } = header;
  return [
    `  ${printable(patch.name)}`,
    ...(header.subject === '' ? [] : [`  ${printable(header.subject)}`]),
    ...(author === null ? [] : [`  ${printable(`${author.name} <${author.email}>`)}`]),
    ...paths.slice(0, SHOWN_FILES).map((path) => `    ${printable(path)}`),
    ...more,
  ];
}

/** What the command said where it failed beside the patch, and how sure the answer is. */
function evidence(session: Session, position: Position): string[] {
  const failing = session.goal === 'breaks' ? position : position - 1;
  const testimony = session.testimonies.find(({ where }) => where === String(failing));
  const lines = lastLines(testimony).map(indented);
  const said = lines.length === 0 ? [] : ['  the command said:', ...lines];
  const sure = sureness(session, position);
  return sure === null ? said : [...said, `  confidence ${percent(sure)}`];
}

/** Never rounded up to certainty. */
function percent(probability: number): string {
  return `${(Math.floor(probability * 1000) / 10).toFixed(1)} %`;
}

function subsetLines(session: Session, subset: SubsetResult | null): string[] {
  if (subset === null) return [];
  const count = subset.subset.length;
  const title =
    count === 1
      ? 'that patch alone breaks it'
      : `these ${count} patches break it together, and no fewer of them`;
  const names = subset.subset.map(
    (position) => `  ${position}  ${printable(session.patchAt(position)?.name ?? '')}`,
  );
  return [title, ...names];
}

function countText({ testimonies }: Session): string {
  const runs = testimonies
    .filter(({ source }) => source === 'run')
    .reduce((total, each) => total + each.runs.length, 0);
  const count = (source: string): number =>
    testimonies.filter((each) => each.source === source).length;
  const parts = [
    `${runs} ${runs === 1 ? 'run' : 'runs'}`,
    ...(count('cached') > 0 ? [`${count('cached')} cached`] : []),
    ...(count('replayed') > 0 ? [`${count('replayed')} replayed`] : []),
  ];
  const answers = testimonies.length === 1 ? 'answer' : 'answers';
  return `${testimonies.length} ${answers}: ${parts.join(', ')}`;
}
