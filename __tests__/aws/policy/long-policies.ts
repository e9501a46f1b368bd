import { ISSUER, policyText, statement } from "./policies";

/** Statements of a long policy: printed with every value as a list, it is 176 characters longer. */
const STATEMENTS = 22;

const allowing = (operator: "StringEquals" | "StringLike", sub: string): object =>
  statement({
    Condition: {
      StringEquals: {
        [`${ISSUER}:aud`]: "sts.amazonaws.com",
        ...(operator === "StringEquals" ? { [`${ISSUER}:sub`]: sub } : {}),
      },
      ...(operator === "StringEquals" ? {} : { StringLike: { [`${ISSUER}:sub`]: sub } }),
    },
  });

const branchOf = (index: number, padding: number): string =>
  `repo:octo-org/web-shop:ref:refs/heads/b${index}-${"x".repeat(padding)}`;

/**
 * A trust policy of so many characters, no white space among them: one of its statements trusts every repository on
 * GitHub, the others a branch each.
 */
export function longPolicy(length: number): string {
  const branches = STATEMENTS - 1;
  const withPadding = (total: number): string =>
    policyText([
      ...Array.from({ length: branches }, (_, index) =>
        allowing("StringEquals", branchOf(index, Math.floor(total / branches) + (index < total % branches ? 1 : 0))),
      ),
      allowing("StringLike", "repo:*"),
    ]);
  return withPadding(length - withPadding(0).length);
}
