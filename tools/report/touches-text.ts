/** Where a global is to go, and which patches touch it, for a terminal. */
import { ALLOW_LIST, type AllowLine } from '../globals/allow.ts';
import { PLAN } from '../globals/plan.ts';
import { count } from './globals-text.ts';
import { printable } from './printable.ts';

/** A patch whose changed lines name the variable. */
export interface Touch {
  /** From 1. */
  readonly number: number;
  readonly name: string;
  readonly removed: number;
  readonly added: number;
  /** What that does to it, in words. */
  readonly changes: readonly string[];
}

/** What people have decided, in contrast to a proposal. */
export function describeDestination(allowed: AllowLine | null, planned: string | null): string[] {
  const lines: string[] = [];
  if (planned !== null) lines.push(`  planned: ${printable(planned)} (${PLAN})`);
  if (allowed !== null)
    lines.push(
      `  stays: ${allowed.reason}, ${printable(allowed.why)} (${ALLOW_LIST}:${allowed.line})`,
    );
  return lines;
}

export function describeTouches(touches: readonly Touch[] | null): string[] {
  if (touches === null) return [];
  if (touches.length === 0) return ['  no patch touches it'];
  const width = String(touches.at(-1)?.number).length;
  return [
    `  ${count(touches.length, 'patch touches it', 'patches touch it')}`,
    ...touches.map(({ number, name, removed, added, changes }) => {
      const lines = `${removed} of its lines out, ${added} in`;
      return `    ${String(number).padStart(width)} ${printable(name)}: ${[lines, ...changes].map((text) => printable(text)).join('; ')}`;
    }),
  ];
}
