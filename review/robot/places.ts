/**
 * Paths of the machine that did the checks, taken out of what it says: nobody else can open them, and
 * they tell who and where somebody is.
 */
import type { CheckReport, Finding } from '../../tools/report/check/gather.ts';

/** Home directories, and the directories in which Seam works, on any machine. */
const ANYWHERE = [
  /(?<![\w.~+-])\/(?:home|Users)\/[^/\s'"]+(?:\/[^/\s'":]+)*\//g,
  /(?<![\w.~+-])\/root(?:\/[^/\s'":]+)*\//g,
  /(?<![\w.~+-])(?:\/[^/\s'":]+)*\/seam-[a-z]+[-.][A-Za-z0-9.-]+(?:\/[^/\s'":]+)*\//g,
];

/** The text with `.../` for directories of this machine (`places`, absolute) and for those above. */
export function withoutPlaces(text: string, places: readonly string[]): string {
  const here = places
    .filter((place) => /^\/[^/]/.test(place))
    .map((place) => new RegExp(`${escaped(place.replace(/\/+$/, ''))}(?:/[^/\\s'":]+)*/`, 'g'));
  return [...here, ...ANYWHERE].reduce((before, look) => before.replace(look, '.../'), text);
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}

/** The same for all that a report says. */
export function reportWithoutPlaces(report: CheckReport, places: readonly string[]): CheckReport {
  const clean = (text: string): string => withoutPlaces(text, places);
  const cleanFinding = (finding: Finding): Finding => ({
    ...finding,
    message: clean(finding.message),
    ...(finding.detail === undefined ? {} : { detail: clean(finding.detail) }),
  });
  return {
    ...report,
    patches: report.patches.map((patch) => ({
      ...patch,
      results: patch.results.map((result) => ({
        ...result,
        reason: result.reason === null ? null : clean(result.reason),
        findings: result.findings.map(cleanFinding),
        fixed: result.fixed.map(cleanFinding),
      })),
    })),
  };
}
