/** Runs `seam` in this process, with everything that could differ between machines held still. */
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { onTestFinished } from 'vitest';
import type { Host } from '../../tools/commands/context.ts';
import { main } from '../../tools/commands/main.ts';
import { VERSION } from '../../tools/version.ts';
import { CHECKOUT } from '../checkout.ts';

export interface Outcome {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  /** Absolute; a fresh empty directory if absent. */
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly stdin?: string | Uint8Array;
  /** Makes both streams terminals of 100 columns. */
  readonly terminal?: boolean;
  readonly signal?: AbortSignal;
  /** What time it is; always the same if absent. */
  readonly now?: Date;
}

/** A directory of its own for this test, with `files` in it, removed at the end. */
export function scratch(files: Readonly<Record<string, string | Uint8Array>> = {}): string {
  const directory = realpathSync(mkdtempSync(join(tmpdir(), 'seam-test-')));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(directory, name)), { recursive: true });
    writeFileSync(join(directory, name), content);
  }
  return directory;
}

class Sink {
  readonly columns = 100;
  readonly isTTY: boolean;
  private readonly chunks: Buffer[] = [];

  constructor(isTTY: boolean) {
    this.isTTY = isTTY;
  }

  write(chunk: string | Uint8Array): boolean {
    this.chunks.push(Buffer.from(chunk));
    return true;
  }

  get bytes(): Buffer {
    return Buffer.concat(this.chunks);
  }
}

/** Runs one command line. Temporary paths show as `$DIR`, the version as `$VERSION`. */
export async function seam(argv: readonly string[], options: RunOptions = {}): Promise<Outcome> {
  const cwd = options.cwd ?? scratch();
  const stdout = new Sink(options.terminal === true);
  const stderr = new Sink(options.terminal === true);
  const host: Host = {
    cwd,
    env: {
      COLUMNS: '100',
      NO_COLOR: '1',
      // What commands keep must not end up in the checkout.
      HOME: join(cwd.startsWith(CHECKOUT) ? scratch() : cwd, 'no-home'),
      PATH: process.env['PATH'],
      ...options.env,
    },
    stdin: Readable.from([Buffer.from(options.stdin ?? '')]),
    stdout,
    stderr,
    now: () => options.now ?? new Date('2026-01-02T03:04:05Z'),
    runtime: 'node v24.0.0, linux x64',
    signal: options.signal ?? new AbortController().signal,
  };
  const status = await main(argv, host);
  const still = (text: Buffer): string =>
    text.toString('utf8').replaceAll(cwd, '$DIR').replaceAll(`seam ${VERSION}`, 'seam $VERSION');
  return { status, stdout: still(stdout.bytes), stderr: still(stderr.bytes) };
}
