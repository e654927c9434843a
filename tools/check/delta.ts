/**
 * Which patch brought what. A step says everything that it sees in a tree; this follows one step in
 * one configuration along the series and keeps what each patch changed in that. Pure.
 */
import type { Finding, Observation, Outcome, Severity, StepResult, VerdictKind } from './types.ts';

/** What a result is of. */
export interface Place {
  readonly patch: string;
  readonly step: string;
  readonly config: string | null;
}

type Judged = Pick<
  StepResult,
  'verdict' | 'reason' | 'findings' | 'fixed' | 'accepted' | 'inherited'
>;

/** What was seen in the trees so far, with the patch that brought it; null for before the series. */
interface Known {
  readonly observation: Observation;
  readonly introduced: string | null;
}

/**
 * What makes two observations the same. Lines do not count: a patch above moves everything below.
 * The same message twice in a file is two findings.
 */
export function identityOf({ rule, path, message, subject }: Observation): string {
  return JSON.stringify(subject === undefined ? [rule, path, message] : [rule, subject]);
}

function grouped(known: readonly Known[]): Map<string, Known[]> {
  return Map.groupBy(known, ({ observation }) => identityOf(observation));
}

/** Whether somebody has looked at a finding and lets it pass. */
export type Accepts = (finding: Finding) => boolean;

/** One step in one configuration, from tree to tree. */
export class Ledger {
  readonly #accepts: Accepts;
  #known: readonly Known[] = [];
  #measures: Readonly<Record<string, number>> | null = null;

  constructor(accepts: Accepts) {
    this.#accepts = accepts;
  }

  /** Take note of the tree that the first patch is compared with. */
  start(outcome: Outcome): void {
    this.#known = outcome.observations.map((observation) => ({ observation, introduced: null }));
    this.#measures = outcome.measures ?? null;
  }

  /** Say what the patch changed, from what is seen behind it. */
  follow(place: Place, outcome: Outcome): StepResult {
    const { cached, seconds, log } = outcome;
    return { ...place, ...this.#judge(place, outcome), cached, seconds, log };
  }

  #judge({ step, patch }: Place, outcome: Outcome): Judged {
    const { verdict, reason } = outcome;
    if (verdict !== 'passed' && verdict !== 'failed')
      return {
        verdict,
        reason,
        findings: [],
        fixed: [],
        accepted: 0,
        inherited: this.#known.length,
      };
    const seen = outcome.observations.map((observation) => ({ observation, introduced: patch }));
    const before = grouped(this.#known);
    const old = seen.map((each) => before.get(identityOf(each.observation))?.pop());
    const now = seen.map((each, index) => ({ ...each, introduced: originOf(old[index], patch) }));
    const gone = [...before.values()].flat();
    const fresh = now.filter((_, index) => old[index] === undefined);
    const inherited = now.filter((_, index) => old[index] !== undefined);
    // What a step did not come to see may be there all the same.
    const fixed = verdict === 'passed' ? gone : [];
    this.#known = verdict === 'passed' ? now : [...now, ...gone];
    const all = [
      ...fresh.map(({ observation }) => ({ ...observation, introduced: patch })),
      ...this.#compare(step, patch, outcome),
    ];
    const findings = all.filter((finding) => !this.#accepts(finding));
    return {
      ...conclude(
        outcome,
        findings,
        inherited.filter((each) => !this.#isAccepted(each)),
      ),
      findings,
      fixed: fixed.map(({ observation }) => ({ ...observation, introduced: patch })),
      accepted: all.length - findings.length,
      inherited: inherited.length,
    };
  }

  #isAccepted({ observation, introduced }: Known): boolean {
    return introduced !== null && this.#accepts({ ...observation, introduced });
  }

  /** Numbers that changed, as notes: whether they should is for people to say. */
  #compare(step: string, patch: string, { measures }: Outcome): Finding[] {
    const before = this.#measures;
    if (measures === undefined) return [];
    this.#measures = measures;
    if (before === null) return [];
    const names = [...new Set([...Object.keys(before), ...Object.keys(measures)])].sort();
    return names
      .filter((name) => before[name] !== measures[name])
      .map((name) => ({
        rule: `${step}/changed`,
        severity: 'note',
        path: null,
        line: null,
        message: `${name}: ${change(before[name], measures[name])}`,
        introduced: patch,
      }));
  }
}

function originOf(known: Known | undefined, patch: string): string | null {
  return known === undefined ? patch : known.introduced;
}

function change(from: number | undefined, to: number | undefined): string {
  if (from === undefined) return `new, ${to}`;
  if (to === undefined) return `gone, was ${from}`;
  const difference = to - from;
  const sign = difference > 0 ? '+' : '';
  const percent = from === 0 ? '' : `, ${sign}${((100 * difference) / from).toFixed(1)} %`;
  return `${from} to ${to} (${sign}${difference}${percent})`;
}

/**
 * A patch fails by what it brings. What an earlier patch of the series broke is that one's fault, but
 * the tree is broken here, too; what was broken before the series counts only if it hides the rest.
 */
function conclude(
  outcome: Outcome,
  findings: readonly Observation[],
  inherited: readonly Known[],
): { verdict: VerdictKind; reason: string | null } {
  if (findings.some((finding) => isBad(finding.severity)))
    return { verdict: 'failed', reason: outcome.reason };
  const error = inherited.find(
    ({ observation, introduced }) => observation.severity === 'error' && introduced !== null,
  );
  if (error !== undefined) return { verdict: 'failed', reason: `since ${error.introduced}` };
  if (outcome.verdict === 'passed') return { verdict: 'passed', reason: null };
  return {
    verdict: 'failed',
    reason: inherited.length > 0 ? 'fails before the series, too' : outcome.reason,
  };
}

/** Whether it makes a check fail. */
export function isBad(severity: Severity): boolean {
  return severity !== 'note';
}
