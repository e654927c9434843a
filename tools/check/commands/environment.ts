/**
 * The environment of commands that build and test somebody's patches: only what a build needs, so
 * that no token or agent of the user's session is in reach, and the same in every terminal.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { findProgram, isProgram } from '../../programs.ts';

type Env = Readonly<Record<string, string | undefined>>;

/** Programs, language and time; compilers and their flags; the variables of kbuild and ccache. */
const PASSED =
  /^(?:PATH|TZ|ARCH|SUBARCH|CROSS_COMPILE|LLVM|LLVM_IAS|(?:HOST)?(?:CC|CXX|LD|AS|AR|NM)|K?(?:C|CPP|A|LD)FLAGS|KBUILD_.*|CCACHE_.*|SOURCE_DATE_EPOCH|MAKE)$/;

/** Variables for every command. `passed` are names that the user wants kept besides. */
export function commandEnvironment(env: Env, passed: readonly string[]): Record<string, string> {
  const own = Object.entries(env).filter(
    (pair): pair is [string, string] =>
      pair[1] !== undefined && (PASSED.test(pair[0]) || passed.includes(pair[0])),
  );
  return {
    ...ccacheSettings(env),
    ...Object.fromEntries(own),
    // Messages are read by programs here.
    LC_ALL: 'C.UTF-8',
  };
}

/**
 * ccache looks for its files in HOME, which commands do not get: say where they are. From tree to tree of
 * a series lines move in the headers of all that is compiled anew, so that running the preprocessor to
 * look for a known result is in vain: with CCACHE_DEPEND what was not found by name and content of the
 * headers is compiled at once, in three quarters of the time. The user's own CCACHE_NODEPEND holds.
 */
function ccacheSettings(env: Env): Record<string, string> {
  const { HOME: home = '', XDG_CACHE_HOME: cache = '' } = env;
  if (home === '' || findProgram('ccache', env['PATH']) === null) return {};
  const old = join(home, '.ccache');
  const place = existsSync(old)
    ? old
    : join(cache.startsWith('/') ? cache : join(home, '.cache'), 'ccache');
  return {
    CCACHE_DIR: place,
    // Scratch directories have another name every time.
    CCACHE_NOHASHDIR: '1',
    ...(env['CCACHE_NODEPEND'] === undefined && { CCACHE_DEPEND: '1' }),
  };
}

/** The program that `name` is for a command that runs in `tree`; null when it is not there. */
export function programFor(name: string, tree: string, path: string | undefined): string | null {
  if (!name.includes('/')) return findProgram(name, path);
  const file = name.startsWith('/') ? name : join(tree, name);
  return isProgram(file) ? file : null;
}
