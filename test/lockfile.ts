/**
 * Puts `package-lock.json` right after npm wrote it (`npm run lock` calls it).
 *
 * The project brings its own Node, but npm judges packages by the Node that runs npm. With an older
 * one, as Debian 12 has it, npm would quietly leave out optional packages, which is how rolldown and
 * others ship their binaries, and warn about fifty more: `engines` go.
 *
 * Optional packages for other systems that the registry of the day did not have are left out by npm,
 * and npm 11 then refuses its own lock file. They are entered with what their names tell, and without
 * a hash; npm never fetches them on a system that they are not for.
 */
import { readFileSync, writeFileSync } from 'node:fs';

interface Entry {
  version?: string;
  dev?: boolean;
  optional?: boolean;
  engines?: unknown;
  os?: string[];
  cpu?: string[];
  libc?: string[];
  optionalDependencies?: Record<string, string>;
}

const OS = /(?:^|-)(android|darwin|freebsd|linux|openharmony|win32)(?=-|$)/;
const CPU = /(?:^|-)(arm64|arm|ia32|ppc64|riscv64|s390x|x64)(?=-|$)/;
const LIBC: Readonly<Record<string, string>> = { gnu: 'glibc', musl: 'musl' };

/** What `@oxfmt/binding-linux-x64-musl` is for, by its name; null when the name does not tell. */
function platformOf(name: string): Pick<Entry, 'os' | 'cpu' | 'libc'> | null {
  const [, os] = OS.exec(name.replace(/^@[^/]*\//, '')) ?? [];
  const [, cpu] = CPU.exec(name) ?? [];
  if (os === undefined || cpu === undefined) return null;
  const libc = LIBC[/-(gnu|musl)$/.exec(name)?.[1] ?? ''];
  return { os: [os], cpu: [cpu], ...(libc === undefined ? {} : { libc: [libc] }) };
}

const file = new URL('../package-lock.json', import.meta.url);
const lockfile = JSON.parse(readFileSync(file, 'utf8')) as { packages: Record<string, Entry> };
const packages = new Map(Object.entries(lockfile.packages));
for (const entry of Object.values(lockfile.packages)) {
  delete entry.engines;
  for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
    const platform = platformOf(name);
    if (packages.has(`node_modules/${name}`) || platform === null) continue;
    const dev = entry.dev === true ? { dev: true } : {};
    packages.set(`node_modules/${name}`, { version, ...dev, optional: true, ...platform });
  }
}
const sorted = [...packages].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
lockfile.packages = Object.fromEntries(sorted);
writeFileSync(file, `${JSON.stringify(lockfile, null, 2)}\n`);
