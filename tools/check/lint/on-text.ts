import type { Patch } from '../../series/types.ts';
import type { Observation, Severity } from '../types.ts';

/** About the text of a patch. */
export function onText(
  patch: Patch,
  rule: string,
  severity: Severity,
  message: string,
): Observation {
  return { rule: `lint/${rule}`, severity, path: patch.name, line: null, message };
}
