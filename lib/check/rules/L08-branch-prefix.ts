import type { ConditionValue } from "../../aws/policy/condition";
import { quoted } from "../../aws/policy/position";
import type { RuleFinding } from "../rule";
import { MAIN, subject } from "../trust/examples";
import type { TrustRule } from "../trust/rule";
import { SOURCES } from "../trust/sources";
import { subjectValues } from "../trust/values";

/** A note: the policy does not say which branches and tags are protected. */
export const branchPrefix: TrustRule = {
  id: "L8",
  title: "Branches or tags with a common prefix",
  severity: "note",
  explanation:
    'A "*" also matches the empty string and "/". "refs/heads/main*" admits main, main2 and main-hotfix/x; "refs/heads/*" admits every branch. Whoever can push an unprotected branch can pick such a name.',
  remedy: 'Name the branch, or end the common part with "/" and protect the branches below it.',
  source: SOURCES.operators,
  appliesTo: "trustPolicy",
  compliant: [
    subject("a branch", MAIN),
    subject("branches of a folder", "repo:octo-org/web-shop:ref:refs/heads/release/*"),
    subject("the tags of versions", "repo:octo-org/web-shop:ref:refs/tags/v*"),
    subject("the merge queue of a branch", "repo:octo-org/web-shop:ref:refs/heads/gh-readonly-queue/main/pr-*"),
  ],
  nonCompliant: [
    subject("a branch and what begins like it", "repo:octo-org/web-shop:ref:refs/heads/main*"),
    subject("every branch", "repo:octo-org/web-shop:ref:refs/heads/*"),
    subject("every branch and tag", "repo:octo-org/web-shop:ref:*"),
    subject("whatever has a word in it", "repo:octo-org/web-shop:*pull*"),
  ],
  check: (policy) =>
    subjectValues(policy).flatMap(({ value, set }): RuleFinding[] => {
      // Nobody pushes to the branches of a merge queue.
      if (set.kinds.size === 1 && set.kinds.has("mergeQueue")) return [];
      const middle = /^[*]+([^*?]+)[*]+$/.exec(set.context)?.[1];
      if (middle !== undefined && set.breadth === "pattern") return [openAtBothEnds(value, middle)];
      const isOfOneRepository = !set.open.has("owner") && !set.open.has("repository") && set.breadth === "pattern";
      const name = /^ref:(?:refs\/heads\/)?(.*)$/s.exec(set.context)?.[1];
      if (
        !isOfOneRepository ||
        name === undefined ||
        !/^(?:[^*?]*[^/*?])?\*$/s.test(name) ||
        set.context.startsWith("ref:refs/tags/")
      )
        return [];
      const every = name === "*";
      return [
        {
          position: value.position,
          message: `${quoted(value.text)} admits ${every ? "every branch" : `every branch that begins with ${quoted(name.slice(0, -1))}`}`,
          fix: every
            ? "name the intended branches"
            : `write out the branch or, for a folder of branches, "${name.slice(0, -1)}/*"`,
        },
      ];
    }),
};

const openAtBothEnds = ({ text, position }: ConditionValue, middle: string): RuleFinding => ({
  position,
  severity: "warning",
  message: `${quoted(text)} is open at both ends: it matches every branch, tag and environment with ${quoted(middle)} in its name`,
  fix: 'write the part of the subject in front of it, as in "repo:OWNER/REPO:ref:refs/heads/NAME"',
});
