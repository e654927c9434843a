/** Errors as people and programs read them. */
import { getSystemErrorMap } from 'node:util';
import { SeamError } from '../errors.ts';
import { printable } from './printable.ts';
import type { Report } from './report.ts';

const DEFECT_HINT =
  "this is a defect in Seam: please report it with the lines above and the output of 'seam doctor'";

interface SystemError extends Error {
  readonly errno: number;
  readonly code: string;
  readonly syscall: string;
  readonly path?: string;
}

function isSystemError(error: unknown): error is SystemError {
  return error instanceof Error && 'syscall' in error && 'errno' in error && 'code' in error;
}

/** `ENOENT` → `no such file or directory`, in the words of libuv. */
function reasonOf(error: SystemError): string {
  return getSystemErrorMap().get(error.errno)?.[1] ?? error.code;
}

function fromSystem(error: SystemError): SeamError {
  const subject = error.path === undefined ? '' : ` '${error.path}'`;
  return new SeamError('system', `cannot ${error.syscall}${subject}: ${reasonOf(error)}`, {
    kind: 'environment',
    data: { errno: error.code, syscall: error.syscall, path: error.path },
    cause: error,
  });
}

/** Makes a `SeamError` of whatever was thrown; what nobody foresaw is a defect. */
export function toSeamError(error: unknown): SeamError {
  if (error instanceof SeamError) return error;
  if (isSystemError(error)) return fromSystem(error);
  const message = error instanceof Error ? error.message : String(error);
  return new SeamError('defect', message, { kind: 'internal', hint: DEFECT_HINT, cause: error });
}

/** A list stands on one line as long as it is short: names do, what a program printed does not. */
const SHORT_LIST = 60;

function formatFact(key: string, value: unknown): string[] {
  if (Array.isArray(value) && value.every((item) => typeof item === 'string')) {
    const items = value.map((item) => printable(item));
    const joined = items.join(', ');
    if (joined.length > SHORT_LIST) return [`  ${key}:`, ...items.map((item) => `    ${item}`)];
    return joined === '' ? [] : [`  ${key}: ${joined}`];
  }
  const text = wordOf(value);
  return text === '' ? [] : [`  ${key}: ${printable(text)}`];
}

function wordOf(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
}

/** The facts that neither message nor hint tells already, one a line. */
function factLines(error: SeamError): string[] {
  const told = `${error.message}\n${error.hint ?? ''}`;
  return Object.entries(error.data).flatMap(([key, value]) => {
    if (value === undefined || value === null) return [];
    const words = Array.isArray(value) ? value.map(String) : [wordOf(value)];
    return words.every((word) => told.includes(word)) ? [] : formatFact(key, value);
  });
}

function stackLines(error: SeamError): string[] {
  const { cause } = error;
  const stack = cause instanceof Error ? cause.stack : error.stack;
  return (stack ?? '')
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .map((line) => `  ${printable(line.trim())}`);
}

/** Prints `error:`, its facts and `hint:`; with `--json`, the same as one document on stdout. */
export function reportFailure(error: SeamError, report: Report, json: boolean): void {
  const { code, message, hint, data } = error;
  if (json) {
    report.json('error/1', { code, message, hint: hint ?? null, data });
    if (error.kind !== 'internal') return;
  }
  const style = report.errorStyle;
  report.talk([
    `${style.bad('error:')} ${printable(message)}`,
    ...factLines(error),
    ...(error.kind === 'internal' ? stackLines(error) : []),
    ...(hint === undefined ? [] : [`${style.name('hint:')} ${printable(hint)}`]),
  ]);
}
