import { quoted } from "../../aws/policy/position";
import { MAIN, statements, subject } from "../trust/examples";
import type { RuleFinding } from "../rule";
import type { TrustRule } from "../trust/rule";
import { SOURCES } from "../trust/sources";
import { githubStatements } from "../trust/statements";

const condition = { StringEquals: { aud: "sts.amazonaws.com", sub: MAIN } };

export const saidTwice: TrustRule = {
  id: "L33",
  title: "Duplicate value or statement",
  severity: "note",
  explanation:
    "A duplicate value in a list, or a statement that duplicates an earlier one, uses up the quota and changes nothing. When access is removed, one copy is easily left behind.",
  remedy: "Remove the duplicate.",
  source: SOURCES.logic,
  appliesTo: "trustPolicy",
  compliant: [
    statements(
      "two different statements",
      { condition },
      { condition: { StringEquals: { aud: "sts.amazonaws.com", sub: "repo:octo-org/api:pull_request" } } },
    ),
  ],
  nonCompliant: [
    statements("the same statement again", { condition }, { condition }),
    subject("the same value again", [MAIN, MAIN]),
  ],
  check: (policy) => {
    const list = githubStatements(policy);
    const values = list.flatMap(({ conditions }) =>
      conditions.flatMap((each) => repeated(each.values, ({ text }) => text)),
    );
    const again = repeated(list, (statement) =>
      JSON.stringify(statement, (key, value: unknown) => (key === "sid" || /position$/i.test(key) ? undefined : value)),
    );
    return [
      ...values.map(({ text, position }): RuleFinding => ({
        position,
        message: `${quoted(text)} is a duplicate`,
        fix: "remove it",
      })),
      ...again.map(({ position }): RuleFinding => ({
        position,
        message: "this statement duplicates an earlier one",
        fix: "remove it",
      })),
    ];
  },
};

function repeated<T>(list: readonly T[], keyOf: (each: T) => string): T[] {
  if (list.length < 2) return [];
  const seen = new Set<string>();
  return list.filter((each) => {
    const key = keyOf(each);
    const isRepeated = seen.has(key);
    seen.add(key);
    return isRepeated;
  });
}
