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
    "Ids protect against name takeover: a stranger can register the name of a renamed or deleted account or repository, but not its id. A wildcard in their place is safe from names that look alike, but loses that protection.",
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
        message: `${quoted(value.text)} matches any id: whoever takes over the name gets in`,
        fix: "write out the ids of the owner and the repository",
      })),
};
