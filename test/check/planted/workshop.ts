/** A place to check series on the small kernel, with everything that a user would have set up. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CheckReport, Finding } from '../../../tools/check/types.ts';
import { type RunOptions, scratch, seam } from '../../cli/seam.ts';
import { type Edit, makeSeries } from './series.ts';
import { STEPS, TREE } from './tree.ts';

/** What the small kernel cannot be built without, as far as it is missing. */
export const MISSING = [
  ...['make', 'cc', 'size', 'awk'].filter((name) => spawnSync(name, { stdio: 'ignore' }).error),
  ...['libasan.so', 'libubsan.so'].filter((name) => !isBesideCompiler(name)),
];

/** A compiler prints the path of a library that it has, and the bare name of any other. */
function isBesideCompiler(name: string): boolean {
  const { stdout } = spawnSync('cc', [`-print-file-name=${name}`], { encoding: 'utf8' });
  return stdout?.trim() !== name;
}

/** The tree, a series of these edits, a configuration, and how to check there. */
export function workshop(edits: readonly Edit[], config = STEPS) {
  const [base, series, home] = [scratch(TREE), scratch(makeSeries(TREE, edits)), scratch()];
  mkdirSync(join(home, 'config/seam'), { recursive: true });
  writeFileSync(join(home, 'config/seam/config.toml'), config);
  const env = { XDG_CONFIG_HOME: join(home, 'config'), XDG_CACHE_HOME: join(home, 'cache') };
  const argv = ['check', '--base', base, '--series', series];
  const check = async (options: readonly string[], more: RunOptions = {}) =>
    seam([...argv, ...options], { cwd: home, ...more, env: { ...env, ...more.env } });
  const report = async (...options: readonly string[]) => {
    const { stdout, stderr, status } = await check(['--json', ...options]);
    if (status > 1) throw new Error(`${stdout}${stderr}`);
    return { status, report: JSON.parse(stdout) as CheckReport };
  };
  return { base, series, home, env, argv, check, report };
}

/** Rules of the findings of a patch, each finding once for all configurations. */
export function rulesOf(
  { patches }: CheckReport,
  name: string,
  wanted: 'note' | 'bad' = 'bad',
): string[] {
  const patch = patches.find((each) => each.name === `${name}.patch`);
  const all = (patch?.results ?? []).flatMap(({ findings }) => findings);
  const bad = all.filter(({ severity }: Finding) => (severity === 'note') === (wanted === 'note'));
  const once = new Map(
    bad.map((each) => [JSON.stringify([each.rule, each.path, each.message]), each]),
  );
  return [...once.values()].map(({ rule }) => rule);
}
