/** The tree's own `scripts/kconfig/conf`, built once: what it answers is right. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const MODEL = fileURLToPath(new URL('../../kernel-model', import.meta.url));

export type Files = Readonly<Record<string, string>>;

/** What one run of conf gave: the files it wrote, or what it complained of. */
export type ConfAnswer =
  | {
      readonly kind: 'written';
      readonly config: string;
      readonly auto: string;
      readonly header: string;
    }
  | { readonly kind: 'refused'; readonly stderr: string };

export interface Conf {
  /** Configure the tree `files` by `mode` (`--allnoconfig`, …). */
  ask(files: Files, mode: string, env?: Readonly<Record<string, string>>): ConfAnswer;
  /** The `.config` that `mode` writes, whether or not a build would take it; null for none. */
  write(files: Files, mode: string): string | null;
  readonly [Symbol.dispose]: () => void;
}

/** Build conf; null without a compiler. */
export function buildConf(): Conf | null {
  const place = mkdtempSync(join(tmpdir(), 'seam-conf-'));
  const dispose = (): void => rmSync(place, { recursive: true, force: true });
  const program = join(place, 'conf');
  const source = join(MODEL, 'scripts/kconfig/conf.c');
  const { status, error } = spawnSync('cc', ['-O1', '-o', program, source]);
  if (error !== undefined || status !== 0) {
    dispose();
    return null;
  }
  const tree = join(place, 'tree');
  return {
    ask: (files, mode, env = {}) => ask(program, tree, files, [mode, '--syncconfig'], env),
    write: (files, mode) => {
      const answer = ask(program, tree, files, [mode], {});
      return answer.kind === 'written' ? answer.config : null;
    },
    [Symbol.dispose]: dispose,
  };
}

function ask(
  program: string,
  tree: string,
  files: Files,
  modes: readonly string[],
  env: object,
): ConfAnswer {
  rmSync(tree, { recursive: true, force: true });
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(tree, path)), { recursive: true });
    writeFileSync(join(tree, path), text, 'latin1');
  }
  for (const each of modes) {
    const argv = [each.replace('=', `=${tree}/`), 'Kconfig'];
    const run = spawnSync(program, argv, {
      cwd: tree,
      encoding: 'latin1',
      env: { srctree: '.', objtree: '.', ...env },
    });
    if (run.status !== 0) return { kind: 'refused', stderr: run.stderr.replaceAll(`${tree}/`, '') };
  }
  const written = (name: string): string =>
    existsSync(join(tree, name)) ? readFileSync(join(tree, name), 'latin1') : '';
  return {
    kind: 'written',
    config: written('.config'),
    auto: written('include/config/auto.conf'),
    header: written('include/generated/autoconf.h'),
  };
}
