/**
 * How a verb speaks: results to standard output, talk to standard error, never past each other. It
 * owns the status line, so that nothing is printed into the middle of it.
 */
import { StatusLine } from './status-line.ts';
import { type Style, makeStyle } from './style.ts';
import { type Column, formatTable } from './table.ts';

interface Stream {
  write(chunk: string | Uint8Array): unknown;
  readonly isTTY?: boolean;
  readonly columns?: number;
}

export interface ReportOptions {
  readonly stdout: Stream;
  readonly stderr: Stream;
  readonly now: () => Date;
  readonly quiet: boolean;
  readonly verbose: boolean;
  readonly color: { readonly stdout: boolean; readonly stderr: boolean };
  /** Of standard output; `Infinity` where it is no terminal and nothing says otherwise. */
  readonly columns: number;
}

export class Report {
  /** Colours for standard output. */
  readonly style: Style;
  /** Colours for standard error. */
  readonly errorStyle: Style;
  readonly columns: number;
  private readonly options: ReportOptions;
  private current: StatusLine | undefined;

  constructor(options: ReportOptions) {
    this.options = options;
    this.columns = options.columns;
    this.style = makeStyle(options.color.stdout);
    this.errorStyle = makeStyle(options.color.stderr);
  }

  /** Prints result lines. Text from outside must be `printable`. */
  print(...lines: readonly string[]): void {
    if (lines.length === 0) return;
    this.current?.clear();
    this.options.stdout.write(`${lines.join('\n')}\n`);
  }

  /** Writes result bytes as they are: patches, mail, trees. */
  write(bytes: string | Uint8Array): void {
    this.current?.clear();
    this.options.stdout.write(bytes);
  }

  table(columns: readonly Column[], rows: readonly (readonly string[])[]): void {
    this.print(...formatTable(columns, rows, this.columns));
  }

  /** Prints the one document of `--json`; `schema` is `<verb>/<version>`. */
  json(schema: string, document: Readonly<Record<string, unknown>>): void {
    this.print(JSON.stringify({ schema: `seam/${schema}`, ...document }, null, 2));
  }

  /** Says something beside the result; `--quiet` silences it. */
  note(...lines: readonly string[]): void {
    if (!this.options.quiet) this.talk(lines);
  }

  /** Says what only `--verbose` asks for. */
  detail(...lines: readonly string[]): void {
    if (this.options.verbose) this.talk(lines);
  }

  warn(message: string, hint?: string): void {
    this.talk([`${this.errorStyle.warning('warning:')} ${message}`]);
    if (hint !== undefined) this.talk([`${this.errorStyle.name('hint:')} ${hint}`]);
  }

  /** Writes to standard error whatever the level; errors are printed with it. */
  talk(lines: readonly string[]): void {
    if (lines.length === 0) return;
    this.current?.clear();
    this.options.stderr.write(`${lines.join('\n')}\n`);
  }

  /** Starts a status line, in place of the one before. Wiped by whatever is printed, and at the end. */
  status(title: string, total: number): StatusLine {
    this.current?.clear();
    const { stderr, now, quiet } = this.options;
    // Quiet means quiet: a stream that is no terminal never shows a line.
    const stream = quiet ? { write: () => undefined } : stderr;
    this.current = new StatusLine(title, total, { stream, now });
    return this.current;
  }

  clearStatus(): void {
    this.current?.clear();
    this.current = undefined;
  }
}
