/**
 * Compares traces of the model with those of a real kernel, by the rules of the tree's own
 * `scripts/tracecheck.sh`: a line of the model that `Documentation/differences.rst` lists for the
 * scenario becomes the one that the real trace has; lines that begin with `#` do not count. Pure.
 */
import type { Observation } from '../types.ts';

/** One entry of the list of differences. */
export interface Difference {
  /** `AREA/NAME`. */
  readonly scenario: string;
  readonly model: string;
  /** The line of the real kernel; empty where it has none. */
  readonly real: string;
}

/** What the model did with one scenario. */
export interface Played {
  readonly scenario: string;
  /** Exit status, or -1 for a signal. */
  readonly status: number;
  readonly trace: string;
  readonly errors: string;
}

/** What came of one scenario. */
export type TraceVerdict =
  | { readonly kind: 'equal' }
  | { readonly kind: 'skipped'; readonly why: string }
  | { readonly kind: 'failed'; readonly message: string; readonly detail: string };

/** Read the list of differences. */
export function readDifferences(text: string): Difference[] {
  return text.split('\n').flatMap((line) => {
    const part = line.split('``');
    const [start, scenario = '', , model = '', , real = ''] = part;
    return part.length >= 7 && start === '- ' ? [{ scenario, model, real }] : [];
  });
}

/** Compares scenario by scenario, and remembers which differences were needed. */
export class TraceCheck {
  readonly #differences: readonly Difference[];
  readonly #used = new Set<string>();
  #complete = true;

  constructor(differences: readonly Difference[]) {
    this.#differences = differences;
  }

  /** `golden` is the trace of a real kernel; null when there is none. */
  compare({ scenario, status, trace, errors }: Played, golden: string | null): TraceVerdict {
    if (status !== 0) {
      const tail = [...linesOf(trace).slice(-5), ...linesOf(errors).slice(-5)].join('\n');
      return this.#failed(`exit status ${status}`, tail);
    }
    const why = skippedIn(trace) ?? skippedIn(golden ?? '');
    if (why !== null) {
      this.#complete = false;
      return { kind: 'skipped', why };
    }
    if (golden === null) return this.#failed('no trace of a real kernel', '');
    const real = linesOf(golden).filter((line) => !line.startsWith('#'));
    const model = this.#translate(scenario, linesOf(trace), new Set(real));
    const at = firstDifference(real, model);
    return at === null
      ? { kind: 'equal' }
      : this.#failed('differs from a real kernel', around(real, model, at));
  }

  /** Entries that no scenario needs any more; only told when all scenarios were equal. */
  stale(): Difference[] {
    if (!this.#complete) return [];
    return this.#differences.filter(
      ({ scenario, model }) => !this.#used.has(`${scenario}\t${model}`),
    );
  }

  #failed(message: string, detail: string): TraceVerdict {
    this.#complete = false;
    return { kind: 'failed', message, detail };
  }

  #translate(scenario: string, lines: readonly string[], real: ReadonlySet<string>): string[] {
    const entries = this.#differences.filter((each) => each.scenario === scenario);
    return lines.flatMap((line) => {
      if (line.startsWith('#')) return [];
      const fitting = entries.filter(({ model }) => model === line);
      if (fitting.length > 0) this.#used.add(`${scenario}\t${line}`);
      const chosen = fitting.findLast((each) => each.real === '' || real.has(each.real));
      const out = chosen === undefined ? line : chosen.real;
      return out === '' ? [] : [out];
    });
  }
}

/** Observations for what went wrong with scenarios, and for entries that nothing needs. */
export function traceObservations(
  verdicts: ReadonlyMap<string, TraceVerdict>,
  stale: readonly Difference[],
  step: string,
): Observation[] {
  const failed = [...verdicts].flatMap(([scenario, verdict]): Observation[] => {
    if (verdict.kind !== 'failed') return [];
    const { message, detail } = verdict;
    const path = `tests/scenarios/${scenario}.scn`;
    const rule = `${step}/failed`;
    return [
      { rule, severity: 'error', path, line: null, message, ...(detail === '' ? {} : { detail }) },
    ];
  });
  const needless = stale.map(({ scenario, model }): Observation => ({
    rule: `${step}/stale-difference`,
    severity: 'error',
    path: 'Documentation/differences.rst',
    line: null,
    message: `${scenario}: nothing prints '${model}' any more`,
  }));
  return [...failed, ...needless];
}

function linesOf(text: string): string[] {
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  return lines;
}

function skippedIn(trace: string): string | null {
  return /^skipped: (.+)$/m.exec(trace)?.[1] ?? null;
}

function firstDifference(a: readonly string[], b: readonly string[]): number | null {
  for (let at = 0; at < Math.max(a.length, b.length); at += 1) if (a[at] !== b[at]) return at;
  return null;
}

/** The first line that differs, with what both kernels did just before. */
function around(real: readonly string[], model: readonly string[], at: number): string {
  const before = real.slice(Math.max(0, at - 3), at).map((line) => ` ${line}`);
  const lines = [...before, `-${real[at] ?? '(end)'}`, `+${model[at] ?? '(end)'}`];
  return ['--- a real kernel', '+++ the model', ...lines].join('\n');
}
