import { replaceVariables } from "../../aws/policy/replace-variables";
import { splitKey } from "../../trust/admitted";
import { quoted } from "../../aws/policy/position";
import { conditions, MAIN, subject } from "../trust/examples";
import type { TrustRule } from "../trust/rule";
import { SOURCES } from "../trust/sources";
import { isLiteral } from "../trust/values";
import { githubStatements } from "../trust/statements";

export const literalWildcard: TrustRule = {
  id: "L11",
  title: "A wildcard taken literally",
  severity: "error",
  explanation:
    'StringEquals takes "*" and "?" literally, and no owner, repository, branch or tag has one in its name: the value never matches. With StringNotEquals in a Deny, it denies everybody.',
  remedy: "Write out the value, or use StringLike.",
  source: SOURCES.operators,
  appliesTo: "trustPolicy",
  compliant: [
    subject("a pattern in StringLike", "repo:octo-org/web-shop:ref:refs/heads/release/*"),
    subject("a whole value in StringEquals", MAIN),
  ],
  nonCompliant: [
    conditions("a pattern in StringEquals", { StringEquals: { sub: "repo:octo-org/web-shop:*" } }),
    conditions("the same, in any case", { StringEqualsIgnoreCase: { sub: "repo:octo-org/*" } }),
  ],
  check: (policy) =>
    githubStatements(policy).flatMap(({ conditions: all }) =>
      all
        .filter((condition) => isLiteral(condition) && splitKey(condition.key))
        .flatMap(({ operator, values }) =>
          values
            // What the version takes for an escape or a variable is no wildcard.
            .filter(({ text }) => /[*?]/.test(replaceVariables(text, "")))
            .map(({ text, position }) => ({
              position,
              message: `${quoted(text)} never matches: ${operator.base} takes wildcards literally`,
              fix: "write out the value, or move it to StringLike",
            })),
        ),
    ),
};
