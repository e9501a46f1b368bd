import type { TrustPolicy } from "../../lib/aws/trust-policy";
import type { ExpectedStatement } from "./published-cases";

interface Statement {
  readonly effect: string;
  readonly action: string;
  readonly federated: string;
  readonly conditions: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

/**
 * The single ways in that a trust policy opens: one value for each key. Two policies with the same ways
 * mean the same, however their values are spread over lists and statements. Under StringLike a value
 * without wildcards is an exact one.
 */
function waysIn({ effect, action, federated, conditions }: Statement): string[] {
  const keys = Object.entries(conditions).flatMap(([operator, block]) =>
    Object.entries(block).map(([key, values]) =>
      [values]
        .flat()
        .map(
          (value: string) =>
            `${key} ${operator === "StringLike" && !/[*?]/.test(value) ? "StringEquals" : operator} ${value}`,
        ),
    ),
  );
  const combinations = keys.reduce<string[][]>(
    (ways, values) => ways.flatMap((way) => values.map((value) => [...way, value])),
    [[]],
  );
  return combinations.map((way) => [effect, action, federated, ...way.sort()].join(" | "));
}

const distinct = (ways: readonly string[]): string[] => [...new Set(ways)].sort();

export const waysInOfPolicy = (policy: TrustPolicy): string[] =>
  distinct(
    policy.Statement.flatMap(({ Effect, Action, Principal, Condition, ...others }) => {
      if (Object.keys(others).length > 0) throw new Error(`Unknown element: ${Object.keys(others).join(", ")}`);
      return waysIn({
        effect: Effect,
        action: Action as string,
        federated: (Principal as { Federated: string }).Federated,
        conditions: Condition as Statement["conditions"],
      });
    }),
  );

export const waysInExpected = (statements: readonly ExpectedStatement[], issuer: string): string[] =>
  distinct(
    statements.flatMap(({ effect, actions, principal, conditions }) => {
      const named = Object.fromEntries(
        Object.entries(conditions).map(([operator, block]) => [
          operator,
          Object.fromEntries(Object.entries(block).map(([key, values]) => [`${issuer}:${key}`, values])),
        ]),
      );
      return actions.flatMap((action) => waysIn({ effect, action, federated: principal.Federated, conditions: named }));
    }),
  );
