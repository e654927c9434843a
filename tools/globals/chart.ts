/**
 * Globals left along a series, as a picture: above, what is left to convert; below, the places that name
 * a namespace's initial instance, which rise when a subsystem is taken over and fall when its callers
 * learn where they are. No script, no style sheet from elsewhere; titles say what a point is. Pure.
 */
import { escaped } from '../deps/markup.ts';

/** The tree behind a patch; the first is the base, with an empty name. */
export interface ChartPoint {
  readonly patch: string;
  readonly topic: string;
  readonly left: number;
  readonly placeholders: number;
}

const STYLE = [
  'text{font:12px system-ui,sans-serif;fill:#1b1f24}.title{font-weight:600;font-size:14px}',
  '.tick,.axis{fill:#57606a}.grid{stroke:#d8dee4;stroke-width:1}.band{fill:#f3f5f7}',
  '.left{fill:none;stroke:#0b62c4;stroke-width:2}.places{fill:none;stroke:#b35900;stroke-width:2}',
  '.left-dot{fill:#0b62c4}.places-dot{fill:#b35900}',
].join('');
const MARGIN = { left: 56, right: 24, top: 56, bottom: 40 } as const;
const PANEL = { left: 240, places: 120, gap: 52 } as const;
const [LEAST_WIDTH, STEP] = [640, 16] as const;
const TICKS = 5;
/** Pixels that a character of a topic takes. */
const CHARACTER = 7;

interface Panel {
  readonly title: string;
  readonly name: 'left' | 'places';
  readonly top: number;
  readonly height: number;
  readonly values: readonly number[];
}

/** A whole document. */
export function formatChart(points: readonly ChartPoint[]): string {
  const width = Math.max(LEAST_WIDTH, MARGIN.left + MARGIN.right + STEP * (points.length - 1));
  const lower = MARGIN.top + PANEL.left + PANEL.gap;
  const height = lower + PANEL.places + MARGIN.bottom;
  const xOf = (index: number): number =>
    MARGIN.left + (index * (width - MARGIN.left - MARGIN.right)) / Math.max(1, points.length - 1);
  const panels: readonly Panel[] = [
    {
      title: 'globals left to convert',
      name: 'left',
      top: MARGIN.top,
      height: PANEL.left,
      values: points.map(({ left }) => left),
    },
    {
      title: 'places that name an initial namespace',
      name: 'places',
      top: lower,
      height: PANEL.places,
      values: points.map(({ placeholders }) => placeholders),
    },
  ];
  const parts = [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">`,
    '<title>Globals left along the series</title>',
    `<style>${STYLE}</style>`,
    '<rect width="100%" height="100%" fill="#fff"/>',
    ...bands(points, xOf, height),
    ...panels.flatMap((panel) => panelParts(panel, points, xOf, width)),
    axis(points, xOf, height),
    '</svg>',
  ];
  return `${parts.join('\n')}\n`;
}

/** A ground for every other topic, with its name where that has room. */
function bands(
  points: readonly ChartPoint[],
  xOf: (index: number) => number,
  height: number,
): string[] {
  const topics: { topic: string; first: number; last: number }[] = [];
  for (const [index, { topic }] of points.entries()) {
    if (index === 0) continue;
    const last = topics.at(-1);
    if (last?.topic === topic) last.last = index;
    else topics.push({ topic, first: index, last: index });
  }
  return topics.map(({ topic, first, last }, index) => {
    const [from, to] = [xOf(first - 1), xOf(last)];
    const ground = `<rect class="band" x="${px(from)}" y="${MARGIN.top - 20}" width="${px(to - from)}" height="${height - MARGIN.top - MARGIN.bottom + 20}"/>`;
    const room = Math.floor((to - from) / CHARACTER) - 1;
    const name = topic.length > room ? `${topic.slice(0, Math.max(0, room - 1))}…` : topic;
    const label =
      room < 3 ? '' : `<text x="${px(from + 4)}" y="${MARGIN.top - 6}">${escaped(name)}</text>`;
    return `<g><title>${escaped(topic)}</title>${index % 2 === 0 ? ground : ''}${label}</g>`;
  });
}

function panelParts(
  { title, name, top, height, values }: Panel,
  points: readonly ChartPoint[],
  xOf: (index: number) => number,
  width: number,
): string[] {
  const scale = scaleOf(values);
  const yOf = (value: number): number =>
    top + height - ((value - scale.from) / (scale.to - scale.from)) * height;
  const lines = scale.ticks.map(
    (tick) =>
      `<path class="grid" d="M${MARGIN.left} ${px(yOf(tick))}H${width - MARGIN.right}"/><text class="tick" x="${MARGIN.left - 8}" y="${px(yOf(tick) + 4)}" text-anchor="end">${tick}</text>`,
  );
  const titleAt = name === 'left' ? 22 : top - 10;
  const path = values
    .map((value, index) => `${index === 0 ? 'M' : 'L'}${px(xOf(index))} ${px(yOf(value))}`)
    .join('');
  const dots = values.flatMap((value, index) => {
    if (index > 0 && value === values[index - 1] && index < values.length - 1) return [];
    const what = index === 0 ? 'base' : `${index} ${points[index]?.patch ?? ''}`;
    return `<circle class="${name}-dot" cx="${px(xOf(index))}" cy="${px(yOf(value))}" r="3"><title>${escaped(what)}: ${value}</title></circle>`;
  });
  return [
    `<text class="title" x="${MARGIN.left}" y="${titleAt}">${title}</text>`,
    ...lines,
    `<path class="${name}" d="${path}"/>`,
    ...dots,
  ];
}

/** Round steps around the values; a flat line gets room, too. */
function scaleOf(values: readonly number[]): { from: number; to: number; ticks: number[] } {
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const rough = Math.max(1, (most - least) / TICKS);
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5, 10].find((each) => each * power >= rough) ?? 10);
  const from = Math.floor(least / step) * step;
  const to = Math.max(from + step, Math.ceil(most / step) * step);
  const ticks = Array.from(
    { length: Math.round((to - from) / step) + 1 },
    (_, i) => from + i * step,
  );
  return { from, to, ticks };
}

function axis(
  points: readonly ChartPoint[],
  xOf: (index: number) => number,
  height: number,
): string {
  const every = Math.max(1, 5 * Math.ceil(points.length / 60));
  const labels = [...points.keys()]
    .filter((index) => index % every === 0)
    .map(
      (index) =>
        `<text class="tick" x="${px(xOf(index))}" y="${height - 22}" text-anchor="middle">${index}</text>`,
    );
  const middle = (xOf(0) + xOf(points.length - 1)) / 2;
  return `${labels.join('')}<text class="axis" x="${px(middle)}" y="${height - 6}" text-anchor="middle">patches applied</text>`;
}

function px(number: number): string {
  return String(Math.round(number * 10) / 10);
}
