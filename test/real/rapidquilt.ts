/** rapidquilt's test data: patches to parse, patches to apply to one file, and quilt directories. */
import { cpSync, existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { applyPatch } from '../../tools/apply/patch.ts';
import { stops } from '../../tools/apply/types.ts';
import { SeamError } from '../../tools/errors.ts';
import { latin1 } from '../../tools/patch/lines.ts';
import { parseDiff } from '../../tools/patch/parse.ts';
import type { FilePatch, Hunk } from '../../tools/patch/types.ts';
import { parsePatch } from '../../tools/series/patchfile.ts';
import { Tally } from './corpus.ts';
import type { Corpus, Findings, Place } from './corpus.ts';
import { treeOf } from './memory-tree.ts';
import { countExcluded, excluded } from './not-applicable.ts';
import { SEAM, run } from './programs.ts';
import type { Answer } from './seam-apply.ts';

const ROOT = 'git-apply/rapidquilt/testdata';

function patchesIn(dir: string): string[] {
  return readdirSync(dir)
    .filter((name) => name.endsWith('.patch'))
    .sort();
}

function side(hunk: Hunk, without: '+' | '-'): string {
  return hunk.lines
    .filter(({ op }) => op !== without)
    .map(({ text }) => latin1(text))
    .join('');
}

/** What a diff means, however it is written. */
function meaning({ oldPath, newPath, oldMode, newMode, change, hunks }: FilePatch): string {
  const places = hunks.map((hunk) => {
    const { oldStart, oldCount, newStart, newCount } = hunk;
    return { oldStart, oldCount, newStart, newCount, old: side(hunk, '+'), new: side(hunk, '-') };
  });
  // Their form leaves out a mode that stays.
  const modes = oldMode === newMode ? null : [oldMode, newMode];
  return JSON.stringify({ oldPath, newPath, modes, change, places });
}

/** Their canonical form and the original must mean the same to Seam. */
function checkParsing({ dir }: Place): Findings {
  const root = join(dir, ROOT, 'parsing');
  const tally = new Tally();
  for (const name of patchesIn(root)) {
    if (excluded('rapidquilt-parsing', name)) continue;
    const [actual, expected] = [name, `${name}-expected`].map((file) =>
      parseDiff(readFileSync(join(root, file)), { strip: 0 }),
    );
    tally.same(`${name}: text above`, latin1(actual!.header), latin1(expected!.header));
    tally.same(`${name}: files`, actual!.files.length, expected!.files.length);
    for (const [index, file] of expected!.files.entries()) {
      const found = actual!.files[index];
      tally.same(
        `${name}: file ${index + 1}`,
        found === undefined ? 'none' : meaning(found),
        meaning(file),
      );
    }
  }
  return tally.findings('parts', countExcluded('rapidquilt-parsing'));
}

/** The file after the patch, `conflict` when it does not apply. */
function applied(root: string, name: string): string {
  const raw = readFileSync(join(root, name));
  const fuzz = Number(/^fuzz: (\d+)/m.exec(latin1(raw))?.[1] ?? 0);
  const patch = parsePatch(raw, { name, strip: 0 });
  const source = patch.files[0]?.oldPath ?? null;
  const files =
    source === null || !existsSync(join(root, source))
      ? []
      : [[source, { mode: 0o100644, bytes: readFileSync(join(root, source)) }] as const];
  const { tree, contents } = treeOf(new Map(files));
  const verdict = applyPatch(tree, contents, patch, {
    fuzz,
    reverse: false,
    merges: new Map(),
  });
  if (stops(verdict)) return 'conflict';
  const entry = verdict.changes.find((change) => change[1] !== null)?.[1] ?? null;
  return entry === null ? '' : latin1(contents.get(entry.id) ?? Buffer.of());
}

function checkPatching({ dir }: Place): Findings {
  const root = join(dir, ROOT, 'patching');
  const tally = new Tally();
  for (const name of patchesIn(root)) {
    if (excluded('rapidquilt-patching', name)) continue;
    const out = join(root, name.replace(/\.patch$/, '.out'));
    const fails = existsSync(join(root, name.replace(/\.patch$/, '.error')));
    // A patch without either file removes its file.
    const expected = fails ? 'conflict' : existsSync(out) ? latin1(readFileSync(out)) : '';
    tally.same(
      name,
      orError(() => applied(root, name)),
      expected,
    );
  }
  return tally.findings('patches', countExcluded('rapidquilt-patching'));
}

function orError(work: () => string): string {
  try {
    return work();
  } catch (error) {
    if (error instanceof SeamError) return error.message;
    throw error;
  }
}

/** All files of a tree, apart from what quilt keeps beside it, as text. */
function filesIn(dir: string): string {
  return existsSync(dir) ? listing(dir).sort().join('\n') : 'nothing was written';
}

function listing(dir: string, below = ''): string[] {
  return readdirSync(join(dir, below), { withFileTypes: true }).flatMap((entry) => {
    const path = join(below, entry.name);
    if (entry.name === '.pc' || entry.name.endsWith('.rej')) return [];
    if (entry.isDirectory()) return path === 'patches' ? [] : listing(dir, path);
    if (path === 'series') return [];
    const executable = (statSync(join(dir, path)).mode & 0o100) !== 0;
    return [`${path} ${executable ? 'x' : '-'} ${latin1(readFileSync(join(dir, path)))}`];
  });
}

/** The tree that quilt left, or, where it stopped, the one that Seam makes of the patches before. */
function checkQuiltCase(root: string, name: string, place: Place, tally: Tally): void {
  const input = join(place.scratch, name, 'input');
  cpSync(join(root, 'input'), input, { recursive: true });
  const out = join(place.scratch, name, 'output');
  const common = ['--base', input, '--series', input, '--output', out];
  const first = run(SEAM, ['apply', '--json', ...common]);
  const { patches } = JSON.parse(first.stdout.toString()) as Answer;
  const failing = patches.findIndex(({ verdict }) => verdict === 'conflict');
  tally.same(`${name}: status`, first.status, name.startsWith('fail') ? 1 : 0);
  if (failing !== -1) tally.same(`${name}: output of a failed run`, existsSync(out), false);
  if (failing > 0) run(SEAM, ['apply', ...common, '--to', patches[failing - 1]?.name ?? '']);
  const actual = failing === 0 ? input : out;
  tally.same(`${name}: tree`, filesIn(actual), filesIn(join(root, 'expect')));
}

function checkQuilt(place: Place): Findings {
  const root = join(place.dir, ROOT, 'quilt');
  const tally = new Tally();
  for (const kind of ['ok', 'fail'])
    for (const name of readdirSync(join(root, kind)).sort()) {
      if (!excluded('rapidquilt-quilt', `${kind}/${name}`))
        checkQuiltCase(join(root, kind, name), `${kind}/${name}`, place, tally);
    }
  return tally.findings('checks', countExcluded('rapidquilt-quilt'));
}

export const rapidquilt: readonly Corpus[] = [
  { name: 'rapidquilt-parsing', needs: [`${ROOT}/parsing`], check: checkParsing },
  { name: 'rapidquilt-patching', needs: [`${ROOT}/patching`], check: checkPatching },
  { name: 'rapidquilt-quilt', needs: [`${ROOT}/quilt`], check: checkQuilt },
];
