/** `seam import --replace`: an edited branch comes back. */
import { join } from 'node:path';
import { EXIT, SeamError } from '../../errors.ts';
import type { Bytes, Path } from '../../patch/types.ts';
import { plural } from '../../report/check/gather.ts';
import { printable } from '../../report/printable.ts';
import { removeFiles } from '../../series/disk.ts';
import { entriesOf, parseDocument } from '../../series/document.ts';
import type { Exported } from '../../series/export.ts';
import { type Incoming, type Replacement, replaceSeries } from '../../series/replace.ts';
import type { Context } from '../context.ts';
import { type Target, writeTarget } from './import-target.ts';
import { seriesIo } from './series-io.ts';

/** Make the series that is there what was read. The series file comes before what it no longer names goes. */
export async function replaceTarget(
  ctx: Context,
  exported: Exported,
  target: Target,
  after: string | undefined,
): Promise<number> {
  if (after !== undefined)
    throw new SeamError('import-after', "'--after' and '--replace' do not go together", {
      kind: 'usage',
      hint: 'seam help import',
    });
  const { directory, document } = target;
  const io = seriesIo(ctx);
  const held = async (name: Path): Promise<Bytes | null> => {
    const path = join(directory, name);
    return (await io.kind(path)) === 'file' ? io.read(path, Number.MAX_SAFE_INTEGER) : null;
  };
  const incoming = incomingOf(exported);
  if (incoming.length === 0)
    throw new SeamError('import-empty', 'the source has no patches: nothing would be left', {
      hint: 'is it the right range? BASE..BRANCH has the commits of BRANCH',
    });
  const made = await replaceSeries(document ?? parseDocument(Buffer.of()), incoming, held);
  await writeTarget(target, made.files, made.series);
  await removeFiles(directory, [...made.removed, ...made.renamed.map(({ from }) => from)]);
  tell(ctx, directory, made);
  return EXIT.yes;
}

function tell(ctx: Context, directory: string, made: Replacement): void {
  const { names: patches, added, changed, renamed, removed, reordered } = made;
  if (ctx.globals.json) {
    const facts = { patches, added, changed, renamed, removed, reordered };
    return ctx.report.json('import/1', { directory, ...facts });
  }
  const moves = renamed.map(({ from, to }) => `${from} -> ${to}`);
  const lists = { changed, ...(moves.length > 0 && { renamed: moves }), new: added, removed };
  for (const [what, names] of Object.entries(lists))
    ctx.report.print(...names.map((name) => `${what.padEnd(7)}  ${printable(name)}`));
  const same = patches.length - added.length - changed.length - renamed.length;
  const counts = Object.entries(lists).map(([what, { length }]) => `${length} ${what}`);
  const order = reordered ? '; in another order' : '';
  const total = plural(patches.length, 'patch', 'patches');
  ctx.report.print(`${total}: ${same} unchanged, ${counts.join(', ')}${order}`);
}

function incomingOf({ files }: Exported): Incoming[] {
  const series = files.find(({ name }) => name === 'series')?.bytes ?? new Uint8Array();
  const bytes = new Map(files.map((file) => [file.name, file.bytes]));
  return entriesOf(parseDocument(series)).map((entry) => ({
    name: entry.name,
    bytes: bytes.get(entry.name) ?? new Uint8Array(),
    entry,
  }));
}
