/**
 * Compressed patches, as quilt takes them: by the suffix of the name. Output is capped, in size and
 * in proportion to the input, since a few kilobytes can unpack to a disk full.
 */
import { brotliDecompressSync, gunzipSync, zstdDecompressSync } from 'node:zlib';
import { SeamError } from '../errors.ts';
import type { Bytes } from '../patch/types.ts';
import { printable } from './document.ts';
import type { SeriesIo } from './io.ts';

/** The largest patch that is read, as in git. */
export const MAX_PATCH_SIZE = 1023 * 1024 * 1024;
/** Source code shrinks to a fifth or so; a patch of one repeated line to a thousandth. */
const MAX_RATIO = 2000;
/** Below this, the proportion is not looked at. */
const SMALL = 1024 * 1024;

type Unzip = (bytes: Bytes, options: { maxOutputLength: number }) => Uint8Array;

const BUILT_IN: Readonly<Record<string, Unzip>> = {
  gz: (bytes, options) => gunzipSync(bytes, options),
  zst: (bytes, options) => zstdDecompressSync(bytes, options),
  br: (bytes, options) => brotliDecompressSync(bytes, options),
};

const TOOLS: Readonly<Record<string, readonly string[]>> = {
  bz2: ['bzip2', '-dc'],
  xz: ['xz', '--format=xz', '-dc'],
  lzma: ['xz', '--format=lzma', '-dc'],
  lz: ['lzip', '-dc'],
};

/** The compression that a name's suffix says; null for a plain file. */
export function compressionOf(name: string): string | null {
  const suffix = /\.([a-z0-9]+)$/.exec(name)?.[1] ?? '';
  return suffix in BUILT_IN || suffix in TOOLS ? suffix : null;
}

/** Unpack a file by its name; bytes of a plain file come back as they are. */
export async function unpackFile(
  name: string,
  bytes: Bytes,
  io: Pick<SeriesIo, 'unpack'>,
): Promise<Bytes> {
  const kind = compressionOf(name);
  if (kind === null) return bytes;
  const limit = Math.min(MAX_PATCH_SIZE, Math.max(SMALL, bytes.length * MAX_RATIO));
  const builtIn = BUILT_IN[kind];
  const tool = TOOLS[kind];
  const output =
    builtIn === undefined ? await io.unpack(tool ?? [], bytes, limit).catch(fail) : inline(builtIn);
  if (output !== null) return output;
  const program = tool?.[0] ?? kind;
  throw new SeamError(
    'unpacker-missing',
    `cannot read patch '${printable(name)}' without '${program}'`,
    {
      kind: 'environment',
      data: { patch: name, tool: program },
      hint: `apt install ${program === 'xz' ? 'xz-utils' : program}`,
    },
  );

  function inline(unzip: Unzip): Bytes {
    try {
      return new Uint8Array(unzip(bytes, { maxOutputLength: limit }));
    } catch (error) {
      return fail(error);
    }
  }

  function fail(error: unknown): never {
    throw new SeamError(
      'patch-not-unpacked',
      `patch '${printable(name)}' does not unpack: ${reasonOf(error, limit)}`,
      {
        data: { patch: name, limit },
        cause: error,
      },
    );
  }
}

function reasonOf(error: unknown, limit: number): string {
  const tooLarge =
    error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE';
  if (tooLarge) return `more than ${limit} bytes come out`;
  return error instanceof Error ? (error.message.split('\n', 1)[0] ?? '') : String(error);
}
