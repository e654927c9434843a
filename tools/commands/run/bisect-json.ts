/** A bisect as the document of `--json`. */
import type { SubsetResult } from '../../bisect/subset.ts';
import type { Result } from '../../bisect/types.ts';
import type { Session } from './bisect-session.ts';
import { sureness } from './bisect-talk.ts';

/** What was searched, and how. */
export function heading({
  base,
  series,
  ends,
  goal,
  command,
  options,
}: Session): Record<string, unknown> {
  return {
    base: { label: base.label, kind: base.kind, commit: base.commit },
    series: { origin: series.origin, source: series.source, patches: series.patches.length },
    goal,
    ends,
    touching: options.touching,
    trusted: options['trust-ends'],
    command,
  };
}

export function document(
  session: Session,
  result: Result,
  subset: SubsetResult | null,
): Record<string, unknown> {
  const found = result.kind === 'found' ? session.patchAt(result.position) : null;
  const sure = result.kind === 'found' ? sureness(session, result.position) : null;
  return {
    ...heading(session),
    result: {
      ...result,
      ...(found === null
        ? {}
        : { patch: found.name, subject: found.header.subject, author: found.header.author }),
      ...(sure === null ? {} : { confidence: sure }),
    },
    ...(subset === null
      ? {}
      : {
          subset: subset.subset.map((position) => ({
            position,
            patch: session.patchAt(position)?.name,
          })),
        }),
    answers: session.testimonies.map(({ where, patch, tree, answer, source, runs }) => ({
      where,
      patch: patch?.name ?? null,
      tree,
      answer,
      source,
      runs: runs.map(({ end, seconds }) => ({ ...end, seconds })),
    })),
    log: session.log,
  };
}
