/** The project's own series as threads, and what of it was sent. */
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { readVersion, versionOfName } from '../../review/revision/sent.ts';
import { splitMbox } from '../../tools/series/mbox.ts';
import { scratch, seam } from '../cli/seam.ts';
import { CHECKOUT } from '../checkout.ts';

const SENT = join(CHECKOUT, 'review/sent');
/** Each test applies the whole series, some of them many times; machines are busy. */
const SLOW = 300_000;

interface Mail {
  readonly id: string;
  readonly part: string;
  readonly patch: string | null;
}
interface Made {
  readonly ready: boolean;
  readonly objections?: readonly unknown[];
  readonly threads: readonly { readonly title: string; readonly mails: readonly Mail[] }[];
}

let known: Promise<{ made: Made; needs: ReadonlyMap<string, readonly string[]> }> | undefined;

/** What every test starts from, made once. */
const threads = (): NonNullable<typeof known> => (known ??= makeThreads());

/** All threads as JSON, and by the Message-ID of their letters what the letters say must come first. */
async function makeThreads(): Promise<{
  made: Made;
  needs: ReadonlyMap<string, readonly string[]>;
}> {
  const mbox = join(scratch(), 'all.mbox');
  const { stdout } = await seam(['thread', '--json', '--mboxrd', mbox], { cwd: CHECKOUT });
  const made = JSON.parse(stdout) as Made;
  if (!made.ready) return { made, needs: new Map() };
  const letters = splitMbox(readFileSync(mbox, 'latin1')).map((mail): [string, string[]] => [
    /^Message-ID: <(.*)>$/im.exec(mail)?.[1] ?? '',
    [...mail.matchAll(/^prerequisite-message-id: <(.*)>$/gm)].map(([, id = '']) => id),
  ]);
  return { made, needs: new Map(letters) };
}

test(
  'every topic is ready to be sent, in threads of at most twenty mails',
  async () => {
    const { made } = await threads();
    expect(made.objections ?? []).toEqual([]);
    for (const { mails } of made.threads) expect(mails.length).toBeLessThanOrEqual(20);
  },
  SLOW,
);

test(
  'every thread applies with those that its letter names, and nothing else',
  async () => {
    const { made, needs } = await threads();
    const patchesOf = (id: string): string[] =>
      (made.threads.find(({ mails }) => mails[0]?.id === id)?.mails ?? []).flatMap(
        ({ patch }) => patch ?? [],
      );
    const cwd = scratch();
    cpSync(join(CHECKOUT, 'series'), cwd, { recursive: true });
    for (const { title, mails } of made.threads) {
      const own = mails[0]?.id ?? '';
      const names = [...(needs.get(own) ?? []), own].flatMap(patchesOf);
      writeFileSync(join(cwd, 'series'), names.map((name) => `${name}\n`).join(''));
      const argv = ['apply', '--base', join(CHECKOUT, 'kernel-model'), '--series', cwd];
      const { status, stdout } = await seam(argv, { cwd });
      expect([title, status === 0 ? '' : stdout]).toEqual([title, '']);
    }
  },
  SLOW,
);

/** Topic and version of everything that is kept. */
function kept(): [string, number][] {
  if (!existsSync(SENT)) return [];
  const topics = readdirSync(SENT, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return topics.flatMap(({ name }) =>
    readdirSync(join(SENT, name)).flatMap((file): [string, number][] => {
      const version = versionOfName(file);
      return version === null ? [] : [[name, version]];
    }),
  );
}

let now: string | undefined;

/** What is kept of the series as it is, in a place of its own; made once. */
async function keptNow(): Promise<string> {
  if (now !== undefined) return join(now, 'review/sent');
  now = mkdtempSync(join(tmpdir(), 'seam-test-'));
  cpSync(join(CHECKOUT, 'series'), join(now, 'series'), { recursive: true });
  cpSync(join(CHECKOUT, 'kernel-model'), join(now, 'kernel-model'), { recursive: true });
  writeFileSync(join(now, '.seam.toml'), "base = 'kernel-model'\nseries = 'series'\n");
  await seam(['thread', '--keep'], { cwd: now });
  return join(now, 'review/sent');
}

afterAll(() => {
  if (now !== undefined) rmSync(now, { recursive: true, force: true });
});

describe.each(kept())('%s v%d, as it was sent', (topic, version) => {
  const at = (suffix: string): Buffer => readFileSync(join(SENT, topic, `v${version}.${suffix}`));
  const mails = (suffix: string): string[] => splitMbox(at(suffix).toString('latin1'));
  const idOf = (mail: string): string => /^Message-ID: (.*)$/im.exec(mail)?.[1] ?? '';

  test('is what its manifest says', () => {
    const boxes = { patches: at('mbox'), covers: at('cover') };
    const said = readVersion(`${topic}/v${version}`, at('json'), boxes);
    expect(said.patches.mails.map(({ id }) => id)).toEqual(mails('mbox').map(idOf));
  });

  test('has all patches of its threads, each an answer to its letter', () => {
    const numbers = new Map(
      mails('cover').map((mail) => [idOf(mail), Number(/ 0+\/(\d+)\] /.exec(mail)?.[1])]),
    );
    const found = Map.groupBy(
      mails('mbox'),
      (mail) => /^In-Reply-To: (.*)$/m.exec(mail)?.[1] ?? '',
    );
    expect([...found].map(([id, patches]) => [id, patches.length])).toEqual([...numbers]);
  });

  test(
    'is what is made now, unless the series has moved on',
    async (context) => {
      const directory = await keptNow();
      const made = (suffix: string): string =>
        readFileSync(join(directory, topic, `v${version}.${suffix}`), 'latin1');
      const texts = (mbox: string): string =>
        splitMbox(mbox)
          .map((mail) => mail.slice(mail.indexOf('\n\n')))
          .join('');
      if (!existsSync(join(directory, topic, `v${version}.json`)))
        return context.skip('the series has moved on');
      for (const suffix of ['cover', 'mbox']) {
        const then = at(suffix).toString('latin1');
        if (texts(then) !== texts(made(suffix))) return context.skip('the series has moved on');
        // Nothing but who, when, where and under which numbers: of the same texts that is the same.
        expect(made(suffix)).toBe(then);
      }
    },
    SLOW,
  );
});
