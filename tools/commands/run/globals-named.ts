/** Everything about some variables. */
import { applySeries } from '../../apply/series.ts';
import { stops } from '../../apply/types.ts';
import { SeamError } from '../../errors.ts';
import { ALLOW_LIST, AllowFinder, type AllowLine, parseAllowList } from '../../globals/allow.ts';
import type { GlobalVariable, Inventory } from '../../globals/inventory.ts';
import { PLAN, destinationOf, parsePlan } from '../../globals/plan.ts';
import { type Suggestion, Suggester } from '../../globals/suggest.ts';
import { type Mention, changesOf, mentionsOf } from '../../globals/touches.ts';
import { describeGlobal } from '../../report/globals-text.ts';
import { printable } from '../../report/printable.ts';
import { describeSuggestion } from '../../report/suggest-text.ts';
import { type Touch, describeDestination, describeTouches } from '../../report/touches-text.ts';
import { nearest } from '../../series/selection.ts';
import type { Patch } from '../../series/types.ts';
import type { Context } from '../context.ts';
import type { Asked, Reading } from './globals-input.ts';
import { globalsJson } from './globals-json.ts';
import { type Step, follow } from './globals-ledger.ts';
import { openNamedSeries } from './inputs.ts';

/** What is known of a variable beside its uses. */
export interface Story {
  readonly allowed: AllowLine | null;
  readonly planned: string | null;
  readonly suggestion: Suggestion;
  /** Null where there is no series. */
  readonly patches: readonly Touch[] | null;
}

export async function printNamed(
  ctx: Context,
  reading: Reading,
  { names, tree }: Asked,
): Promise<void> {
  const { store, inventory } = reading;
  const patches = tree === null ? await seriesPatches(ctx) : null;
  const shown = names.flatMap((name) => named(inventory, name, patches ?? []));
  const stories = await tell(ctx, reading, shown, patches);
  ctx.report.clearStatus();
  if (ctx.globals.json)
    return ctx.report.json('globals/1', globalsJson(store.label, inventory, shown, stories));
  for (const [index, each] of shown.entries()) {
    const story = stories[index];
    if (story === undefined) continue;
    ctx.report.print(
      ...describeGlobal(each, ctx.report.style),
      ...describeDestination(story.allowed, story.planned),
      ...describeSuggestion(story.suggestion),
      ...describeTouches(story.patches),
    );
  }
}

/** Variables by name, by key, or as `function.name`. */
export function named(
  { globals }: Inventory,
  spec: string,
  patches: readonly Patch[] = [],
): readonly GlobalVariable[] {
  const found = globals.filter(
    ({ name, key, inside }) => name === spec || key === spec || `${inside}.${name}` === spec,
  );
  if (found.length > 0) return found;
  const later = mentionsOf(patches, spec).find(({ added }) => added > 0)?.index;
  const patch = later === undefined ? undefined : patches[later]?.name;
  const near = nearest(
    globals.map(({ name }) => name),
    spec,
  );
  const wanted = patch === undefined ? (near ?? '--all') : `${spec} --at ${patch}`;
  throw new SeamError('no-global', `no variable '${printable(spec)}' of static storage duration`, {
    data: { name: spec },
    hint: `seam globals ${printable(wanted)}`,
  });
}

async function seriesPatches(ctx: Context): Promise<readonly Patch[] | null> {
  return ctx.globals.series === undefined ? null : (await openNamedSeries(ctx)).patches;
}

async function tell(
  ctx: Context,
  reading: Reading,
  shown: readonly GlobalVariable[],
  patches: readonly Patch[] | null,
): Promise<Story[]> {
  const { facts, inventory, sources } = reading;
  const suggester = new Suggester(facts, inventory);
  const finder = new AllowFinder(parseAllowList(sources.texts.get(ALLOW_LIST) ?? ''));
  const plan = parsePlan(sources.texts.get(PLAN) ?? '');
  const touches = patches === null ? null : await touchesOf(ctx, reading, shown, patches);
  return shown.map((each) => ({
    allowed: finder.find(each.key),
    planned: destinationOf(plan, each),
    suggestion: suggester.suggest(each),
    patches: touches?.get(each) ?? (touches === null ? null : []),
  }));
}

/** Patches whose lines name the variables, with what the trees around them say. */
async function touchesOf(
  ctx: Context,
  { store, taker }: Reading,
  shown: readonly GlobalVariable[],
  patches: readonly Patch[],
): Promise<Map<GlobalVariable, Touch[]>> {
  const mentions = new Map(shown.map((each) => [each, mentionsOf(patches, each.name)]));
  const wanted = new Set([...mentions.values()].flat().map(({ index }) => index));
  if (wanted.size === 0) return new Map();
  const result = await applySeries(store, patches, { signal: ctx.signal });
  // What lies behind a patch that does not apply is not known.
  const end = result.verdicts.findIndex((verdict) => stops(verdict));
  const known = end === -1 ? patches : patches.slice(0, end);
  const start = await taker.sources(store);
  const steps = await follow(ctx, taker, start, { patches: known, result }, (index) =>
    wanted.has(index),
  );
  return new Map(
    [...mentions].map(([variable, found]) => [variable, storyOf(variable.key, found, steps)]),
  );
}

/** A variable that moves has another key from there on. */
function storyOf(start: string, found: readonly Mention[], steps: readonly Step[]): Touch[] {
  const moves = steps.flatMap(({ entry }) => entry.moved);
  const keys = new Set([start]);
  for (const key of keys)
    for (const move of moves) {
      if (move.from === key) keys.add(move.key);
      if (move.key === key) keys.add(move.from);
    }
  return found.map(({ index, removed, added }) => {
    const step = steps.find(({ number }) => number === index + 1);
    const changes = step === undefined ? [] : changesOf(step.entry, keys);
    return { number: index + 1, name: step?.patch.name ?? '', removed, added, changes };
  });
}
