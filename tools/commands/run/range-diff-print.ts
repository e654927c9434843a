import { changesSection } from '../../../review/revision/changes.ts';
import { compareVersions } from '../../../review/revision/compare.ts';
import { type Part, formatComparison } from '../../../review/revision/format.ts';
import { comparisonDocument } from '../../../review/revision/json.ts';
import type { Titles } from '../../../review/revision/page.ts';
import { adviseTrailers, formatAdvice } from '../../../review/revision/trailers.ts';
import type { Comparison } from '../../../review/revision/types.ts';
import { summaryOf } from '../../../review/revision/words.ts';
import { EXIT } from '../../errors.ts';
import { printable } from '../../report/printable.ts';
import { type ByteString, bytesOf, encodeText } from '../../series/text.ts';
import type { Series } from '../../series/types.ts';
import type { Context } from '../context.ts';
import type { rangeDiff } from '../range-diff.ts';
import type { Input } from '../types.ts';
import { type Rebased, compareOnBase } from './rebased.ts';
import type { Versions } from './versions.ts';

type Options = Input<typeof rangeDiff.arguments, typeof rangeDiff.options>['options'];

/** Compare two versions and print what was asked for. */
export async function comparePrint(
  ctx: Context,
  { old, next, before }: Versions,
  options: Options,
): Promise<number> {
  const factor = options['creation-factor'];
  const how = factor === undefined ? {} : { creationFactor: factor };
  const raw = compareVersions(old.patches, next.patches, how);
  const asIs = options.raw || options.format === 'git';
  const rebased = asIs ? null : await compareOnBase(ctx, raw, next, before, how);
  if (rebased !== null) ctx.report.detail(describe(rebased));
  const titles = { old: titleOf(old), new: titleOf(next) };
  await print(ctx, rebased?.comparison ?? raw, options, titles, rebased);
  return EXIT.yes;
}

function describe({ base, applied, comparison }: Rebased): string {
  const count = (some: number, all: readonly unknown[]): string => `${some} of ${all.length}`;
  const [old, next] = [count(applied.old, comparison.old), count(applied.new, comparison.new)];
  return `compared on '${printable(base)}': ${old} old and ${next} new patches apply to it`;
}

/** What readers call a version: a path's last component is all that they need to see of it. */
function titleOf({ origin, source, version }: Series): string {
  if (origin === 'mbox' || origin === 'maildir') return `v${version}`;
  return source.replace(/\/+$/, '').split('/').at(-1) ?? source;
}

async function print(
  ctx: Context,
  comparison: Comparison,
  options: Options,
  titles: Titles,
  rebased: Rebased | null,
): Promise<void> {
  const { short } = options;
  const format = ctx.globals.json ? 'json' : (options.format ?? 'text');
  switch (format) {
    case 'json':
      ctx.report.json('range-diff/1', {
        rebased: rebased === null ? null : { base: rebased.base, applied: rebased.applied },
        ...comparisonDocument(comparison, { short }),
      });
      break;
    case 'changes':
      ctx.report.write(changesSection(comparison, titles.old));
      break;
    case 'trailers':
      ctx.report.print(...formatAdvice(comparison, adviseTrailers(comparison)).map(shown));
      break;
    case 'html': {
      const { comparisonPage } = await import('../../../review/revision/page.ts');
      ctx.report.write(comparisonPage(comparison, titles));
      break;
    }
    case 'git':
    case 'text': {
      const plain = format === 'git';
      const lines = formatComparison(comparison, { short, plain, paint: painter(ctx) });
      ctx.report.write(bytesOf(lines.map((line) => `${line}\n`).join('')));
      if (!plain) ctx.report.note(summaryOf(comparison));
    }
  }
}

function shown(line: string): string {
  return printable(line);
}

/** Colours; to a terminal nothing is written that could play tricks with it. */
function painter({ report: { style }, stdout }: Context) {
  const dress = {
    old: style.bad,
    new: style.good,
    title: style.heading,
    words: style.faint,
    hunk: style.name,
    removed: style.bad,
    added: style.good,
    context: (text: string) => text,
  };
  const safe = (text: ByteString): ByteString =>
    stdout.isTTY === true ? encodeText(printable(bytesOf(text), { lines: true })) : text;
  return (part: Part, text: ByteString): ByteString => dress[part](safe(text));
}
