/** The text of `[PATCH 0/n]`: the letter, then what is counted, then what it applies to. */
import { textBytes } from '../../tools/series/text.ts';
import { toCommitInfo, commitHeader } from '../../tools/series/commit.ts';
import type { Bytes } from '../../tools/patch/types.ts';
import { joinParts } from '../cover/blocks.ts';
import { contentsLines, diffstatLines, hanging, shortlogLines } from './shortlog.ts';
import type { CoverInput, Dependency, ThreadBase, ThreadInput } from './types.ts';

/** The body of the cover letter, signature included. */
export function coverBody(input: ThreadInput, cover: CoverInput): Bytes {
  const patches = input.patches.map((patch, index) => {
    const info = toCommitInfo(patch);
    const { files, topic } = patch;
    return {
      author: info.author.name,
      subject: commitHeader(info).subject,
      files,
      topic,
      number: index + 1,
    };
  });
  const lines = joinParts([
    cover.lines,
    overviewLines(cover),
    dependencyLines(input.dependencies),
    titled('Patches', contentsLines(patches)),
    shortlogLines(patches),
    diffstatLines(cover.diff),
    footerLines(input.base, input.dependencies, input.changeId),
  ]);
  return textBytes(`${lines.join('\n')}\n-- \nseam\n\n`);
}

function titled(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [title, '='.repeat(title.length), '', ...lines];
}

/** The threads of the whole series, this one marked. */
function overviewLines({ overview, position }: CoverInput): string[] {
  if (overview.length < 2) return [];
  const lines = overview.flatMap(({ title, patches, needs }, index) => {
    const front = `${index === position ? '*' : ' '} ${index + 1}.`.padEnd(
      String(overview.length).length + 4,
    );
    const after = needs.length === 0 ? 'applies alone' : `needs ${needs.join(', ')}`;
    const size = `${patches} ${patches === 1 ? 'patch' : 'patches'}`;
    return hanging(`${title} (${size}, ${after})`, front, ' '.repeat(front.length));
  });
  return titled('Threads of this series, this one marked', lines);
}

function dependencyLines(dependencies: readonly Dependency[]): string[] {
  const lines = dependencies.flatMap(({ title, reference }) => [
    ...(title === '' ? [] : hanging(title, '  ', '    ')),
    ...(reference === null ? [] : [`  ${title === '' ? '' : '  '}${reference}`]),
  ]);
  return lines.length === 0 ? [] : ['To be applied before this thread:', '', ...lines];
}

/** What programs read: git's and b4's words for base and prerequisites. */
export function footerLines(
  { commit, tree, prerequisites }: ThreadBase,
  dependencies: readonly Dependency[],
  changeId: string | null,
): string[] {
  const base = commit === null ? null : `base-commit: ${commit}`;
  return [
    base ?? (tree === null ? '' : `base-tree: ${tree}`),
    changeId === null ? '' : `change-id: ${changeId}`,
    ...dependencies.flatMap(({ reference }) =>
      reference !== null && reference.startsWith('<')
        ? [`prerequisite-message-id: ${reference}`]
        : [],
    ),
    ...prerequisites.map((id) => `prerequisite-patch-id: ${id}`),
  ].filter((line) => line !== '');
}
