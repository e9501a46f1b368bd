import { quoted } from "../../aws/policy/position";
import { MAIN, subject } from "../trust/examples";
import { severityOf } from "../trust/severity";
import type { TrustRule } from "../trust/rule";
import { SOURCES } from "../trust/sources";
import { subjectValues } from "../trust/values";

export const everyJob: TrustRule = {
  id: "L6",
  title: "Every job of a repository",
  severity: "warning",
  explanation:
    "A wildcard after the repository's name admits every branch, tag, environment and pull request of it. Whoever can push a branch can run unreviewed code with the role.",
  remedy: "Name the intended jobs: an environment with a branch rule, or a branch.",
  source: SOURCES.ohMyDc,
  appliesTo: "trustPolicy",
  compliant: [subject("one branch", MAIN), subject("environments alone", "repo:octo-org/web-shop:environment:*")],
  nonCompliant: [
    subject("every job", "repo:octo-org/web-shop:*"),
    subject("every job, with ids", "repo:octo-org@65/web-shop@74:*"),
  ],
  check: (policy) =>
    subjectValues(policy)
      .filter(({ set }) => set.breadth === "repository" && set.letsIn === "jobs")
      .map(({ value, set, admission }) => ({
        position: value.position,
        severity: severityOf("warning", admission, "repository"),
        message: `${quoted(value.text)} matches every job of ${set.repository ?? "the repository"}, including pull requests`,
        fix: `name the intended jobs, as in "repo:${set.repository ?? "OWNER/REPO"}:environment:NAME"`,
      })),
};
