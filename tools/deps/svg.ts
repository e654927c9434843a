/** The drawing as a picture for a browser: no script, no style sheet from elsewhere, titles say why. */
import { type Drawing, placeOf, shortName, wordsOf } from './drawing.ts';
import { twoLines } from './label.ts';
import { BOX, type Band, LEFT, type Placed, layOut } from './layout.ts';
import { escaped } from './markup.ts';
import { type Point, type Way, waysOf } from './route.ts';

const STYLE = [
  'text{font:12px system-ui,sans-serif;fill:#1b1f24}',
  '.topic{font-weight:600}.band{fill:#f3f5f7}.box{fill:#fff;stroke:#57606a}',
  '.number{fill:#57606a}.edge{fill:none;stroke:#0b62c4;stroke-width:1.4}.after{stroke-dasharray:5 4}',
  '.tip{fill:#0b62c4}',
].join('');
/** Between the edge of a box and its text, in pixels. */
const PADDING = 8;
const LEGEND = 'Arrows lead to what a patch needs; dashed, to what it must come after.';

/** A whole document. */
export function formatSvg(drawing: Drawing): string {
  const { width, height, boxes, bands } = layOut(drawing);
  const parts = [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">`,
    '<title>Which patch depends on which</title>',
    `<style>${STYLE}</style>`,
    '<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path class="tip" d="M0 0L8 4L0 8z"/></marker></defs>',
    ...bands.map((band) => bandPart(band, width)),
    ...waysOf(drawing.edges, boxes).map((way) => wayPart(way)),
    ...boxes.map((box) => boxPart(box)),
    ...legendPart(width, height),
    '</svg>',
  ];
  return `${parts.filter((part) => part !== '').join('\n')}\n`;
}

function legendPart(width: number, height: number): string[] {
  return twoLines(LEGEND, width - LEFT - PADDING, 0).map(
    (line, index) =>
      `<text class="number" x="${LEFT}" y="${height - 26 + index * 16}">${line}</text>`,
  );
}

function bandPart({ topic, y, height }: Band, width: number): string {
  const title = `<text class="topic" x="${LEFT}" y="${y + 18}">${escaped(topic)}</text>`;
  return `<rect class="band" x="8" y="${y}" width="${width - 16}" height="${height}" rx="6"/>${title}`;
}

function boxPart({ node, x, y }: Placed): string {
  const { number, name, subject } = node;
  const taken = 8 * (String(number).length + 1);
  const lines = twoLines(
    subject === '' ? shortName(node) : subject,
    BOX.width - 2 * PADDING,
    taken,
  );
  const left = x + PADDING;
  const [top, step] = lines.length === 1 ? [y + 26, 0] : [y + 18, 16];
  const spans = lines.map((line, index) => {
    const label = index === 0 ? `<tspan class="number">${number}</tspan> ` : '';
    return `<text x="${left}" y="${top + index * step}">${label}${escaped(line)}</text>`;
  });
  const box = `<rect class="box" x="${x}" y="${y}" width="${BOX.width}" height="${BOX.height}" rx="4"/>`;
  return `<g><title>${escaped(`${name}\n${subject}`)}</title>${box}${spans.join('')}</g>`;
}

/** Radius of the corners of a way, in pixels. */
const CORNER = 5;

function wayPart({ edge, points }: Way): string {
  const why = edge.reasons.slice(0, 5).map((each) => `${placeOf(each)}: ${wordsOf(each)}`);
  const title = [`${edge.from + 1} ${edge.kind} ${edge.to + 1}`, ...why].join('\n');
  const style = edge.kind === 'after' ? 'edge after' : 'edge';
  return `<path class="${style}" d="${pathThrough(points)}" marker-end="url(#tip)"><title>${escaped(title)}</title></path>`;
}

function pathThrough(points: readonly Point[]): string {
  const parts = points.map((point, index) => {
    const [before, after] = [points[index - 1], points[index + 1]];
    if (before === undefined) return `M${place(point)}`;
    if (after === undefined) return `L${place(point)}`;
    return `L${place(near(point, before))}Q${place(point)} ${place(near(point, after))}`;
  });
  return parts.join('');
}

/** The point on the way from `corner` to `other` where the corner begins. */
function near(corner: Point, other: Point): Point {
  const length = Math.hypot(other.x - corner.x, other.y - corner.y);
  const part = length === 0 ? 0 : Math.min(CORNER, length / 2) / length;
  return { x: corner.x + (other.x - corner.x) * part, y: corner.y + (other.y - corner.y) * part };
}

function place({ x, y }: Point): string {
  return `${Math.round(x * 10) / 10} ${Math.round(y * 10) / 10}`;
}
