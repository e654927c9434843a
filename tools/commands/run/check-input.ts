/** A check's report, read back. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { CheckReport } from '../../check/types.ts';
import { SeamError } from '../../errors.ts';
import { printable } from '../../report/printable.ts';
import type { Context } from '../context.ts';

const SCHEMA = 'seam/check/1';

/** Read what `seam check --json` wrote. Throws when the file is anything else. */
export function readReport(ctx: Context, file: string): CheckReport {
  const wrong = (why: string, cause?: unknown): SeamError =>
    new SeamError('report-unreadable', `'${printable(file)}' is no report of a check: ${why}`, {
      cause,
      data: { file },
      hint: 'seam check --json > FILE makes one',
    });
  try {
    const document = JSON.parse(readFileSync(resolve(ctx.cwd, file), 'utf8')) as unknown;
    if (!isRecord(document) || document['schema'] !== SCHEMA)
      throw wrong(`its schema is not ${SCHEMA}`);
    const lacking = whatLacks(document);
    if (lacking !== null) throw wrong(`${lacking} is missing, or is something else`);
    return document as unknown as CheckReport;
  } catch (cause) {
    if (cause instanceof SeamError) throw cause;
    throw wrong((cause as Error).message, cause);
  }
}

type Fields = Readonly<Record<string, unknown>>;

function isRecord(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What every reader of a report counts on; the name of the first field that is not as it should be. */
function whatLacks(report: Fields): string | null {
  const { base, series, steps, patches } = report;
  if (!isRecord(base) || typeof base['label'] !== 'string') return 'base';
  if (!isRecord(series) || typeof series['patches'] !== 'number') return 'series';
  if (!isTexts(steps)) return 'steps';
  if (!Array.isArray(patches)) return 'patches';
  const odd = patches.findIndex((patch) => !isPatch(patch));
  return odd === -1 ? null : `patches[${odd}]`;
}

function isPatch(value: unknown): boolean {
  if (!isRecord(value)) return false;
  const { number, name, subject, results } = value;
  const named = typeof name === 'string' && typeof subject === 'string';
  return named && typeof number === 'number' && Array.isArray(results) && results.every(isResult);
}

function isResult(value: unknown): boolean {
  if (!isRecord(value)) return false;
  const { step, verdict, findings, fixed } = value;
  const lists = [findings, fixed];
  return (
    typeof step === 'string' &&
    typeof verdict === 'string' &&
    lists.every((list) => Array.isArray(list) && list.every(isFinding))
  );
}

function isFinding(value: unknown): boolean {
  return isRecord(value) && isTexts([value['rule'], value['severity'], value['message']]);
}

function isTexts(value: unknown): boolean {
  return Array.isArray(value) && value.every((text) => typeof text === 'string');
}
