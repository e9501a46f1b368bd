import { SESSION_SECONDS, sessionDurationRule } from "../aws/role-rules";

const SECONDS = { h: 3_600, m: 60, s: 1 } as const;

/** Seconds of `1h`, `90m`, `5400s`, `1h30m` or a number of seconds; `undefined` when it is none of these. */
export function parseDuration(text: string | number): number | undefined {
  if (typeof text === "number") return Number.isInteger(text) ? text : undefined;
  const match = /^(?:([0-9]{1,6})h)?(?:([0-9]{1,6})m)?(?:([0-9]{1,6})s)?$/.exec(text);
  if (!match || text === "") return undefined;
  return Number(match[1] ?? 0) * SECONDS.h + Number(match[2] ?? 0) * SECONDS.m + Number(match[3] ?? 0) * SECONDS.s;
}

/** Says what is wrong with a session's duration, or `undefined`. */
export function durationRule(duration: string | number): string | undefined {
  const seconds = parseDuration(duration);
  if (seconds === undefined) return 'write it as "1h", "90m" or a whole number of seconds without quotes';
  if (sessionDurationRule(seconds) === undefined) return undefined;
  return `a session lasts 1h to 12h: use ${typeof duration === "number" ? `${SESSION_SECONDS.min} to ${SESSION_SECONDS.max} seconds, or write hours as in "2h"` : '"1h" to "12h"'}`;
}
