/**
 * One line on standard error that says how far long work is: counts, rate and time left. It appears
 * after 250 ms, changes at most 30 times a second, and is wiped before anything else is printed.
 */
import { printable } from './printable.ts';
import { truncate } from './width.ts';

const DELAY_MS = 250;
const INTERVAL_MS = 34;
const WIPE = '\r\x1b[K';

export interface StatusLineOptions {
  /** Absent or no terminal: nothing is ever written. */
  readonly stream: {
    write(text: string): unknown;
    readonly isTTY?: boolean;
    readonly columns?: number;
  };
  readonly now: () => Date;
}

function duration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const minutes = Math.floor(whole / 60);
  return minutes === 0 ? `${whole} s` : `${minutes} min ${whole % 60} s`;
}

function describe(title: string, done: number, total: number, elapsedMs: number, item: string) {
  const rate = done / (elapsedMs / 1000);
  const left = done > 0 && done < total ? `, ${duration((total - done) / rate)} left` : '';
  const speed = done > 0 ? ` (${rate >= 10 ? rate.toFixed(0) : rate.toFixed(1)}/s${left})` : '';
  const tail = item === '' ? '' : ` ${printable(item)}`;
  return `${title}: ${done}/${total}${speed}${tail}`;
}

export class StatusLine {
  private readonly options: StatusLineOptions;
  private readonly title: string;
  private readonly total: number;
  private readonly started: number;
  private drawnAt = -Infinity;
  private visible = false;

  /** `title` is a noun phrase as in `applying patches`; `total` counts what `update` counts. */
  constructor(title: string, total: number, options: StatusLineOptions) {
    this.title = title;
    this.total = total;
    this.options = options;
    this.started = options.now().getTime();
  }

  /** Says that `done` of `total` are done, and what is being worked on. Cheap enough for every step. */
  update(done: number, item = ''): void {
    const { stream, now } = this.options;
    if (stream.isTTY !== true) return;
    const time = now().getTime();
    const elapsed = time - this.started;
    if (elapsed < DELAY_MS || time - this.drawnAt < INTERVAL_MS) return;
    this.drawnAt = time;
    this.visible = true;
    const text = describe(this.title, done, this.total, elapsed, item);
    stream.write(WIPE + truncate(text, (stream.columns ?? 80) - 1));
  }

  /** Wipes the line; the next `update` draws it again. */
  clear(): void {
    if (!this.visible) return;
    this.visible = false;
    this.drawnAt = -Infinity;
    this.options.stream.write(WIPE);
  }
}
