import { exactText } from "../../aws/pattern";
import { quoted } from "../../aws/policy/position";
import { conditions, MAIN, subject } from "../trust/examples";
import type { TrustRule } from "../trust/rule";
import { SOURCES } from "../trust/sources";
import { type SubjectValue, subjectValues } from "../trust/values";

export const anyOwner: TrustRule = {
  id: "L2",
  title: "A subject that matches any owner",
  severity: "error",
  explanation:
    'A wildcard before the owner\'s name lets in repositories of every owner on GitHub: "repo:*", "repo:*/*" and "*:environment:production" all do. AWS stores such a policy, because it only rejects a bare "*".',
  remedy: "Write out the owner, the repository and the job's branch, tag or environment.",
  source: SOURCES.openRoles,
  appliesTo: "trustPolicy",
  compliant: [
    subject("owner and repository written out", MAIN),
    conditions("any subject of one repository, which L6 is for", {
      StringLike: { sub: "repo:*" },
      StringEquals: { repository: "octo-org/web-shop" },
    }),
  ],
  nonCompliant: [
    subject("everything", "*"),
    subject("every repository", "repo:*"),
    subject("every owner's repository", "repo:*/*"),
    subject("a repository's name, of any owner", "repo:*/web-shop:ref:refs/heads/main"),
    subject("an environment of whoever has one", "*:environment:production"),
    conditions("one loose value in a list", { StringLike: { sub: [MAIN, "repo:*"] } }),
  ],
  check: (policy) =>
    subjectValues(policy)
      .filter((each) => leavesOwnerOpen(each) && each.set.breadth === "anyone")
      .map(({ value }) => ({
        position: value.position,
        message: `${quoted(value.text)} matches repositories of any owner`,
        fix: 'begin with the owner and the repository, as in "repo:OWNER/REPO:environment:NAME"',
      })),
};

/** Whether nothing of the owner's name stands before the first wildcard. */
export const leavesOwnerOpen = ({ set, value }: SubjectValue): boolean =>
  set.open.has("owner") &&
  set.term.every(({ pattern }) => exactText(pattern) === undefined) &&
  /^(?:repo:?|rep|re|r|)[*?]/.test(value.text);
