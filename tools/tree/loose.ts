/** Loose objects and refs on disk, each of them there whole or not at all (gitrepository-layout(5)). */
import { fork } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { access, link, mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { deflateSync } from 'node:zlib';
import { SeamError } from '../errors.ts';
import type { Bytes } from '../patch/types.ts';
import { type ObjectType, hashObject } from './objects.ts';
import { contentOf, type RefMove, type RefMoved } from './ref-move.ts';
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
 * not as it should be; what it saw must still be there under the lock. The lock is held by a program
 * of its own, in a session of its own: whoever kills this one, and all that it started, leaves no
 * lock behind that would stop every git from then on.
 */
export async function updateRef(
  gitDir: string,
  ref: string,
  id: ObjectId,
  check: () => Promise<void>,
): Promise<void> {
  const file = join(gitDir, ref);
  const seen = contentOf(file);
  await check();
  await mkdir(dirname(file), { recursive: true });
  const end = await moveRef({ file, seen, next: `${id}\n` });
  if (end === 'moved') return;
  if (end === 'changed') {
    await check();
    throw new SeamError('ref-moved', `'${ref}' is being moved by another program`);
  }
  throw new SeamError('ref-locked', `cannot lock '${ref}': ${end.refused}`, {
    kind: 'environment',
    hint: `when no other git is running: rm '${file}.lock'`,
  });
}

/** Does what `ref-mover.ts` describes, there. */
function moveRef(move: RefMove): Promise<RefMoved> {
  const program = fileURLToPath(new URL(`ref-mover${extname(import.meta.url)}`, import.meta.url));
  const child = fork(program, { detached: true, execArgv: [], stdio: 'ignore' });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', () => reject(new Error(`${program} ended without an answer`)));
    child.once('message', () => {
      child.once('message', (end: RefMoved) => resolve(end));
      child.send(move);
    });
  });
}
