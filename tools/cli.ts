#!/usr/bin/env node
/** Starts the process: the only file that knows the real argv, streams, signals and clock. */
import { enableCompileCache } from 'node:module';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { EXIT } from './errors.ts';
import { VERSION } from './version.ts';

const SIGNAL_BASE = 128;
const SIGPIPE = 13;
const PATIENCE_MS = 5000;

/** Stops what runs at the first signal, and the process itself at the second or when patience ends. */
function stopOnSignals(): AbortSignal {
  const controller = new AbortController();
  const leave = (): never => process.exit(EXIT.interrupted);
  const stop = (): void => {
    if (controller.signal.aborted) leave();
    controller.abort();
    setTimeout(leave, PATIENCE_MS).unref();
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  // `seam series | head` closes the pipe when it has seen enough: that is no error.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    controller.abort();
    if (error.code === 'EPIPE') process.exit(SIGNAL_BASE + SIGPIPE);
    throw error;
  });
  return controller.signal;
}

/** Keeps compiled code in the user's own directory: whoever writes to it decides what Seam runs. */
function cacheCompiledCode(): void {
  const { XDG_CACHE_HOME: cache = '' } = process.env;
  enableCompileCache(join(cache === '' ? join(homedir(), '.cache') : cache, 'seam', 'compiled'));
}

async function start(argv: readonly string[]): Promise<number> {
  // Asked for by scripts and editors all the time, so nothing is loaded for it.
  if (argv.length === 1 && argv[0] === '--version') {
    process.stdout.write(`seam ${VERSION}\n`);
    return EXIT.yes;
  }
  cacheCompiledCode();
  const { main } = await import('./commands/main.ts');
  return main(argv, {
    cwd: process.cwd(),
    env: process.env,
    stdin: process.stdin,
    stdout: process.stdout,
    stderr: process.stderr,
    now: () => new Date(),
    runtime: `node ${process.version}, ${process.platform} ${process.arch}`,
    signal: stopOnSignals(),
  });
}

process.exitCode = await start(process.argv.slice(2));
