import { quoted } from "../../aws/policy/position";
import { subject } from "../trust/examples";
import type { TrustRule } from "../trust/rule";
import { SOURCES } from "../trust/sources";
import { subjectValues } from "../trust/values";

/** Digits that are hardly part of a name: GitHub's newer ids have eight and more. */
const CERTAIN = 5;

export const hyphenIds: TrustRule = {
  id: "L21",
  title: "Ids after a hyphen",
  severity: "warning",
  explanation:
    'For a day in April 2026, subjects had their ids after a hyphen: "repo:octo-org-65/web-shop-74:…". Those are also names of an organization and a repository that anyone may register. GitHub uses "@", which no name can contain. Short numbers may be part of the names: that is a note.',
  remedy: 'Write "repo:OWNER@ID/REPO@ID:…".',
  source: SOURCES.sleeperSquats,
  appliesTo: "trustPolicy",
  compliant: [
    subject('ids behind "@"', "repo:octo-org@9919000/web-shop@74123456:ref:refs/heads/main"),
    subject("one name that ends in a number", "repo:octo-org/web-2026:ref:refs/heads/main"),
  ],
  nonCompliant: [
    subject("ids behind hyphens", "repo:octo-org-9919000/web-shop-74123456:ref:refs/heads/main"),
    subject("numbers that may be ids", "repo:octo-org-65/web-shop-74:ref:refs/heads/main"),
  ],
  check: (policy) =>
    subjectValues(policy).flatMap(({ value }) => {
      const [, owner = "", repository] = /^repo:[^/:@*?]+-([0-9]+)\/[^/:@*?]+-([0-9]+)(?::|$)/.exec(value.text) ?? [];
      if (repository === undefined) return [];
      const severity = Math.min(owner.length, repository.length) >= CERTAIN ? "warning" : "note";
      return [
        {
          position: value.position,
          severity,
          message: `${quoted(value.text)} seems to have ids after hyphens: as names, anyone may register them`,
          fix: 'write the ids after "@", as GitHub does, unless the names really end like that',
        } as const,
      ];
    }),
};
