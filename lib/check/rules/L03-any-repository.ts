import { isAtLeast } from "../../trust/admitted";
import { quoted } from "../../aws/policy/position";
import { MAIN, subject } from "../trust/examples";
import type { TrustRule } from "../trust/rule";
import { SOURCES } from "../trust/sources";
import { type SubjectValue, subjectValues } from "../trust/values";

export const anyRepository: TrustRule = {
  id: "L3",
  title: "Every repository of an owner",
  severity: "error",
  explanation:
    'A wildcard at the start of the repository\'s name lets in every repository of the owner, including those created or forked into the organization tomorrow. The wildcard matches ":" and "/" too, so "repo:octo-org/*" matches every job.',
  remedy: "List the intended repositories, each with its branch, tag or environment.",
  source: SOURCES.githubAws,
  appliesTo: "trustPolicy",
  compliant: [subject("two repositories, listed", [MAIN, "repo:octo-org/api:ref:refs/heads/main"])],
  nonCompliant: [
    subject("the whole organization", "repo:octo-org/*"),
    subject("one branch of every repository", "repo:octo-org/*:ref:refs/heads/main"),
    subject("the same with the owner's id", "repo:octo-org@65/*"),
  ],
  check: (policy) =>
    subjectValues(policy)
      .filter((each) => beginsRepositoryOpen(each) && isAtLeast(each.set.breadth, "organization"))
      .map(({ value, set }) => ({
        position: value.position,
        message: `${quoted(value.text)} matches every repository of ${set.owner ?? "the owner"}, including those yet to be created`,
        fix: "name the repositories, one in each value",
      })),
};

/** Whether nothing of the repository's name stands before the first wildcard. */
export const beginsRepositoryOpen = ({ set, value }: SubjectValue): boolean =>
  !set.open.has("owner") && set.open.has("repository") && /^repo:[^/*?]+(?:@[^/]*)?\/[*?]/.test(value.text);
