/** Where scratch directories are, and how those of killed processes are told from those in use. */
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ownerIsGone, ownerTag } from '../tree/owner.ts';
import { killJobs } from './runner/processes.ts';

const PREFIX = 'seam-work.';

/** A directory below `parent` for this process; what killed ones have left there is removed. */
export function makeWorkPlace(parent: string): string {
  mkdirSync(parent, { recursive: true, mode: 0o700 });
  for (const name of readdirSync(parent)) {
    const [, owner] = /^seam-work\.([0-9a-f]{8}-\d+)\..{6}$/.exec(name) ?? [];
    if (owner === undefined || !ownerIsGone(owner)) continue;
    killJobs(`${name}/`);
    rmSync(join(parent, name), { recursive: true, force: true });
  }
  return mkdtempSync(join(parent, `${PREFIX}${ownerTag()}.`));
}
