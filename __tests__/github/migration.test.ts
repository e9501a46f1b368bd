import { dateRule, migrationState } from "../../lib/github/migration";
import { testRule } from "./rule-table";

const WRONG = 'write a day as in "2027-01-31"';

testRule("the last day of a migration", dateRule, {
  accepts: {
    "a day": "2027-01-31",
    "the 29th of February of a leap year": "2028-02-29",
    "the first day there is": "0001-01-01",
  },
  refuses: {
    "the 29th of February of another year": ["2027-02-29", WRONG],
    "the 31st of a month of 30 days": ["2027-04-31", WRONG],
    "a thirteenth month": ["2027-13-01", WRONG],
    "a day without a zero": ["2027-1-31", WRONG],
    "a time": ["2027-01-31T00:00:00Z", WRONG],
    words: ["tomorrow", WRONG],
    nothing: ["", WRONG],
    "a line more": ["2027-01-31\n", WRONG],
  },
});

test.each([
  ["2026-12-31T23:59:59Z", "open", 31],
  ["2027-01-01T00:00:00Z", "ending", 30],
  ["2027-01-30T12:00:00Z", "ending", 1],
  ["2027-01-31T00:00:00Z", "ending", 0],
  ["2027-01-31T23:59:59.999Z", "ending", 0],
  ["2027-02-01T00:00:00Z", "over", -1],
  ["2025-01-31T00:00:00Z", "open", 730],
] as const)("on %s a migration until 2027-01-31 is %s, with %i days left", (today, state, daysLeft) => {
  expect(migrationState("2027-01-31", new Date(today))).toEqual({ state, daysLeft });
});
