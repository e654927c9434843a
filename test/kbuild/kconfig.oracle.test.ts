/** Our answers and those of the modelled kernel's own `conf`, for its tree and for made-up ones. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fc } from '@fast-check/vitest';
import { afterAll, describe, expect, test } from 'vitest';
import { configure } from '../../tools/kbuild/configurations.ts';
import {
  autoConf,
  autoconfHeader,
  definitions,
  dotConfig,
} from '../../tools/kbuild/kconfig-files.ts';
import { readKconfig } from '../../tools/kbuild/kconfig-read.ts';
import { type ConfAnswer, type Files, MODEL, buildConf } from './conf.ts';

const conf = buildConf();
afterAll(() => conf?.[Symbol.dispose]());

const DEFCONFIG = 'arch/host/defconfig';

/** What we say of the tree, in the shape of conf's answer. */
function ours(files: Files, name: string): ConfAnswer {
  const kconfig = readKconfig('Kconfig', (path) => files[path] ?? null);
  if (kconfig.kind === 'fault') return { kind: 'refused', stderr: kconfig.message };
  const text = files[DEFCONFIG];
  const own = text === undefined ? null : { path: DEFCONFIG, text };
  const solution = configure(kconfig, name, own);
  if (solution.kind === 'fault') return { kind: 'refused', stderr: solution.message };
  if (solution.kind === 'refused')
    return { kind: 'refused', stderr: solution.complaints.join('\n') };
  return {
    kind: 'written',
    config: dotConfig(solution),
    auto: autoConf(solution),
    header: autoconfHeader(definitions(solution)),
  };
}

function theirs(files: Files, name: string): ConfAnswer {
  if (name === 'def') return conf!.ask(files, `--defconfig=${DEFCONFIG}`);
  const [, seed] = /^rand-(\d+)$/.exec(name) ?? [];
  if (seed !== undefined) return conf!.ask(files, '--randconfig', { KCONFIG_SEED: seed });
  const [, how, option] = /^(only|without)-(\w+)$/.exec(name) ?? [];
  if (option === undefined) return conf!.ask(files, `--${name}config`);
  const background = conf!.write(files, how === 'only' ? '--allnoconfig' : '--allyesconfig');
  if (background === null) return { kind: 'refused', stderr: '' };
  const rest = background.replaceAll(new RegExp(`^.*CONFIG_${option}[= ].*\n`, 'gm'), '');
  const line = how === 'only' ? `CONFIG_${option}=y\n` : `# CONFIG_${option} is not set\n`;
  return conf!.ask({ ...files, '.config': rest + line }, '--olddefconfig');
}

/** The Kconfig files of the modelled kernel, and its defconfig. */
function modelFiles(): Files {
  const names = readdirSync(MODEL, { recursive: true, encoding: 'utf8' });
  const wanted = names.filter((name) => /(^|\/)(Kconfig|defconfig)$/.test(name));
  return Object.fromEntries(
    wanted.map((name) => [name, readFileSync(join(MODEL, name), 'latin1')]),
  );
}

describe.skipIf(conf === null)('the modelled kernel', () => {
  const files = modelFiles();
  const seeds = Array.from({ length: 40 }, (_, index) => `rand-${index}`);
  const kconfig = readKconfig('Kconfig', (path) => files[path] ?? null);
  const options = kconfig.kind === 'kconfig' ? [...kconfig.options.values()] : [];
  const chosen = options.filter(({ type, prompt }) => type === 'bool' && prompt !== null);
  const alone = chosen.flatMap(({ name }) => [`only-${name}`, `without-${name}`]);

  test('is read whole', () => {
    expect(kconfig.kind).toBe('kconfig');
    expect(chosen.length).toBeGreaterThan(20);
  });

  test.each(['def', 'allno', 'allyes', ...seeds, ...alone])('%s', (name) => {
    expect(ours(files, name)).toEqual(theirs(files, name));
  });
});

const NAMES = ['A', 'B', 'C', 'D', 'E'];
const anyName = fc.constantFrom(...NAMES);
const anyTerm = fc.oneof(anyName, fc.constantFrom('y', 'n', 'm', '3', '"a b"'));

const anyExpression: fc.Arbitrary<string> = fc.letrec<{ expression: string }>((tie) => ({
  expression: fc.oneof(
    { maxDepth: 3 },
    anyTerm,
    fc.tuple(anyTerm, fc.constantFrom('=', '!='), anyTerm).map((parts) => parts.join('')),
    tie('expression').map((inner) => `!(${inner})`),
    tie('expression').map((inner) => `(${inner})`),
    fc
      .tuple(tie('expression'), fc.constantFrom('&&', '||'), tie('expression'))
      .map((parts) => parts.join(' ')),
  ),
})).expression;

const anyCondition = fc.option(
  anyExpression.map((text) => ` if ${text}`),
  { nil: '' },
);

const anyAttribute = fc.oneof(
  fc
    .tuple(fc.constantFrom('y', 'n', 'B', '5', '"x"', '077'), anyCondition)
    .map((p) => `default ${p.join('')}`),
  fc.tuple(anyName, anyCondition).map((p) => `select ${p.join('')}`),
  fc.tuple(fc.constantFrom('0 9', '4 5', '-3 70'), anyCondition).map((p) => `range ${p.join('')}`),
  anyExpression.map((text) => `depends on ${text}`),
  fc.constantFrom('help\n\t  Words and\n\n\t    more words', '# a remark'),
);

/** A and B are what `only-A` and `without-B` change: always bool. */
const BOOLS = ['bool "p"', 'bool', 'def_bool y'];
const anyType = fc.constantFrom('bool "p"', 'bool', 'int "p"', 'int', 'string "p"', 'def_bool y');

const anyEntries = fc.tuple(
  ...NAMES.map((name) =>
    fc
      .tuple(
        'AB'.includes(name) ? fc.constantFrom(...BOOLS) : anyType,
        fc.array(anyAttribute, { maxLength: 3 }),
      )
      .map(([type, rest]) =>
        [`config ${name}`, ...[type, ...rest].map((line) => `\t${line}`)].join('\n'),
      ),
  ),
);

const anyTree = fc
  .tuple(
    anyEntries,
    anyExpression,
    fc.array(
      fc.constantFrom(
        'CONFIG_A=y',
        '# CONFIG_B is not set',
        'CONFIG_C=7',
        'CONFIG_D="v w"',
        'CONFIG_E=n',
      ),
    ),
  )
  .map(([entries, condition, defconfig]): Files => {
    const [a = '', b = '', ...rest] = entries;
    return {
      Kconfig: `mainmenu "T"\n${a}\nif ${condition}\nsource "sub/Kconfig"\nendif\n${rest.join('\n')}\n`,
      'sub/Kconfig': `menu "S"\n${b}\nendmenu\ncomment "end"\n`,
      [DEFCONFIG]: `${defconfig.join('\n')}\n`,
    };
  });

/** The words of a refusal are conf's own affair. */
function comparable(answer: ConfAnswer): unknown {
  return answer.kind === 'refused' ? answer.kind : answer;
}

describe.skipIf(conf === null)('made-up trees', () => {
  test.each(['def', 'allno', 'allyes', 'rand-11', 'only-A', 'without-B'])('%s', (name) => {
    const answers = { written: 0, refused: 0 };
    fc.assert(
      fc.property(anyTree, (files) => {
        const expected = theirs(files, name);
        const actual = ours(files, name);
        answers[expected.kind] += 1;
        expect(comparable(actual)).toEqual(comparable(expected));
      }),
      { numRuns: 60 },
    );
    expect(answers.written).toBeGreaterThan(0);
  });
});
