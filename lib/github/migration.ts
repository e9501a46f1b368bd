import type { NameRule } from "./names";

/**
 * The way of a repository from subjects by name to subjects with ids, in which both are trusted up to a day.
 *
 * @see https://docs.github.com/en/actions/reference/security/oidc
 */
export interface Migration {
  /** `over` from the day after the last one on. */
  readonly state: "open" | "ending" | "over";
  /** Whole days until the last one: 0 on that day, less than 0 after it. */
  readonly daysLeft: number;
}

/** Days before the last one in which a migration is ending: time enough for a pull request. */
export const ENDING_DAYS = 30;

const DAY = 86_400_000;

/** A day of the calendar, as in `2027-01-31`. */
export const dateRule: NameRule = (text) => {
  const day = /^[0-9]{4}-[0-9]{2}-[0-9]{2}$/.test(text) ? new Date(`${text}T00:00:00Z`) : undefined;
  // A month's 31st that it does not have would be the next one's first.
  return day && !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text)
    ? undefined
    : 'write a day as in "2027-01-31"';
};

/**
 * Where a migration stands. Days are those of UTC, and the last one counts.
 *
 * @param until its last day, as `dateRule` accepts it.
 */
export function migrationState(until: string, today: Date): Migration {
  const daysLeft = Math.round(Date.parse(`${until}T00:00:00Z`) / DAY) - Math.floor(today.getTime() / DAY);
  return { state: daysLeft < 0 ? "over" : daysLeft <= ENDING_DAYS ? "ending" : "open", daysLeft };
}
