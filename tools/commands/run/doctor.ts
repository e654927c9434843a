import { execa } from 'execa';
import { EXIT } from '../../errors.ts';
import { findProgram, isProgram } from '../../programs.ts';
import { printable } from '../../report/printable.ts';
import { VERSION } from '../../version.ts';
import type { Context } from '../context.ts';
import type { doctor } from '../doctor.ts';
import type { Run } from '../types.ts';
import { TOOLS, type Tool } from './doctor-tools.ts';

const PATIENCE_MS = 5000;

interface Finding {
  readonly name: string;
  readonly required: boolean;
  readonly path: string | null;
  /** `null` for a program that is there but would not say. */
  readonly version: string | null;
  readonly without: string;
}

function find(tool: Tool, ctx: Context): string | null {
  const named = ctx.tools[tool.name];
  if (named !== undefined) return isProgram(named) ? named : null;
  const found = (tool.programs ?? [tool.name]).map((name) => findProgram(name, ctx.env['PATH']));
  return found.find((path) => path !== null) ?? null;
}

/** The first thing in the output that looks like a version number. */
async function versionOf(path: string, tool: Tool, ctx: Context): Promise<string | null> {
  const { stdout, stderr, failed } = await execa(path, tool.ask ?? ['--version'], {
    env: ctx.env,
    extendEnv: false,
    cwd: '/',
    stdin: 'ignore',
    reject: false,
    timeout: PATIENCE_MS,
    cancelSignal: ctx.signal,
  });
  const version = /\d+\.\d+[\w.+~-]*/.exec(`${stdout}\n${stderr}`)?.[0] ?? null;
  // checkpatch.pl prints its version and exits with 1.
  return failed && version === null ? null : version;
}

async function examine(tool: Tool, ctx: Context): Promise<Finding> {
  const path = find(tool, ctx);
  const version = path === null ? null : await versionOf(path, tool, ctx);
  const { name, required, without } = tool;
  return { name, required, path, version, without };
}

function row(finding: Finding): string[] {
  const { name, path, version, required, without } = finding;
  const state = path === null ? (required ? 'missing' : 'absent') : 'ok';
  const words = path === null ? `without it: ${without}` : path;
  return [state, name, printable(version ?? (path === null ? '' : 'unknown')), printable(words)];
}

function stateStyle({ report }: Context): (state: string) => string {
  const { good, bad, warning } = report.style;
  const styles: Readonly<Record<string, (text: string) => string>> = {
    ok: good,
    missing: bad,
    absent: warning,
  };
  return (state) => (styles[state] ?? warning)(state);
}

export const run: Run<typeof doctor> = async (ctx) => {
  const status = ctx.report.status('asking tools for their versions', TOOLS.length);
  const findings: Finding[] = [];
  for (const tool of TOOLS) {
    status.update(findings.length, tool.name);
    findings.push(await examine(tool, ctx));
  }
  const missing = findings.filter((finding) => finding.required && finding.path === null);
  const ready = missing.length === 0;
  if (ctx.globals.json) {
    ctx.report.json('doctor/1', { ready, seam: VERSION, runtime: ctx.runtime, tools: findings });
  } else {
    ctx.report.print(`seam ${VERSION}, ${ctx.runtime}`, '');
    ctx.report.table([{ style: stateStyle(ctx) }, {}, {}, { shrink: true }], findings.map(row));
    const names = missing.map((finding) => finding.name).join(', ');
    ctx.report.note(ready ? 'all that is required is here' : `required and missing: ${names}`);
  }
  return ready ? EXIT.yes : EXIT.no;
};
