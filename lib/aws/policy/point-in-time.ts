/** What AWS takes for a year: as many as fit into 64 bits of milliseconds. */
const YEARS = { first: -292_275_054, last: 292_278_993 } as const;
/** The farthest point from 1970 that a `Date` reaches: whatever lies beyond is taken for it. */
const LAST = 8_640_000_000_000_000;

const ISO =
  /^(-?[0-9]{1,9})(?:-([0-9]{1,2})(?:-([0-9]{1,2}))?)?(?:t(?:([0-9]{1,2})(?::([0-9]{1,2})(?::([0-9]{1,2})(?:\.([0-9]{1,9}))?)?)?)?(z|[+-][0-9]{2}(?::?[0-9]{2})?)?)?$/i;

/**
 * Reads a point in time as milliseconds since 1970, or answers `undefined`. Digits alone are seconds since
 * 1970; everything else is a date of ISO 8601, in UTC unless it says otherwise, of which all but the year
 * may be left out.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_Date
 * @see https://www.w3.org/TR/NOTE-datetime
 */
export function parsePointInTime(text: string): number | undefined {
  if (/^[0-9]{1,19}$/.test(text)) return Number(text) * 1_000;
  const match = ISO.exec(text);
  if (!match) return undefined;
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0] = match
    .slice(1, 7)
    .map((part: string | undefined) => (part === undefined ? undefined : Number(part)));
  if (year < YEARS.first || year > YEARS.last) return undefined;
  if (month < 1 || month > 12 || day < 1 || day > daysOf(year, month) || hour > 23 || minute > 59 || second > 59)
    return undefined;
  const offset = offsetMinutes(match[8]);
  if (offset === undefined) return undefined;
  // Not the constructor: it takes the years 0 to 99 for those of the last century.
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  date.setUTCHours(hour, minute, second, Number((match[7] ?? "").padEnd(3, "0").slice(0, 3)));
  const milliseconds = date.getTime() - offset * 60_000;
  return Number.isNaN(milliseconds) ? Math.sign(year) * LAST : milliseconds;
}

const daysOf = (year: number, month: number): number =>
  month === 2
    ? year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
      ? 29
      : 28
    : [4, 6, 9, 11].includes(month)
      ? 30
      : 31;

function offsetMinutes(zone: string | undefined): number | undefined {
  if (zone === undefined || zone.toLowerCase() === "z") return 0;
  const [hours, minutes] = [Number(zone.slice(1, 3)), Number(zone.slice(3).replace(":", "") || "0")];
  if (hours > 23 || minutes > 59) return undefined;
  return (zone.startsWith("-") ? -1 : 1) * (hours * 60 + minutes);
}
