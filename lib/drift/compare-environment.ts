import { reviewerCount } from "../github/protection";
import type { Difference } from "./difference";
import type { ExpectedEnvironment } from "./expected";
import type { EnvironmentFacts, RepositoryFacts } from "./facts";

const NOBODY = "nobody";
const NONE = "none";

/** How the protection of an environment differs from the file. */
export const protectionDrift = (
  expected: ExpectedEnvironment,
  found: EnvironmentFacts,
  repository: RepositoryFacts,
): Difference[] => [
  ...reviewersDrift(expected, found),
  ...settingsDrift(expected, found),
  ...deployFromDrift(expected, found, repository),
];

function reviewersDrift({ protection: { reviewers } }: ExpectedEnvironment, found: EnvironmentFacts): Difference[] {
  const wanted = [
    ...(reviewers.teams ?? []).map((name) => ({ kind: "team", name })),
    ...(reviewers.users ?? []).map((name) => ({ kind: "user", name })),
  ];
  const normal = (all: readonly { kind: string; name: string }[]): string =>
    JSON.stringify(all.map(({ kind, name }) => `${kind} ${name.toLowerCase()}`).sort());
  if (normal(wanted) === normal(found.reviewers)) return [];
  const words = (all: readonly { kind: string; name: string }[]): string =>
    all.map(({ kind, name }) => `${kind} ${name}`).join(", ") || NOBODY;
  const seenByPlan = found.reviewers.length > 0;
  return [
    {
      kind: "reviewers",
      file: words(wanted),
      github: words(found.reviewers),
      seenByPlan,
      ...(!seenByPlan && { fix: UNSEEN_REVIEWERS }),
    },
  ];
}

/** @see https://github.com/integrations/terraform-provider-github/issues/3609 */
const UNSEEN_REVIEWERS =
  'name one of them on GitHub\'s page and apply, which sets the rest, or replace the environment: "terraform apply -replace" with its address (docs/drift.md)';

function settingsDrift({ protection }: ExpectedEnvironment, found: EnvironmentFacts): Difference[] {
  const { waitTimer, preventSelfReview, adminsCanBypass, reviewers } = protection;
  const differences: Difference[] = [];
  if (waitTimer !== found.waitMinutes)
    differences.push({
      kind: "waitTimer",
      file: `${waitTimer} min`,
      github: `${found.waitMinutes} min`,
      seenByPlan: true,
    });
  // Where GitHub has no reviewers the setting is gone with them, which is told already.
  const hasReviewers = found.reviewers.length > 0 || reviewerCount(reviewers) === 0;
  if (hasReviewers && preventSelfReview !== found.preventSelfReview)
    differences.push({
      kind: "preventSelfReview",
      file: yesNo(preventSelfReview),
      github: yesNo(found.preventSelfReview),
      seenByPlan: true,
    });
  if (found.adminsCanBypass !== undefined && adminsCanBypass !== found.adminsCanBypass)
    differences.push({
      kind: "adminsCanBypass",
      file: yesNo(adminsCanBypass),
      github: yesNo(found.adminsCanBypass),
      seenByPlan: true,
    });
  return differences;
}

const yesNo = (value: boolean): string => (value ? "yes" : "no");

function deployFromDrift(
  { protection: { deployFrom } }: ExpectedEnvironment,
  found: EnvironmentFacts,
  { protectedBranches }: RepositoryFacts,
): Difference[] {
  const wanted =
    deployFrom === undefined
      ? "any ref"
      : deployFrom === "protectedBranches"
        ? "protected branches"
        : { branches: deployFrom.branches ?? [], tags: deployFrom.tags ?? [] };
  if (
    wanted === "protected branches" &&
    found.deployFrom === wanted &&
    !protectedBranches.some(({ hasRules }) => hasRules)
  ) {
    const github =
      protectedBranches.length === 0
        ? "no protected branch, so that every branch may deploy"
        : "branches protected by rulesets alone, which environments may not regard";
    return [
      {
        kind: "deployFrom",
        file: refWords(wanted),
        github,
        seenByPlan: true,
        fix: 'protect a branch, with "protectBranches" of the repository in the file or on GitHub\'s pages',
      },
    ];
  }
  const [file, github] = [refWords(wanted), refWords(found.deployFrom)];
  if (file === github) return [];
  // A pattern too many belongs to nobody's state.
  const isExtra =
    typeof wanted === "object" &&
    typeof found.deployFrom === "object" &&
    lacking(wanted, found.deployFrom).length === 0;
  return [
    {
      kind: "deployFrom",
      file,
      github,
      seenByPlan: !isExtra,
      ...(isExtra && {
        fix: `delete the extra pattern on GitHub's page, or write it into the file: ${lacking(found.deployFrom as Patterns, wanted as Patterns).join(", ")}`,
      }),
    },
  ];
}

type Patterns = Extract<EnvironmentFacts["deployFrom"], object>;

const patternWords = ({ branches, tags }: Patterns): string[] => [
  ...[...new Set(branches)].sort().map((name) => `branch ${name}`),
  ...[...new Set(tags)].sort().map((name) => `tag ${name}`),
];

/** Patterns of the one that the other lacks. */
const lacking = (of: Patterns, other: Patterns): string[] =>
  patternWords(of).filter((each) => !patternWords(other).includes(each));

const refWords = (refs: EnvironmentFacts["deployFrom"]): string =>
  typeof refs === "string" ? refs : patternWords(refs).join(", ") || NONE;
