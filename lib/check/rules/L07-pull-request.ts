import { quoted } from "../../aws/policy/position";
import { MAIN, subject } from "../trust/examples";
import type { TrustRule } from "../trust/rule";
import { SOURCES } from "../trust/sources";
import { subjectValues } from "../trust/values";

/** A note: a policy alone does not say what the role may do, and reading is what such roles are for. */
export const pullRequest: TrustRule = {
  id: "L7",
  title: "Jobs of pull requests",
  severity: "note",
  explanation:
    "The subject of a pull request says nothing of the branch or of who opened it. Its code is unreviewed, its workflow file included: whoever can push a branch to the repository can use the role. Forks get no token.",
  remedy: "Let such a role read what a plan needs, and nothing else; deploy with another one, behind an environment.",
  source: SOURCES.githubOidc,
  appliesTo: "trustPolicy",
  compliant: [subject("a branch", MAIN)],
  nonCompliant: [subject("pull requests", "repo:octo-org/web-shop:pull_request")],
  check: (policy) =>
    subjectValues(policy)
      .filter(({ set }) => set.kinds.size === 1 && set.kinds.has("pullRequest"))
      .map(({ value }) => ({ position: value.position, message: `${quoted(value.text)} admits the unreviewed code of pull requests`, fix: "make sure that the role only reads, and nothing secret" })),
};
