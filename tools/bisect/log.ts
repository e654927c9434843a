/**
 * The log of a bisect: readable, editable, and enough to go on from. One answer in a line; `#` opens
 * a comment. Answers belong to trees, not to numbers, so that a log still counts after patches were
 * reworded or others came before them.
 *
 *   # seam bisect log, version 1
 *   # command: ["make", "-j2"]
 *   good 4f1c…(40 digits) 12 ipc/msg.patch
 *
 * `good`, `bad` and `skip`; tree id; number of patches applied (`+12+14` for these alone); name of the
 * last of them, JSON-quoted where it has spaces. Only the first two words count on reading.
 */
import { SeamError } from '../errors.ts';
import type { Answer } from './types.ts';

const FIRST_LINE = '# seam bisect log, version 1';

export interface LogHead {
  readonly command: readonly string[];
  readonly base: string;
  readonly series: string;
}

export interface LogEntry {
  readonly tree: string;
  readonly answer: Answer;
  readonly where: string;
  readonly name: string;
}

export function formatLogHead({ command, base, series }: LogHead): string {
  const lines = [
    FIRST_LINE,
    `# base: ${JSON.stringify(base)}`,
    `# series: ${JSON.stringify(series)}`,
    `# command: ${JSON.stringify(command)}`,
  ];
  return `${lines.join('\n')}\n`;
}

/** One line. The name is quoted where it could be taken for something else. */
export function formatLogEntry({ tree, answer, where, name }: LogEntry): string {
  const shown = /^[\w./+-]*$/.test(name) ? name : JSON.stringify(name);
  return `${answer} ${tree} ${where} ${shown}\n`;
}

/** Answers by tree id; of two for the same tree the later counts. `abort` lines stop nothing. */
export function parseLog(text: string, source: string): ReadonlyMap<string, Answer> {
  const answers = new Map<string, Answer>();
  for (const [index, line] of text.split('\n').entries()) {
    const words = line.replace(/#.*/, '').trim();
    if (words === '') continue;
    const [, answer, tree] = /^(good|bad|skip|abort) ([0-9a-f]{40})(?: |$)/.exec(words) ?? [];
    if (answer === undefined || tree === undefined) {
      // The line that a killed run was writing is no reason to lose the others.
      if (index === text.split('\n').length - 1) continue;
      throw new SeamError('bad-log', `'${source}' line ${index + 1} is no answer`, {
        data: { file: source, line: index + 1 },
        hint: 'a line is: good|bad|skip TREE-ID',
      });
    }
    if (answer === 'abort') answers.delete(tree);
    else answers.set(tree, answer as Answer);
  }
  return answers;
}
