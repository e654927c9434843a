/** Facts and inventories of sources that are written in a test. */
import { extractFacts } from '../../tools/globals/c/extract.ts';
import { loadGrammar } from '../../tools/globals/c/grammar.ts';
import type { GlobalVariable, Inventory } from '../../tools/globals/inventory.ts';
import { takeInventory } from '../../tools/globals/inventory.ts';
import type { FileFacts, VariableFact } from '../../tools/globals/types.ts';

export async function factsOf(source: string): Promise<FileFacts> {
  return extractFacts(await loadGrammar(), Buffer.from(source, 'latin1'));
}

/** The only variable that `source` defines. */
export async function only(source: string): Promise<VariableFact> {
  const { variables } = await factsOf(source);
  const [variable] = variables;
  if (variable === undefined || variables.length !== 1)
    throw new Error(`${variables.length} variables: ${variables.map(({ name }) => name).join()}`);
  return variable;
}

export async function inventoryOf(files: Readonly<Record<string, string>>): Promise<Inventory> {
  const facts = new Map<string, FileFacts>();
  for (const [path, source] of Object.entries(files)) facts.set(path, await factsOf(source));
  return takeInventory(facts);
}

export function find({ globals }: Inventory, key: string): GlobalVariable {
  const found = globals.find((each) => each.key === key);
  if (found === undefined)
    throw new Error(`no '${key}' among ${globals.map((each) => each.key).join()}`);
  return found;
}

/** Uses as `function access line`, in the order of the source. */
export function usesOf(variable: GlobalVariable): string[] {
  return variable.references
    .map(({ owner, access, line, via }) => ({
      owner,
      line,
      text: via === null ? access : `${access} by ${via}`,
    }))
    .sort((a, b) => a.line - b.line)
    .map(({ owner, text, line }) => `${owner.name || owner.kind} ${text} ${line}`);
}
