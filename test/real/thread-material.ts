/** What threads are made of: Debian's PREEMPT_RT patches, and the project's own series. */
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readLines } from './corpus.ts';
import type { Place } from './corpus.ts';
import { SEAM, git, output } from './programs.ts';
import { CHECKOUT } from '../checkout.ts';

export interface Made {
  readonly threads: readonly {
    readonly mails: readonly { readonly id: string; readonly patch: string | null }[];
  }[];
}

/** A series as threads, in every form, with what git makes of its patches. */
export interface Material {
  readonly made: Made;
  /** Path of `am.mbox`, `rd.mbox` or `maildir`. */
  readonly at: (name: string) => string;
  /** Directory of the patches. */
  readonly patches: string;
  readonly repository: string;
  readonly revision: string;
  /** Trees after each patch, in the order of the series. */
  readonly trees: readonly string[];
}

export interface Source {
  readonly name: string;
  readonly needs: readonly string[];
  readonly prepare: (place: Place) => Material;
}

function make(scratch: string, args: readonly string[]): Pick<Material, 'made' | 'at'> {
  const at = (name: string): string => join(scratch, name);
  const forms = ['mbox=am.mbox', 'mboxrd=rd.mbox', 'maildir=maildir'].map((form) => {
    const [option = '', file = ''] = form.split('=');
    return `--${option}=${at(file)}`;
  });
  return { made: JSON.parse(output(SEAM, ['thread', '--json', ...args, ...forms])) as Made, at };
}

const COVER = '# rt: the patches of a real-time kernel\n\nA letter to try threads with.\n';

function preparePreemptRt({ dir, scratch }: Place): Material {
  const [root, cover] = [join(dir, 'debian-linux'), join(scratch, 'cover.md')];
  writeFileSync(cover, COVER);
  const args = ['--recipients=cover', '--from=Seam Project <series@seam.invalid>'];
  const on = [`--base=${root}/base.git@base`, `--series=${root}/patches-rt`, `--cover=${cover}`];
  return {
    ...make(scratch, [...args, ...on]),
    patches: join(root, 'patches-rt'),
    repository: `${root}/base.git`,
    revision: 'origin/base',
    trees: readLines(join(root, 'expected/debian-rt.trees')).map(
      (line) => line.split(/\s+/)[1] ?? line,
    ),
  };
}

function prepareOwn({ scratch }: Place): Material {
  const [repository, patches] = [join(scratch, 'base'), join(CHECKOUT, 'series')];
  output('git', ['init', '--quiet', repository]);
  output('git', ['archive', `--output=${scratch}/base.tar`, 'HEAD:kernel-model'], {
    cwd: CHECKOUT,
  });
  output('tar', ['-xf', `${scratch}/base.tar`, '-C', repository]);
  git(repository, 'add', '--all', '--force');
  git(repository, 'commit', '--quiet', '--message=base');
  const base = git(repository, 'rev-parse', 'HEAD');
  const names = readFileSync(join(patches, 'series'), 'utf8').match(/^[^#\s].*$/gm) ?? [];
  cpSync(repository, join(scratch, 'applied'), { recursive: true });
  git(join(scratch, 'applied'), 'am', '--quiet', ...names.map((name) => join(patches, name)));
  const log = ['log', '--reverse', '--format=%T', `${base}..HEAD`];
  return {
    ...make(scratch, [`--base=${repository}`, `--series=${patches}`]),
    patches,
    repository,
    revision: base,
    trees: git(join(scratch, 'applied'), ...log).split('\n'),
  };
}

export const SOURCES: readonly Source[] = [
  {
    name: 'rt',
    needs: [
      'debian-linux/base.git',
      'debian-linux/patches-rt',
      'debian-linux/expected/debian-rt.trees',
    ],
    prepare: preparePreemptRt,
  },
  { name: 'own', needs: [], prepare: prepareOwn },
];
