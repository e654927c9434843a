/** Two harmless patches, configurations with steps for them, and what these said. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CheckReport } from '../../../tools/check/types.ts';
import { type Edit, append } from './series.ts';

export const TWO: readonly Edit[] = ['one', 'two'].map((name) => ({
  name,
  files: { 'kernel/quota.c': append(`/* ${name} */\n`) },
}));

/** A configuration with one step. */
export function step(run: readonly string[], more = '', head = ''): string {
  return `[check]\n${head}\n[[check.step]]\nname = "probe"\nrun = ${JSON.stringify(run)}\n${more}\n`;
}

/** A step that is a line of shell. */
export function shell(script: string, more = '', head = ''): string {
  return step(['sh', '-c', script], more, head);
}

interface Step {
  readonly script: string;
  readonly after?: string;
  readonly artifacts?: readonly string[];
  readonly setup?: readonly string[];
  readonly timeout?: number;
}

/** A configuration with these lines of shell as steps. */
export function steps(all: Readonly<Record<string, Step>>): string {
  const table = ([name, { script, ...more }]: [string, Step]): string => {
    const lines = Object.entries({ name, run: ['sh', '-c', script], ...more });
    return [
      '[[check.step]]',
      ...lines.map(([key, value]) => `${key} = ${JSON.stringify(value)}`),
    ].join('\n');
  };
  return `${Object.entries(all).map(table).join('\n\n')}\n`;
}

/** Verdicts of the steps of each patch that are commands. */
export function verdicts({ patches }: CheckReport): string[][] {
  const own = (step: string): boolean => !['apply', 'lint', 'globals'].includes(step);
  return patches.map(({ results }) =>
    results.filter(({ step }) => own(step)).map(({ step, verdict }) => `${step} ${verdict}`),
  );
}

/** Adds a line to a diary. Its whole name would make its content one of the things that decide. */
export const write = (line: string): string => `echo "${line}" >> "$SEAM_BUILD/../../../../diary"`;

export function diary({ home }: { readonly home: string }): string[] {
  return readFileSync(join(home, 'cache/seam/diary'), 'utf8').split('\n').slice(0, -1);
}
