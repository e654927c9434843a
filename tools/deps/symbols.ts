/**
 * The symbols layer: names that a patch defines, changes or removes and that a later patch uses in
 * lines that it adds. Names are all that is compared, so it is a hint: see README.md.
 */
import type { FilePatch, Path } from '../patch/types.ts';
import { EdgeCollector } from './edges.ts';
import { nameOfFile, scanFile } from './scan.ts';
import type { Definition, Mention } from './scan.ts';
import type { Graph, SourceLine, SymbolKind, SymbolReason } from './types.ts';

/** One patch did something to a name. */
interface Entry {
  readonly patch: number;
  readonly kind: SymbolKind;
  readonly what: SymbolReason['what'];
  readonly at: SourceLine;
  /** The only file that sees it; null for all. */
  readonly only: Path | null;
}

/** More ties by names than this between two patches tell nothing new. */
const MOST_REASONS = 20;

/** Shorter names of fields (`lock`, `list`) are in every other structure. */
const LEAST_FIELD = 5;

/** Symbol dependencies between the diffs of a series, in order. */
export function symbolGraph(patches: readonly (readonly FilePatch[])[]): Graph {
  const edges = new EdgeCollector();
  const known = new Map<string, Entry[]>();
  // A field that was in use before anyone defined it is another one of the same name.
  const older = new Set<string>();
  for (const [patch, files] of patches.entries()) {
    const scans = files.map((file) => ({ file, ...scanFile(file) }));
    const own = scans.flatMap(({ file, definitions }) => entriesOf(patch, file, definitions));
    const ownNames = new Set(
      own.filter(([, { what }]) => what !== 'removes').map(([name]) => name),
    );
    for (const { file, uses } of scans) {
      const path = file.newPath ?? file.oldPath ?? '';
      useAll(
        edges,
        patch,
        path,
        uses.filter(({ symbol }) => !ownNames.has(symbol)),
        known,
      );
    }
    for (const { symbol, op } of scans.flatMap(({ uses }) => uses))
      if (op !== '+' && symbol.startsWith('.') && !known.has(symbol)) older.add(symbol);
    for (const [name, entry] of own) {
      if (older.has(name)) continue;
      const entries = known.get(name);
      if (entries === undefined) known.set(name, [entry]);
      else entries.push(entry);
    }
  }
  return edges.graph(patches.length);
}

function useAll(
  edges: EdgeCollector,
  patch: number,
  path: Path,
  uses: readonly Mention[],
  known: ReadonlyMap<string, readonly Entry[]>,
): void {
  const said = new Map<string, number>();
  for (const use of uses) {
    if (use.op !== '+') continue;
    for (const { patch: to, kind, what, at, only } of known.get(use.symbol) ?? []) {
      if (only !== null && only !== path) continue;
      const count = said.get(`${to}`) ?? 0;
      if (said.has(`${to} ${use.symbol}`) || count >= MOST_REASONS) continue;
      said.set(`${to} ${use.symbol}`, 1).set(`${to}`, count + 1);
      const symbol = use.symbol.replace(/^\./, '');
      const used = { path, line: use.line, text: use.text };
      edges.add(patch, to, 'needs', { layer: 'symbols', symbol, kind, what, defined: at, used });
    }
  }
}

/** What the diff does to names: a name on both sides is changed. */
function entriesOf(
  patch: number,
  file: FilePatch,
  definitions: readonly Definition[],
): [string, Entry][] {
  const path = file.newPath ?? file.oldPath ?? '';
  const entries = new Map<string, Entry>();
  const key = ({ kind, symbol }: Definition): string => (kind === 'field' ? `.${symbol}` : symbol);
  const removed = new Set(definitions.filter(({ op }) => op === '-').map((each) => key(each)));
  for (const each of definitions) {
    // What goes with its whole file is mostly there elsewhere too: another architecture's, say.
    if (each.op === ' ' || (each.op === '-' && file.change === 'delete')) continue;
    if (each.kind === 'field' && each.symbol.length < LEAST_FIELD) continue;
    const name = key(each);
    if (each.op === '-' && entries.has(name)) continue;
    const what = each.op === '-' ? 'removes' : removed.has(name) ? 'changes' : 'defines';
    const at = { path, line: each.line, text: each.text };
    entries.set(name, { patch, kind: each.kind, what, at, only: each.local ? path : null });
  }
  const name = file.change === 'create' || file.change === 'delete' ? nameOfFile(path) : null;
  if (name !== null) {
    const what = file.change === 'create' ? 'defines' : 'removes';
    const at = { path, line: 1, text: '' };
    entries.set(name, { patch, kind: 'file', what, at, only: null });
  }
  return [...entries];
}
