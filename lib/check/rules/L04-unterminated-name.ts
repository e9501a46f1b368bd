import { isAtLeast } from "../../trust/admitted";
import { quoted } from "../../aws/policy/position";
import { MAIN, subject } from "../trust/examples";
import type { TrustRule } from "../trust/rule";
import { SOURCES } from "../trust/sources";
import { subjectValues } from "../trust/values";
import { leavesOwnerOpen } from "./L02-any-owner";
import { beginsRepositoryOpen } from "./L03-any-repository";

export const unterminatedName: TrustRule = {
  id: "L4",
  title: "A name that is left open",
  severity: "error",
  explanation:
    'A wildcard inside a name matches every name with the same beginning or end. "repo:octo-org*/web-shop*:…", meant for subjects with and without ids, admits octo-org-evil/web-shop-evil, which anyone may register. In a repository\'s name it admits whatever a member of the organization creates.',
  remedy: 'Write the names in full: list "repo:OWNER/REPO:…" and "repo:OWNER@ID/REPO@ID:…" as exact values.',
  source: SOURCES.githubOidc,
  appliesTo: "trustPolicy",
  compliant: [subject("both forms, each exact", [MAIN, "repo:octo-org@65/web-shop@74:ref:refs/heads/main"])],
  nonCompliant: [
    subject("owners that begin alike", "repo:octo-org*"),
    subject("both names", "repo:octo-org*/web-shop*:ref:refs/heads/main"),
    subject("repositories that begin alike", "repo:octo-org/web-shop*"),
    subject("one character left open", "repo:octo-or?/web-shop:ref:refs/heads/main"),
    subject("repositories that end alike", "repo:octo-org/web-*-shop:pull_request"),
  ],
  check: (policy) =>
    subjectValues(policy)
      .filter(({ set }) => isAtLeast(set.breadth, "organization"))
      .filter(
        (each) =>
          (each.set.open.has("owner") || each.set.open.has("repository")) &&
          !leavesOwnerOpen(each) &&
          !beginsRepositoryOpen(each),
      )
      .map(({ value, set }) => {
        const isOwner = set.breadth === "anyone";
        return {
          position: value.position,
          message: `${quoted(value.text)} leaves the ${isOwner ? "owner's" : "repository's"} name open: it admits ${isOwner ? "whoever registers a name like it" : `other repositories of ${set.owner ?? "the owner"} with a name like it`}`,
          fix: 'end the name with ":" or "/", and list the forms with and without ids as two exact values',
        };
      }),
};
