/** How well a patch applies, as observations. Pure. */
import { type ApplyVerdict, type FileOutcome, stops } from '../apply/types.ts';
import { cautionText, explainVerdict } from '../report/apply-text.ts';
import type { Observation, Outcome, Severity } from './types.ts';

/** What `seam apply` says of the patch, as the outcome of a step. */
export function applyOutcome(verdict: ApplyVerdict): Outcome {
  const observations = stops(verdict)
    ? [conflict(verdict)]
    : [...verdict.files.flatMap((file) => observe(file)), ...emptiness(verdict)];
  const skipped = verdict.kind === 'skipped';
  return {
    verdict: skipped ? 'skipped' : stops(verdict) ? 'failed' : 'passed',
    reason: skipped ? `'${verdict.because?.name ?? ''}' does not apply` : null,
    cached: false,
    seconds: 0,
    observations,
    log: null,
  };
}

function conflict(verdict: ApplyVerdict): Observation {
  const [message = '', ...rest] = explainVerdict(verdict);
  const path = verdict.files.find(({ problem }) => problem !== null)?.path ?? null;
  return {
    rule: `apply/${verdict.kind}`,
    severity: 'error',
    path,
    line: null,
    message,
    detail: rest.join('\n'),
  };
}

function emptiness(verdict: ApplyVerdict): Observation[] {
  if (verdict.kind !== 'empty') return [];
  const message = 'the patch has no diff';
  return [{ rule: 'apply/empty', severity: 'warning', path: null, line: null, message }];
}

function observe(file: FileOutcome): Observation[] {
  const at = (rule: string, severity: Severity, line: number | null, message: string) => ({
    rule: `apply/${rule}`,
    severity,
    path: file.path,
    line,
    message,
  });
  const placed = file.placements.flatMap(({ hunk, line, offset, fuzz, alternatives }) => {
    const which = `hunk ${hunk + 1}`;
    const found: Observation[] = [];
    // An ambiguous hunk was searched for, so its offset is part of that story.
    if (alternatives.length > 0)
      found.push(
        at('ambiguous', 'warning', line, `${which} fits at ${alternatives.length + 1} places`),
      );
    else if (offset !== 0)
      found.push(at('offset', 'note', line, `${which} stands ${lines(offset)} its place`));
    if (fuzz > 0)
      found.push(at('fuzz', 'warning', line, `${which} fits without ${fuzz} lines of its context`));
    return found;
  });
  return [
    ...placed,
    ...file.repairs.map((each) => at('repaired', 'warning', null, each.message)),
    ...file.cautions.map((each) => at(each.kind, 'warning', null, cautionText(each))),
  ];
}

function lines(offset: number): string {
  const count = Math.abs(offset);
  return `${count} ${count === 1 ? 'line' : 'lines'} ${offset > 0 ? 'below' : 'above'}`;
}
