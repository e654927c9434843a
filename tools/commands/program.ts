/** From words on the command line to a verb and its typed input, by commander. */
import { Argument, Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { SeamError } from '../errors.ts';
import { GLOBAL_OPTIONS, VERSION_OPTION, freeShort } from './global-options.ts';
import { peerOf } from './peers.ts';
import type { AnyVerb, ArgumentSpec, OptionSpec, OptionSpecs } from './types.ts';

type Values = Readonly<Record<string, unknown>>;

/** What the command line asks for. */
export interface Invocation {
  /** `undefined`: no verb was named. */
  readonly verb: AnyVerb | undefined;
  readonly args: readonly unknown[];
  readonly options: Values;
  readonly globals: Values;
}

/** `-j, --jobs <N>`; without the letter where one of `taken` has it. */
export function flagsOf(name: string, spec: OptionSpec, taken: OptionSpecs = {}): string {
  const short = freeShort(spec.short, taken);
  const letter = short === undefined ? '' : `-${short}, `;
  return `${letter}--${name}${spec.type === 'flag' ? '' : ` <${spec.value}>`}`;
}

function toNumber(min: number): (text: string) => number {
  return (text) => {
    const number = Number(text);
    if (!/^\d+$/.test(text) || !Number.isSafeInteger(number) || number < min) {
      throw new InvalidArgumentError(`expected a whole number of at least ${min}`);
    }
    return number;
  };
}

function append(text: string, before: readonly string[] | undefined): string[] {
  return [...(before ?? []), text];
}

function makeOption(name: string, spec: OptionSpec, taken: OptionSpecs = {}): Option {
  const option = new Option(flagsOf(name, spec, taken), spec.summary);
  if (spec.type === 'number') option.argParser(toNumber(spec.min ?? 0));
  if (spec.type === 'list') option.argParser(append);
  if (spec.type === 'choice') option.choices(spec.choices);
  return option;
}

/** Optional for commander in any case: `seam completion --help` lacks an argument and is right. */
function makeArgument(spec: ArgumentSpec): Argument {
  const dots = spec.variadic === true ? '...' : '';
  const argument = new Argument(`[${spec.name}${dots}]`, spec.summary);
  return spec.choices === undefined ? argument : argument.choices(spec.choices);
}

/** Reads what commander parsed back under our own names, with the empty values filled in. */
function collect(command: Command, specs: OptionSpecs): Record<string, unknown> {
  const entries = Object.entries(specs).map(([name, spec]) => {
    const value: unknown = command.getOptionValue(makeOption(name, spec).attributeName());
    if (spec.type === 'flag') return [name, value === true];
    if (spec.type === 'list') return [name, value ?? []];
    return [name, value];
  });
  return Object.fromEntries(entries) as Record<string, unknown>;
}

/** A global after the verb counts over one before it; `-C` adds up. */
function mergeGlobals(before: Values, after: Values): Values {
  const merged: Record<string, unknown> = { ...before };
  for (const [name, value] of Object.entries(after)) {
    const old = merged[name];
    if (Array.isArray(value) && Array.isArray(old)) merged[name] = [...old, ...value];
    else if (value !== undefined && value !== false) merged[name] = value;
  }
  return merged;
}

function addOptions(command: Command, specs: OptionSpecs, taken: OptionSpecs = {}): void {
  for (const [name, spec] of Object.entries(specs)) {
    command.addOption(makeOption(name, spec, taken));
  }
}

function quietly(command: Command): Command {
  // Set before anything is nested: commander copies these settings when it makes a command.
  return command
    .exitOverride()
    .configureOutput({ writeOut: () => undefined, writeErr: () => undefined })
    .helpOption(false)
    .helpCommand(false);
}

/** Finds or makes the parent of `cache gc`, which lists its family when called alone. */
function familyOf(program: Command, family: string): Command {
  const known = program.commands.find((command) => command.name() === family);
  return known ?? quietly(program.command(family));
}

function requireArguments(verb: AnyVerb, given: number): void {
  const missing = verb.arguments.slice(given).find((spec) => spec.optional !== true);
  if (missing === undefined) return;
  throw new SeamError('usage-missing-argument', `missing required argument '${missing.name}'`, {
    kind: 'usage',
    data: { argument: missing.name },
    hint: `seam help ${verb.name}`,
  });
}

/** The global options that can follow the verb: those whose name it does not use itself. */
export function globalsOf(verb: { readonly options: OptionSpecs }): OptionSpecs {
  const entries: (readonly [string, OptionSpec])[] = Object.entries(GLOBAL_OPTIONS);
  return Object.fromEntries(entries.filter(([name]) => verb.options[name] === undefined));
}

/** A verb that cannot be meant, because its words were not said, is known by its name alone. */
function addVerb(
  program: Command,
  verb: AnyVerb,
  said: ReadonlySet<string>,
  done: (found: Invocation) => void,
): void {
  const words = verb.name.split(' ');
  const [first = '', second] = words;
  const parent = second === undefined ? program : familyOf(program, first);
  const command = quietly(parent.command(second ?? first));
  if (!words.every((word) => said.has(word))) return;
  for (const spec of verb.arguments) command.addArgument(makeArgument(spec));
  addOptions(command, verb.options);
  const globals = globalsOf(verb);
  addOptions(command, globals, verb.options);
  command.action(() => {
    const allGlobals = mergeGlobals(collect(program, GLOBAL_OPTIONS), collect(command, globals));
    if (allGlobals['help'] !== true) requireArguments(verb, command.args.length);
    const args = verb.arguments.map((spec, index) =>
      spec.variadic === true ? command.args.slice(index) : command.args[index],
    );
    done({
      verb,
      args,
      options: collect(command, verb.options),
      globals: allGlobals,
    });
  });
}

/** `error: unknown option '--job'\n(Did you mean --jobs?)` → our error with the question as hint. */
function fromCommander(error: CommanderError, words: readonly string[]): SeamError {
  const [first = '', ...rest] = error.message.replace(/^error: /, '').split('\n');
  const asked = /\(Did you mean (.*)\?\)/.exec(rest.join('\n'))?.[1];
  const unknown = /^unknown command '(.*)'/.exec(first)?.[1];
  const peer = unknown === undefined ? undefined : peerOf(unknown);
  const likely = peer === undefined ? asked : `seam ${peer}`;
  const code = error.code
    .replace(/^commander\./, '')
    .replace(/[A-Z]/g, (c) => `-${c.toLowerCase()}`);
  const message = first
    .replace(/\.$/, '')
    .replace(/(?<=[a-z'"])\. (\w)/g, (_, c: string) => `; ${c.toLowerCase()}`);
  return new SeamError(`usage-${code}`, message, {
    kind: 'usage',
    hint:
      likely === undefined ? `seam help ${words.join(' ')}`.trim() : `did you mean '${likely}'?`,
    cause: error,
  });
}

/** The verb that the words name, as far as they do, for "see `seam help …`". */
function namedVerb(verbs: readonly AnyVerb[], argv: readonly string[]): readonly string[] {
  const found = verbs.find((verb) => verb.name.split(' ').every((word) => argv.includes(word)));
  return found === undefined ? [] : [found.name];
}

/** `seam cache` alone. */
function familyAlone(family: string, verbs: readonly AnyVerb[]): SeamError {
  const members = verbs.map((verb) => verb.name).filter((name) => name.startsWith(`${family} `));
  return new SeamError('usage-incomplete-verb', `'${family}' needs a second word`, {
    kind: 'usage',
    data: { verbs: members },
    hint: `seam help ${members[0] ?? ''}`,
  });
}

function parse(program: Command, verbs: readonly AnyVerb[], argv: readonly string[]): void {
  try {
    program.parse([...argv], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    // Commander would show help here; whether that is an answer or an error is for us to say.
    const [family] = program.args;
    if (error.code !== 'commander.help') throw fromCommander(error, namedVerb(verbs, argv));
    if (family !== undefined) throw familyAlone(family, verbs);
  }
}

/** Parses the words after `seam`. A wrong command line is a `SeamError` of kind `usage`. */
export function parseCommandLine(verbs: readonly AnyVerb[], argv: readonly string[]): Invocation {
  const program = quietly(new Command('seam')).enablePositionalOptions();
  const options = { ...GLOBAL_OPTIONS, ...VERSION_OPTION };
  addOptions(program, options);
  let found: Invocation | undefined;
  const said = new Set(argv);
  for (const verb of verbs) addVerb(program, verb, said, (invocation) => (found = invocation));
  parse(program, verbs, argv);
  return found ?? { verb: undefined, args: [], options: {}, globals: collect(program, options) };
}
