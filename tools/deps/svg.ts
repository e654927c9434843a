/** The drawing as a picture for a browser: no script, no style sheet from elsewhere, titles say why. */
import type { Edge } from './types.ts';
import { type Drawing, placeOf, shortName, wordsOf } from './drawing.ts';
import { BOX, type Band, type Placed, layOut } from './layout.ts';
import { escaped } from './markup.ts';

const STYLE = [
  'text{font:12px system-ui,sans-serif;fill:#1b1f24}',
  '.topic{font-weight:600}.band{fill:#f3f5f7}.box{fill:#fff;stroke:#57606a}',
  '.number{fill:#57606a}.edge{fill:none;stroke:#0b62c4;stroke-width:1.4}.after{stroke-dasharray:5 4}',
  '.tip{fill:#0b62c4}',
].join('');
const LONGEST = 28;

/** A whole document. */
export function formatSvg(drawing: Drawing): string {
  const { width, height, boxes, bands } = layOut(drawing);
  const places = new Map(boxes.map((box) => [box.node.number, box]));
  const parts = [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">`,
    '<title>Which patch depends on which</title>',
    `<style>${STYLE}</style>`,
    '<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path class="tip" d="M0 0L8 4L0 8z"/></marker></defs>',
    ...bands.map((band) => bandPart(band, width)),
    ...drawing.edges.map((edge) => edgePart(edge, places)),
    ...boxes.map((box) => boxPart(box)),
    '</svg>',
  ];
  return `${parts.filter((part) => part !== '').join('\n')}\n`;
}

function bandPart({ topic, y, height }: Band, width: number): string {
  const title = `<text class="topic" x="24" y="${y + 18}">${escaped(topic)}</text>`;
  return `<rect class="band" x="8" y="${y}" width="${width - 16}" height="${height}" rx="6"/>${title}`;
}

function boxPart({ node, x, y }: Placed): string {
  const name = shortName(node);
  const label = name.length > LONGEST ? `${name.slice(0, LONGEST - 1)}…` : name;
  const box = `<rect class="box" x="${x}" y="${y}" width="${BOX.width}" height="${BOX.height}" rx="4"/>`;
  const text = `<text x="${x + 8}" y="${y + 19}"><tspan class="number">${node.number}</tspan> ${escaped(label)}</text>`;
  return `<g><title>${escaped(`${node.name}\n${node.subject}`)}</title>${box}${text}</g>`;
}

/** From the top of the patch to the bottom of what it depends on; beside it, where that is no higher. */
function edgePart(edge: Edge, places: ReadonlyMap<number, Placed>): string {
  const [from, to] = [places.get(edge.from + 1), places.get(edge.to + 1)];
  if (from === undefined || to === undefined) return '';
  const [x1, y1] = [from.x + BOX.width / 2, from.y];
  const above = to.y < from.y;
  const [x2, y2] = above
    ? [to.x + BOX.width / 2, to.y + BOX.height]
    : [to.x + BOX.width, to.y + BOX.height / 2];
  const bend = Math.max(18, Math.min(60, Math.abs(y1 - y2) / 2));
  const end = above ? `${x2} ${y2 + bend}` : `${x2 + bend} ${y2}`;
  const path = `M${x1} ${y1}C${x1} ${y1 - bend} ${end} ${x2} ${y2}`;
  const why = edge.reasons.slice(0, 5).map((each) => `${placeOf(each)}: ${wordsOf(each)}`);
  const title = [`${edge.from + 1} ${edge.kind} ${edge.to + 1}`, ...why].join('\n');
  const style = edge.kind === 'after' ? 'edge after' : 'edge';
  return `<path class="${style}" d="${path}" marker-end="url(#tip)"><title>${escaped(title)}</title></path>`;
}
