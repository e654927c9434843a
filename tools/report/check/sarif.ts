/**
 * A check as SARIF 2.1.0 (OASIS, 27 March 2020), the form that code hosts show beside the lines
 * concerned. Pure.
 */
import { createHash } from 'node:crypto';
import type { CheckReport, Finding, PatchReport } from '../../check/types.ts';
import { VERSION } from '../../version.ts';
import { type Gathered, gather } from './gather.ts';

const SCHEMA =
  'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json';

export function formatSarif(report: CheckReport): string {
  const found = report.patches.flatMap((patch) => gather(patch).map((each) => ({ patch, each })));
  const rules = [...new Set(found.map(({ each }) => each.finding.rule))].sort();
  const driver = {
    name: 'Seam',
    version: VERSION,
    semanticVersion: VERSION,
    rules: rules.map((id) => ({ id })),
  };
  const results = found.map(({ patch, each }) => ({
    ...resultOf(patch, each),
    ruleIndex: rules.indexOf(each.finding.rule),
  }));
  const run = {
    tool: { driver },
    columnKind: 'utf16CodeUnits',
    originalUriBaseIds: {
      TREE: { description: { text: 'The top of the tree after the patch.' } },
      SERIES: { description: { text: 'The directory of the series.' } },
    },
    results,
  };
  return `${JSON.stringify({ $schema: SCHEMA, version: '2.1.0', runs: [run] }, null, 2)}\n`;
}

function resultOf(patch: PatchReport, { finding, configs }: Gathered): Record<string, unknown> {
  const { rule, severity, message, detail } = finding;
  const where = configs.length === 0 ? '' : ` (in ${configs.join(', ')})`;
  return {
    ruleId: rule,
    level: severity,
    message: { text: `${message}${where}${detail === undefined ? '' : `\n${detail}`}` },
    locations: [locationOf(patch, finding)],
    partialFingerprints: { 'seam/v1': fingerprint(finding) },
    properties: { patch: patch.name, number: patch.number },
  };
}

function locationOf(patch: PatchReport, { path, line }: Finding): Record<string, unknown> {
  const inSeries = path === null || path === patch.name;
  return {
    physicalLocation: {
      artifactLocation: {
        uri: encodeURI((path ?? patch.name).toWellFormed()),
        uriBaseId: inSeries ? 'SERIES' : 'TREE',
      },
      // Without a line the whole file is meant.
      ...(line === null || line < 1 ? {} : { region: { startLine: line } }),
    },
    logicalLocations: [{ name: patch.name, fullyQualifiedName: `${patch.number} ${patch.name}` }],
  };
}

/** Line numbers are left out, so that a finding stays itself when the patch above it grows. */
function fingerprint({ introduced, rule, path, message }: Finding): string {
  return createHash('sha256')
    .update(JSON.stringify([introduced, rule, path, message]))
    .digest('hex')
    .slice(0, 32);
}
