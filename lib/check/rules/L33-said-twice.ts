import { quoted } from "../../aws/policy/position";
import { MAIN, statements, subject } from "../trust/examples";
import type { RuleFinding } from "../rule";
import type { TrustRule } from "../trust/rule";
import { SOURCES } from "../trust/sources";
import { githubStatements } from "../trust/statements";

const condition = { StringEquals: { aud: "sts.amazonaws.com", sub: MAIN } };

export const saidTwice: TrustRule = {
  id: "L33",
  title: "The same, said twice",
  severity: "note",
  explanation:
    "A value that stands twice in a list, and a statement that says what an earlier one says, take characters of the quota and change nothing. When access is taken away, one of them is easily left behind.",
  remedy: "Take the second out.",
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
        message: `${quoted(text)} stands here a second time`,
        fix: "take it out",
      })),
      ...again.map(({ position }): RuleFinding => ({
        position,
        message: "this statement says what an earlier one says",
        fix: "take it out",
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
