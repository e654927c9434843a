/** Runs one command line: parse, read the configuration, call the verb, turn errors into a status. */
import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { EXIT, SeamError } from '../errors.ts';
import { reportFailure, toSeamError } from '../report/failure.ts';
import { Report } from '../report/report.ts';
import { wantsColor } from '../report/style.ts';
import { VERSION } from '../version.ts';
import { readProjectConfig, readUserTools } from './config.ts';
import type { Context, Globals, Host, Setting } from './context.ts';
import { overview, verbHelp } from './help-text.ts';
import { type Invocation, parseCommandLine } from './program.ts';
import { VERBS } from './registry.ts';
import type { AnyVerb } from './types.ts';

type Values = Readonly<Record<string, unknown>>;

function widthOf(host: Host): number {
  if (host.stdout.isTTY === true && host.stdout.columns !== undefined) return host.stdout.columns;
  const asked = Number(host.env['COLUMNS'] ?? '');
  return Number.isSafeInteger(asked) && asked > 0 ? asked : Infinity;
}

function makeReport(host: Host, globals: Values): Report {
  const when = typeof globals['color'] === 'string' ? globals['color'] : 'auto';
  return new Report({
    stdout: host.stdout,
    stderr: host.stderr,
    now: host.now,
    quiet: globals['quiet'] === true,
    verbose: globals['verbose'] === true,
    columns: widthOf(host),
    color: {
      stdout: wantsColor(when, host.stdout, host.env),
      stderr: wantsColor(when, host.stderr, host.env),
    },
  });
}

function directoryOf(host: Host, globals: Values): string {
  const cwd = resolve(host.cwd, ...((globals['directory'] as readonly string[] | undefined) ?? []));
  if (cwd !== host.cwd && statSync(cwd, { throwIfNoEntry: false })?.isDirectory() !== true) {
    throw new SeamError('no-directory', `cannot change to '${cwd}': no such directory`, {
      data: { directory: cwd },
    });
  }
  return cwd;
}

async function settingsOf(
  cwd: string,
  globals: Values,
): Promise<Pick<Globals, 'base' | 'series' | 'config'>> {
  const config = await readProjectConfig(cwd, globals['config'] as string | undefined);
  const setting = (key: 'base' | 'series'): Setting | undefined => {
    const spec = globals[key];
    if (typeof spec === 'string') return { spec, from: cwd, source: `--${key}` };
    const configured = config?.[key];
    if (config === undefined || configured === undefined) return undefined;
    return { spec: configured, from: resolve(config.file, '..'), source: config.file };
  };
  return { base: setting('base'), series: setting('series'), config: config?.file };
}

async function makeContext(host: Host, globals: Values, report: Report): Promise<Context> {
  const cwd = directoryOf(host, globals);
  return {
    ...host,
    cwd,
    report,
    tools: await readUserTools(host.env),
    globals: {
      ...(await settingsOf(cwd, globals)),
      json: globals['json'] === true,
      quiet: globals['quiet'] === true,
      verbose: globals['verbose'] === true,
    },
  };
}

async function runVerb(verb: AnyVerb, found: Invocation, host: Host, report: Report) {
  const ctx = await makeContext(host, found.globals, report);
  const { run } = await verb.load();
  // The parser filled `found` from the very record that types the verb's input.
  return run(ctx, { args: found.args, options: found.options } as never);
}

async function answer(found: Invocation, host: Host, report: Report): Promise<number> {
  const { verb, globals } = found;
  if (globals['version'] === true) {
    report.print(`seam ${VERSION}`);
    return EXIT.yes;
  }
  if (globals['help'] === true) {
    report.print(...(verb === undefined ? overview(VERBS, report) : verbHelp(verb, report)));
    return EXIT.yes;
  }
  if (verb !== undefined) return runVerb(verb, found, host, report);
  report.talk(overview(VERBS, report));
  return EXIT.unable;
}

/** Flags that matter even where the command line cannot be parsed. */
function roughGlobals(argv: readonly string[]): Values {
  const end = argv.indexOf('--');
  const words = end === -1 ? argv : argv.slice(0, end);
  return { json: words.includes('--json') };
}

/**
 * Runs `seam` with the words `argv` and returns the exit status. Never throws, whatever happens
 * inside; touches nothing but what `host` holds.
 */
export async function main(argv: readonly string[], host: Host): Promise<number> {
  let globals = roughGlobals(argv);
  let report = makeReport(host, globals);
  try {
    const found = parseCommandLine(VERBS, argv);
    globals = found.globals;
    report = makeReport(host, globals);
    const status = await answer(found, host, report);
    return host.signal.aborted ? EXIT.interrupted : status;
  } catch (error) {
    // Whatever a stopped child or loop complains about, the reader knows why.
    if (host.signal.aborted) return EXIT.interrupted;
    const failure = toSeamError(error);
    reportFailure(failure, report, globals['json'] === true);
    return failure.exitStatus;
  } finally {
    report.clearStatus();
  }
}
