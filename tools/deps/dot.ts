/** The drawing in the language of Graphviz (dot(1)). Arrows lead to what a patch depends on. */
import { type Drawing, type Node, byTopic, placeOf, shortName, wordsOf } from './drawing.ts';

/** A whole document, one cluster for each topic. */
export function formatDot({ nodes, edges }: Drawing): string {
  const lines = ['digraph series {', '  rankdir=BT;', '  node [shape=box, fontname="sans-serif"];'];
  for (const [topic, members] of byTopic(nodes)) {
    const named = members.map((node) => `${nodeLine(node)};`);
    if (topic === '') lines.push(...named.map((line) => `  ${line}`));
    else {
      lines.push(`  subgraph ${quoted(`cluster ${topic}`)} {`, `    label=${quoted(topic)};`);
      lines.push(...named.map((line) => `    ${line}`), '  }');
    }
  }
  for (const { from, to, kind, reasons } of edges) {
    const why = reasons.slice(0, 5).map((reason) => `${placeOf(reason)}: ${wordsOf(reason)}`);
    const style = kind === 'after' ? 'style=dashed, ' : '';
    lines.push(`  p${from + 1} -> p${to + 1} [${style}tooltip=${quoted(why.join('\n'))}];`);
  }
  return `${lines.join('\n')}\n}\n`;
}

function nodeLine(node: Node): string {
  const label = quoted(`${node.number} ${shortName(node)}`);
  return `p${node.number} [label=${label}, tooltip=${quoted(node.subject)}]`;
}

/** A quoted string; a backslash would begin one of dot's escapes. */
function quoted(text: string): string {
  const escaped = text
    .replace(/[\\"]/g, String.raw`\$&`)
    .replace(/\n/g, String.raw`\n`)
    .replace(/[\0-\x1f\x7f]/g, ' ');
  return `"${escaped}"`;
}
