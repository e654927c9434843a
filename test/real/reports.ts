/** What `seam check` writes for other programs, read by them: schemas, and the kernel's own parser. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Tally } from './corpus.ts';
import type { Corpus, Findings, Place } from './corpus.ts';
import { SEAM, output, run } from './programs.ts';

interface Counts {
  readonly answers: number;
  readonly errors: number;
  readonly warnings: number;
  readonly notes: number;
}
interface Report {
  readonly counts: Counts;
  readonly patches: readonly { readonly results: readonly { readonly verdict: string }[] }[];
}

/** Check Debian's 160 patches as far as that goes without building, and write `form` to `file`. */
function check({ dir, scratch }: Place, form: string, file: string): Report {
  const linux = join(dir, 'debian-linux');
  const done = run(
    SEAM,
    [
      'check',
      `--base=${join(linux, 'base.git')}@base`,
      `--series=${join(linux, 'patches')}`,
      '--only=apply',
      '--only=lint',
      '--json',
      `--${form}=${file}`,
    ],
    { env: { XDG_CACHE_HOME: join(scratch, 'cache'), XDG_CONFIG_HOME: scratch } },
  );
  // There is much to be said of these patches.
  if (done.status !== 1) throw new Error(`status ${done.status}: ${done.stderr}`);
  return JSON.parse(done.stdout.toString('utf8')) as Report;
}

const VALIDATE = `
import json, sys, jsonschema
schema, document = (json.load(open(name, encoding="utf-8")) for name in sys.argv[1:])
validator = jsonschema.validators.validator_for(schema)(schema)
for error in validator.iter_errors(document):
    print("/".join(map(str, error.absolute_path)), error.message[:200])
`;

function sarif(place: Place): Findings {
  const file = join(place.scratch, 'check.sarif');
  const { counts } = check(place, 'sarif', file);
  const tally = new Tally();
  const schema = join(place.dir, 'schemas/sarif-schema-2.1.0.json');
  tally.same('objections of the schema', output('python3', ['-c', VALIDATE, schema, file]), '');
  const { runs } = JSON.parse(readFileSync(file, 'utf8')) as { runs: { results: unknown[] }[] };
  const found = runs.reduce((sum, { results }) => sum + results.length, 0);
  tally.same('findings', found, counts.errors + counts.warnings + counts.notes);
  return tally.findings('comparisons', `${found} results against the schema of SARIF 2.1.0`);
}

function junit(place: Place): Findings {
  const file = join(place.scratch, 'check.xml');
  const { counts } = check(place, 'junit', file);
  const tally = new Tally();
  const schema = join(place.dir, 'schemas/junit-10.xsd');
  const { status, stderr } = run('xmllint', ['--noout', '--schema', schema, file]);
  tally.same('objections of the schema', status === 0 ? '' : stderr, '');
  const cases = output('xmllint', ['--xpath', 'count(//testcase)', file]).trim();
  tally.same('test cases', Number(cases), counts.answers);
  return tally.findings('comparisons', `${cases} cases against the schema of the xUnit plugin`);
}

function kunit(place: Place): Findings {
  const file = join(place.scratch, 'check.ktap');
  const { patches } = check(place, 'ktap', file);
  const tally = new Tally();
  const { stdout } = run('python3', ['-B', 'tools/testing/kunit/kunit.py', 'parse', file], {
    cwd: join(place.dir, 'linux-6.1.170'),
  });
  const summary = /Testing complete\. (.*)/.exec(stdout.toString('utf8'))?.[1];
  const results = patches.flatMap((patch) => patch.results);
  const passed = results.filter(({ verdict }) => verdict === 'passed').length;
  const failed = results.length - passed;
  const wanted = `Ran ${results.length} tests: passed: ${passed}, failed: ${failed}`;
  tally.same('summary of kunit.py', summary, wanted);
  return tally.findings('comparisons', `kunit.py: ${summary}`);
}

const SERIES = ['debian-linux/base.git', 'debian-linux/patches'];

export const reports: readonly Corpus[] = [
  {
    name: 'reports-sarif',
    needs: [...SERIES, 'schemas/sarif-schema-2.1.0.json'],
    tools: ['python3'],
    unfit: () =>
      run('python3', ['-c', 'import jsonschema']).status === 0
        ? null
        : "python3 has no 'jsonschema': apt-get install python3-jsonschema",
    check: sarif,
  },
  {
    name: 'reports-junit',
    needs: [...SERIES, 'schemas/junit-10.xsd'],
    tools: ['xmllint'],
    check: junit,
  },
  {
    name: 'reports-kunit',
    needs: [...SERIES, 'linux-6.1.170/tools/testing/kunit/kunit.py'],
    tools: ['python3'],
    check: kunit,
  },
];
