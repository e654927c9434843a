/** Two harmless patches, and configurations with one step called `probe`. */
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
