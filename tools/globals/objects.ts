/** The objects of a build: each belongs to the C file of the same name. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { SeamError } from '../errors.ts';
import type { Path } from '../patch/types.ts';
import type { Objects } from './census.ts';
import { type Configuration, parseConfiguration } from './conditions.ts';
import { readSymbols } from './elf.ts';

/** A directory that `make O=…` has filled. */
export interface Build {
  readonly objects: Objects;
  readonly configuration: Configuration;
}

/** Read the objects below `directory` that were made of files of `sources`. */
export function readBuild(directory: string, sources: ReadonlySet<Path>): Build {
  const objects = new Map<Path, ReturnType<typeof readSymbols>>();
  for (const path of objectFiles(directory)) {
    const source = path.replace(/\.o$/, '.c');
    if (sources.has(source))
      objects.set(source, readSymbols(readFileSync(join(directory, path)), path));
  }
  if (objects.size === 0) {
    throw new SeamError('no-objects', `'${directory}' has no objects of this tree`, {
      hint: 'make O=DIR in the tree makes them',
      data: { directory },
    });
  }
  return { objects, configuration: parseConfiguration(readConfiguration(directory)) };
}

function objectFiles(directory: string): string[] {
  try {
    return readdirSync(directory, { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.o'))
      .sort();
  } catch (cause) {
    throw new SeamError('no-build', `cannot read the build directory '${directory}'`, {
      cause,
      data: { directory },
    });
  }
}

function readConfiguration(directory: string): string {
  const file = join(directory, '.config');
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw new SeamError('no-configuration', `'${directory}' has no '.config'`, {
      cause,
      hint: 'make O=DIR defconfig',
      data: { file },
    });
  }
}
