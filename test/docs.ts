/**
 * `npm run docs`: writes what documentation takes from the code. The README's table of verbs stands
 * between two comments.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { groupVerbs } from '../tools/commands/help-text.ts';
import { VERBS } from '../tools/commands/registry.ts';

const README = new URL('../README.md', import.meta.url);
const TABLE = /(?<=<!-- verbs: npm run docs -->\n).*?(?=<!-- end of verbs -->)/s;

function verbTable(): string {
  const lines = groupVerbs(VERBS).flatMap(([title, verbs]) => [
    `**${title}**`,
    '',
    ...verbs.map(({ name, summary }) => `- \`seam ${name}\`: ${summary}`),
    '',
  ]);
  return `\n${lines.join('\n')}\n`;
}

/** The README as it should be. */
export function updatedReadme(text: string): string {
  if (!TABLE.test(text)) throw new Error('README.md has no place for the table of verbs');
  return text.replace(TABLE, () => verbTable());
}

if (import.meta.main) writeFileSync(README, updatedReadme(readFileSync(README, 'utf8')));
