import { EXIT, SeamError } from '../../errors.ts';
import { overview, verbHelp } from '../help-text.ts';
import type { help } from '../help.ts';
import { VERBS } from '../registry.ts';
import { peerOf } from '../peers.ts';
import { suggest } from '../suggest.ts';
import type { Run } from '../types.ts';

function unknownVerb(name: string): SeamError {
  const names = VERBS.map((verb) => verb.name);
  const likely = peerOf(name)?.split(' ')[0] ?? suggest(name, names);
  return new SeamError('usage-unknown-verb', `unknown verb '${name}'`, {
    kind: 'usage',
    data: { verb: name },
    hint: likely === undefined ? 'seam help' : `seam help ${likely}`,
  });
}

export const run: Run<typeof help> = ({ report, globals }, { args: [words] }) => {
  const name = words.join(' ');
  const verbs = VERBS.filter((verb) => verb.name === name || verb.name.startsWith(`${name} `));
  if (name !== '' && verbs.length === 0) throw unknownVerb(name);
  if (globals.json) {
    report.json('help/1', {
      verbs: (name === '' ? VERBS : verbs).map(({ load: _load, ...facts }) => facts),
    });
  } else if (name === '') {
    report.print(...overview(VERBS, report));
  } else {
    report.print(
      ...verbs.flatMap((verb, index) => [
        ...(index === 0 ? [] : ['', '']),
        ...verbHelp(verb, report),
      ]),
    );
  }
  return EXIT.yes;
};
