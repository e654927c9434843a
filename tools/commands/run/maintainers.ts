import { formatAddress } from '../../../review/message/address.ts';
import type { Subject } from '../../../review/people/match.ts';
import type { Contact } from '../../../review/people/people.ts';
import { subjectOfFile, subjectOfPatches } from '../../../review/people/subject.ts';
import { EXIT, SeamError } from '../../errors.ts';
import { printable } from '../../report/printable.ts';
import type { TreeStore } from '../../tree/types.ts';
import type { Context } from '../context.ts';
import type { maintainers } from '../maintainers.ts';
import type { Run } from '../types.ts';
import { chosenPatches, openNamedBase, openNamedSeries } from './inputs.ts';
import { noSuchFile, openPeople, readFiles } from './people.ts';

/** One question: a patch, a file, or all together. */
interface Question {
  readonly name: string;
  readonly subject: Subject;
}

export const run: Run<typeof maintainers> = async (ctx, { args: [specs], options }) => {
  const needsBase = options.maintainers === undefined || options.file.length > 0;
  const base = needsBase || ctx.globals.base !== undefined ? await openNamedBase(ctx) : null;
  try {
    const questions =
      options.file.length > 0 && base !== null
        ? await fileQuestions(base, options.file)
        : await patchQuestions(ctx, specs);
    const asked = options.each ? questions : [together(questions)];
    const people = await openPeople(
      ctx,
      base,
      questions.flatMap(({ subject }) => subject.paths),
      {
        maintainers: options.maintainers,
        overlay: options.overlay,
        subscriberLists: options['subscriber-lists'],
      },
    );
    if (!people.known) throw nobodyKnown(base);
    answer(
      ctx,
      asked.map(({ name, subject }) => ({ name, contacts: people.contacts(subject) })),
      options,
    );
    return EXIT.yes;
  } finally {
    await base?.close();
  }
};

async function patchQuestions(ctx: Context, specs: readonly string[]): Promise<Question[]> {
  const patches = chosenPatches(await openNamedSeries(ctx), specs);
  return patches.map((patch) => ({ name: patch.name, subject: subjectOfPatches([patch]) }));
}

async function fileQuestions(base: TreeStore, paths: readonly string[]): Promise<Question[]> {
  const files = await readFiles(base, paths);
  return paths.map((path) => {
    const bytes = files.get(path);
    if (bytes === undefined) throw noSuchFile(base, path);
    // MAINTAINERS holds every word that K: looks for.
    return { name: path, subject: subjectOfFile(path, path === 'MAINTAINERS' ? null : bytes) };
  });
}

function together(questions: readonly Question[]): Question {
  return {
    name: '',
    subject: {
      paths: [...new Set(questions.flatMap(({ subject }) => subject.paths))],
      lines: questions.flatMap(({ subject }) => subject.lines),
    },
  };
}

function answer(
  ctx: Context,
  answers: readonly { readonly name: string; readonly contacts: readonly Contact[] }[],
  { plain }: { readonly plain: boolean },
): void {
  const { report, globals } = ctx;
  if (globals.json) {
    report.json('maintainers/1', {
      answers: answers.map(({ name, contacts }) => ({
        name: name === '' ? null : name,
        contacts: contacts.map(({ kind, person, role, source }) => ({
          kind,
          ...person,
          role,
          source,
        })),
      })),
    });
    return;
  }
  for (const [index, { name, contacts }] of answers.entries()) {
    if (name !== '' && index > 0) report.print('');
    if (name !== '') report.print(report.style.name(printable(name)));
    const indent = name === '' ? '' : '  ';
    report.print(
      ...contacts.map(({ person, role }) =>
        printable(`${indent}${formatAddress(person)}${plain ? '' : ` (${role})`}`),
      ),
    );
  }
}

function nobodyKnown(base: TreeStore | null): SeamError {
  const where = base === null ? '' : ` in '${base.label}'`;
  return new SeamError('no-maintainers', `no MAINTAINERS with sections${where}`, {
    hint: 'name a file with --maintainers, or one with your own sections with --overlay',
  });
}
