/** Loose objects and refs on disk, each of them there whole or not at all (gitrepository-layout(5)). */
import { constants, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { access, link, mkdir, rm, writeFile } from 'node:fs/promises';
import { randomBytes } from 'node:crypto';
import { dirname, join } from 'node:path';
import { deflateSync } from 'node:zlib';
import { SeamError } from '../errors.ts';
import type { Bytes } from '../patch/types.ts';
import { type ObjectType, hashObject } from './objects.ts';
import type { ObjectId } from './types.ts';

/** Write one object. `git gc` removes a `tmp_obj_` that a killed run has left. */
export async function writeLoose(gitDir: string, type: ObjectType, content: Bytes): Promise<void> {
  const id = hashObject(type, content);
  const folder = join(gitDir, 'objects', id.slice(0, 2));
  const file = join(folder, id.slice(2));
  if (await exists(file)) return;
  await mkdir(folder, { recursive: true });
  const temporary = join(folder, `tmp_obj_${randomBytes(6).toString('hex')}`);
  const object = Buffer.concat([Buffer.from(`${type} ${content.length}\0`, 'latin1'), content]);
  await writeFile(temporary, deflateSync(object, { level: 1 }), { flag: 'wx', mode: 0o444 });
  try {
    await link(temporary, file);
  } catch (error) {
    if (!(await exists(file))) throw error;
  } finally {
    await rm(temporary, { force: true });
  }
}

async function exists(file: string): Promise<boolean> {
  return access(file, constants.F_OK).then(
    () => true,
    () => false,
  );
}

/**
 * Point `ref` at `id`, under the lock file that git itself would take. `check` throws when the ref is
 * not as it should be; what it saw must still be there under the lock, which is held for three calls
 * to the system and nothing else, so that a kill has next to no chance to leave it behind.
 */
export async function updateRef(
  gitDir: string,
  ref: string,
  id: ObjectId,
  check: () => Promise<void>,
): Promise<void> {
  const file = join(gitDir, ref);
  const lock = `${file}.lock`;
  const seen = contentOf(file);
  await check();
  await mkdir(dirname(file), { recursive: true });
  try {
    writeFileSync(lock, `${id}\n`, { flag: 'wx' });
  } catch (cause) {
    throw new SeamError('ref-locked', `cannot lock '${ref}'`, {
      kind: 'environment',
      hint: `when no other git is running: rm '${lock}'`,
      cause,
    });
  }
  if (contentOf(file) === seen) renameSync(lock, file);
  else {
    rmSync(lock, { force: true });
    await check();
    throw new SeamError('ref-moved', `'${ref}' is being moved by another program`);
  }
}

function contentOf(file: string): string | null {
  try {
    return readFileSync(file, 'latin1');
  } catch {
    return null;
  }
}
