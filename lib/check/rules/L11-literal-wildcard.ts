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
  title: "A wildcard that is none",
  severity: "error",
  explanation:
    'In StringEquals a "*" or "?" is only itself, and no owner, repository, branch or tag has one in its name: the value never matches. Beside StringNotEquals in a denial it denies everybody.',
  remedy: "Write the value out, or compare it by StringLike.",
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
              message: `${quoted(text)} never matches: in ${operator.base} a wildcard stands for itself`,
              fix: "write the value out, or move it to StringLike",
            })),
        ),
    ),
};
