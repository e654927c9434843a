/**
 * Dates of mails and commits with their zones: RFC 5322 (and its obsolete forms), ISO 8601, asctime
 * and git's raw form. Pure: nothing asks for the present time.
 */
import type { Moment } from './types.ts';

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];

/**
 * Zone names with their hours: those of RFC 5322 §4.3 and others that mails of patches carry, as git
 * understands them. Unknown names (military ones, too) mean UTC.
 */
const ZONES: Readonly<Record<string, number>> = {
  est: -5,
  edt: -4,
  cst: -6,
  cdt: -5,
  mst: -7,
  mdt: -6,
  pst: -8,
  pdt: -7,
  ast: -4,
  adt: -3,
  bst: 1,
  cet: 1,
  met: 1,
  cest: 2,
  mest: 2,
  eet: 2,
  eest: 3,
  jst: 9,
  nzst: 12,
  nzdt: 13,
};

const TIME = String.raw`(\d{1,2}):(\d{2})(?::(\d{2}))?(?:\.\d+)?`;
const ZONE = String.raw`(?:\s*([+-]\d{2}:?\d{2}|[A-Za-z]{1,5}))?`;
const RAW = /^@?(\d{1,12}) ([+-]\d{4})$/;
const RFC = new RegExp(
  String.raw`^(?:[A-Za-z]+,?\s+)?(\d{1,2})[ -]([A-Za-z]{3})[A-Za-z]*[ -](\d{2,4})\s+${TIME}${ZONE}`,
);
/** A second numeric zone, in a comment behind the first: git takes the last one. */
const LATER_ZONE = /^[^]*[ (]([+-]\d{4})\b/;
const ASCTIME = new RegExp(
  String.raw`^(?:[A-Za-z]{3},?\s+)?([A-Za-z]{3})[A-Za-z]*\s+(\d{1,2}),?\s+${TIME}\s+(\d{4})${ZONE}`,
);
const ISO = new RegExp(String.raw`^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]\s*${TIME}${ZONE})?`);

/** Read a date; null when it is none. A missing zone is UTC. */
export function parseDate(text: string): Moment | null {
  const value = text.trim();
  const raw = RAW.exec(value);
  if (raw !== null) return { seconds: Number(raw[1]), zone: zoneOf(raw[2]) };
  const rfc = RFC.exec(value);
  if (rfc !== null) {
    const [, day, month, year, hour, minute, second, zone] = rfc;
    const later = LATER_ZONE.exec(value.slice(rfc[0].length))?.[1];
    return moment(fullYear(year), monthOf(month), day, [hour, minute, second], later ?? zone);
  }
  const asctime = ASCTIME.exec(value);
  if (asctime !== null) {
    const [, month, day, hour, minute, second, year, zone] = asctime;
    return moment(Number(year), monthOf(month), day, [hour, minute, second], zone);
  }
  const iso = ISO.exec(value);
  if (iso === null) return null;
  const [, year, month, day, hour, minute, second, zone] = iso;
  return moment(Number(year), Number(month) - 1, day, [hour, minute, second], zone);
}

type Clock = readonly (string | undefined)[];

function moment(
  year: number,
  month: number,
  day: string | undefined,
  clock: Clock,
  zone: string | undefined,
): Moment | null {
  const [hour, minute, second] = clock.map((part) => Number(part ?? 0));
  const days = Number(day);
  if (month < 0 || month > 11 || days < 1 || days > 31) return null;
  if ((hour ?? 0) > 24 || (minute ?? 0) > 59 || (second ?? 0) > 60) return null;
  const utc = Date.UTC(year, month, days, hour, minute, second) / 1000;
  const minutes = zoneOf(zone);
  // Git has no dates before 1970, and neither have commits.
  return utc - minutes * 60 < 0 ? null : { seconds: utc - minutes * 60, zone: minutes };
}

function monthOf(name: string | undefined): number {
  return MONTHS.indexOf((name ?? '').toLowerCase());
}

/** Two digits are of this or the last century, three count from 1900 (RFC 5322 §4.3). */
function fullYear(text: string | undefined): number {
  const year = Number(text);
  if ((text ?? '').length > 3) return year;
  return year < 50 ? year + 2000 : year + 1900;
}

/** Minutes east of UTC. */
function zoneOf(zone: string | undefined): number {
  if (zone === undefined) return 0;
  const numeric = /^([+-])(\d{2}):?(\d{2})$/.exec(zone);
  if (numeric === null) return (ZONES[zone.toLowerCase()] ?? 0) * 60;
  const minutes = Number(numeric[2]) * 60 + Number(numeric[3]);
  // Sums without a sign for zero, so that -0000 is a plain 0.
  return numeric[1] === '-' ? 0 - minutes : minutes;
}

/** `+0200`. */
export function formatZone(zone: number): string {
  const minutes = Math.abs(zone);
  const digits = Math.floor(minutes / 60) * 100 + (minutes % 60);
  return `${zone < 0 ? '-' : '+'}${String(digits).padStart(4, '0')}`;
}

/** `Fri, 31 May 2013 19:12:12 +0000`, as git writes it in mails. */
export function formatMailDate(date: Moment): string {
  const local = new Date((date.seconds + date.zone * 60) * 1000);
  const two = (value: number): string => String(value).padStart(2, '0');
  const month = MONTHS[local.getUTCMonth()] ?? '';
  const day = `${DAYS[local.getUTCDay()]}, ${local.getUTCDate()} ${month.charAt(0).toUpperCase()}${month.slice(1)}`;
  const time = `${two(local.getUTCHours())}:${two(local.getUTCMinutes())}:${two(local.getUTCSeconds())}`;
  return `${day} ${local.getUTCFullYear()} ${time} ${formatZone(date.zone)}`;
}

/** `1369998732 +0000`, as in commits. */
export function formatRawDate(date: Moment): string {
  return `${date.seconds} ${formatZone(date.zone)}`;
}
