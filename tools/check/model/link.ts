/** Links the objects of a configuration, or knows what came of it. */
import type { Path } from '../../patch/types.ts';
import type { CompileContext } from './compile.ts';
import type { Artefact } from './contents.ts';
import { refuseNoRoom } from './room.ts';
import type { Workshop } from './workshop.ts';
import { actionKey } from '../store.ts';

export const PROGRAM = 'vmlinux';
const EXECUTABLE = 0o100755;
const TIMEOUT = 300;

/** One input of the linker. */
export interface LinkInput {
  readonly path: Path;
  readonly object: Artefact;
  /** Makes the object again when the store has lost it. */
  readonly again: () => Promise<Artefact | null>;
}

export interface Linked {
  /** Null when the objects do not make a program. */
  readonly program: Artefact | null;
  readonly output: string;
  readonly trouble: string | null;
  readonly cached: boolean;
  readonly seconds: number;
}

type Kept = Pick<Linked, 'program' | 'output' | 'seconds'>;

/** Link `inputs` in their order; `anew` even if the answer is known. */
export async function link(
  inputs: readonly LinkInput[],
  flags: readonly string[],
  context: CompileContext,
  anew = false,
): Promise<Linked> {
  const key = linkKey(inputs, flags, context);
  const kept = anew ? null : (context.store.result(key) as Kept | null);
  if (kept !== null) return { ...kept, trouble: null, cached: true };
  return context.inWorkshop('link', async (workshop) => {
    const start = context.now().getTime();
    if (!(await placeObjects(inputs, workshop, context)))
      return failure('an object is gone from the store and cannot be made again');
    workshop.prepare(PROGRAM);
    const paths = inputs.map(({ path }) => path);
    const command = [context.toolchain.cc, ...flags, '-o', PROGRAM, ...paths];
    const limits = { timeout: TIMEOUT, signal: context.signal };
    const { end, stderr } = await workshop.starter.run(command, limits);
    const seconds = (context.now().getTime() - start) / 1000;
    refuseNoRoom(workshop.directory, stderr);
    if (end.kind !== 'exited') return failure(`the linker ended with ${JSON.stringify(end)}`);
    const bytes = end.status === 0 ? workshop.take(PROGRAM) : null;
    const program = bytes === null ? null : context.contents.add(bytes);
    if (program !== null) workshop.made(PROGRAM, program.digest);
    const result: Kept = { program, output: stderr, seconds };
    context.store.keep(key, result);
    return { ...result, trouble: null, cached: false };
  });
}

function failure(trouble: string): Linked {
  return { program: null, output: '', trouble, cached: false, seconds: 0 };
}

function linkKey(
  inputs: readonly LinkInput[],
  flags: readonly string[],
  { toolchain }: CompileContext,
): string {
  return actionKey({
    action: 'link',
    version: 1,
    toolchain: toolchain.identity,
    flags,
    inputs: inputs.map(({ path, object }) => [path, object.digest]),
  });
}

/** Returns false when an object cannot be had. */
async function placeObjects(
  inputs: readonly LinkInput[],
  workshop: Workshop,
  { contents }: CompileContext,
): Promise<boolean> {
  for (const { path, object, again } of inputs) {
    if (workshop.has(path, object.digest)) continue;
    let bytes = contents.get(object);
    if (bytes === null) {
      const made = await again();
      bytes = made?.digest === object.digest ? contents.get(made) : null;
      if (bytes === null) return false;
    }
    const content = bytes;
    workshop.put(path, object.digest, () => content);
  }
  return true;
}

/** Put the program to where it can be run; false when the store has lost it. */
export function placeProgram(
  program: Artefact,
  workshop: Workshop,
  { contents }: Pick<CompileContext, 'contents'>,
): boolean {
  if (workshop.has(PROGRAM, program.digest)) return true;
  const bytes = contents.get(program);
  if (bytes === null) return false;
  workshop.put(PROGRAM, program.digest, () => bytes, EXECUTABLE);
  return true;
}
