import { quoted } from "../../aws/policy/position";
import { MAIN, subject } from "../trust/examples";
import type { TrustRule } from "../trust/rule";
import { SOURCES } from "../trust/sources";
import { subjectValues } from "../trust/values";

export const anyId: TrustRule = {
  id: "L5",
  title: "A wildcard in place of an id",
  severity: "warning",
  explanation:
    "The ids in a subject are what a stranger cannot take over with the name of an account or a repository that was renamed or deleted. A wildcard in their place is safe from names that look alike, and gives that away.",
  remedy: "Write the ids out: gh api repos/OWNER/REPO --jq '.owner.id, .id' shows them.",
  source: SOURCES.githubOidc,
  appliesTo: "trustPolicy",
  compliant: [subject("ids written out", "repo:octo-org@65/web-shop@74:ref:refs/heads/main"), subject("no ids", MAIN)],
  nonCompliant: [
    subject("any ids", "repo:octo-org@*/web-shop@*:ref:refs/heads/main"),
    subject("an id that is not complete", "repo:octo-org@65/web-shop@7?:ref:refs/heads/main"),
  ],
  check: (policy) =>
    subjectValues(policy)
      .filter(
        ({ set: { open }, value }) =>
          (open.has("ownerId") || open.has("repositoryId")) &&
          !open.has("owner") &&
          !open.has("repository") &&
          value.text.includes("@"),
      )
      .map(({ value }) => ({
        position: value.position,
        message: `${quoted(value.text)} admits any id: whoever takes over the name is let in`,
        fix: "write the ids of owner and repository out",
      })),
};
