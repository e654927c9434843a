/**
 * Takes the `engines` fields out of `package-lock.json` (`npm run lock` calls it).
 *
 * The project brings its own Node, but npm judges packages by the Node that runs npm. With an older
 * one, as Debian 12 has it, npm would quietly leave out optional packages, which is how rolldown and
 * others ship their binaries, and warn about fifty more.
 */
import { readFileSync, writeFileSync } from 'node:fs';

const file = new URL('../package-lock.json', import.meta.url);

interface Lockfile {
  readonly packages: Record<string, { engines?: unknown }>;
}

const lockfile = JSON.parse(readFileSync(file, 'utf8')) as Lockfile;
for (const entry of Object.values(lockfile.packages)) delete entry.engines;
writeFileSync(file, `${JSON.stringify(lockfile, null, 2)}\n`);
