/** Reads what gcc, clang and sparse print about sources, and what the linker prints. Pure. */
import type { Observation, Severity } from '../types.ts';

const PLACE = /^([^\s:][^:\n]*):(\d+)(?::\d+)?: (fatal error|error|warning|note): (.*)$/;
/** The linker's way: the place is where the reference stands, in a section or at a line. */
const LINKER = /^(?:\S*ld(?:\.\w+)?: )?([^\s:]+\.[cho]):(?:(\d+)|\([^)]*\)): (.*)$/;
const INTERNAL = /internal compiler error|PLEASE submit a bug report/;

const SEVERITIES: Readonly<Record<string, Severity>> = {
  'fatal error': 'error',
  error: 'error',
  warning: 'warning',
};

/** Whether the compiler itself broke down. */
export function isBreakdown(output: string): boolean {
  return INTERNAL.test(output);
}

/**
 * Findings in the output of a compiler. Lines behind one, up to the next, are its detail: the source
 * with a caret, notes. `step` begins the rule's name: `build` gives `build/warning`.
 */
export function readDiagnostics(output: string, step: string): Observation[] {
  const found: (Observation & { detail: string })[] = [];
  for (const line of output.split('\n')) {
    const [, path = '', number = '', word = '', message = ''] = PLACE.exec(line) ?? [];
    const severity = SEVERITIES[word];
    const last = found.at(-1);
    if (severity !== undefined) {
      const rule = `${step}/${severity}`;
      found.push({
        rule,
        severity,
        path: plainPath(path),
        line: Number(number),
        message,
        detail: '',
      });
    } else if (last !== undefined && line !== '' && !isHeading(line)) last.detail += `${line}\n`;
  }
  return found.map(({ detail, ...rest }) => (detail === '' ? rest : { ...rest, detail }));
}

/** Lines that lead over to what comes after them. */
function isHeading(line: string): boolean {
  return /^(In file included from |\s+from |\S+: In function |\S+: At top level|\d+ (warning|error)s? generated)/.test(
    line,
  );
}

/** Findings in the output of a link that failed; `reason` where it says nothing that can be read. */
export function readLinkErrors(output: string): Observation[] {
  const found = output.split('\n').flatMap((line): Observation[] => {
    const [, path = '', number, message = ''] = LINKER.exec(line) ?? [];
    if (message === '' || message.startsWith('in function')) return [];
    const at = number === undefined ? null : Number(number);
    return [{ rule: 'build/link', severity: 'error', path: plainPath(path), line: at, message }];
  });
  if (found.length > 0) return unique(found);
  const [first = 'the linker failed'] = output.trim().split('\n');
  return [{ rule: 'build/link', severity: 'error', path: null, line: null, message: first }];
}

/** Each once: a header is compiled with every unit that reaches it. */
export function unique(observations: readonly Observation[]): Observation[] {
  const byName = new Map<string, Observation>();
  for (const each of observations) {
    const name = JSON.stringify([each.rule, each.path, each.line, each.message]);
    if (!byName.has(name)) byName.set(name, each);
  }
  return [...byName.values()];
}

function plainPath(path: string): string {
  return path.replace(/^(\.\/)+/, '');
}
