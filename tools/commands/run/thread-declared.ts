/** Refuses covers whose topics cannot depend on each other as they say. */
import type { Cover } from '../../../review/cover/types.ts';
import { type Contradiction, contradiction } from '../../deps/declared.ts';
import { SeamError } from '../../errors.ts';
import { printable } from '../../report/printable.ts';
import type { Series } from '../../series/types.ts';

export function refuseContradiction({ patches }: Series, covers: ReadonlyMap<string, Cover>): void {
  const order = [...new Set(patches.flatMap(({ topic }) => (topic === null ? [] : [topic])))];
  const declared = new Map([...covers].map(([topic, { facts }]) => [topic, facts.dependsOn]));
  const found = contradiction(order, declared);
  if (found === null) return;
  throw new SeamError('depends-on-contradicts', printable(textOf(found)), {
    kind: 'config',
    data: { topics: found.kind === 'circle' ? found.topics : [found.topic, found.needs] },
    hint: printable(`mend 'depends-on' in ${coversOf(found).join(' or ')}`),
  });
}

function textOf(found: Contradiction): string {
  if (found.kind === 'later')
    return `topic '${found.topic}' depends on '${found.needs}', which comes after it in the series`;
  const [first = ''] = found.topics;
  if (found.topics.length === 1) return `topic '${first}' depends on itself`;
  const circle = [...found.topics, first].map((topic) => `'${topic}'`).join(' on ');
  return `topics depend on each other in a circle: ${circle}`;
}

function coversOf(found: Contradiction): string[] {
  const topics = found.kind === 'circle' ? found.topics : [found.topic];
  return topics.map((topic) => `${topic}/cover.md`);
}
