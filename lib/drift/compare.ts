import { parseIamArn } from "../aws/arn";
import { regionRule } from "../aws/partition";
import { reviewerCount } from "../github/protection";
import type { ExpectedEnvironment, ExpectedRepository, ExpectedSubject, ExpectedValue } from "./expected";
import type { EnvironmentFacts, RepositoryFacts, ValueFacts } from "./facts";
import type { Drift, DriftOutput, SecretState } from "./output";

/** A difference, without where it is. */
type Difference = Omit<Drift, "account" | "repository" | "environment" | "name" | "fix"> & { readonly name?: string; readonly fix?: string };

const NOBODY = "nobody";
const NONE = "none";

/** What GitHub has otherwise than the file says. */
export function compareRepository(expected: ExpectedRepository, facts: RepositoryFacts): DriftOutput {
  const drift = [
    ...nameChange(expected, facts),
    ...expected.subjects.flatMap((each) => subjectDrift(each, facts).map((difference) => located(difference, each.account, expected.fullName, null))),
    ...expected.protectedBranches.flatMap(({ account, branch }) => branchDrift(branch, facts).map((difference) => located(difference, account, expected.fullName, null))),
    ...valuesDrift(expected.values, facts, expected.fullName, null),
    ...expected.environments.flatMap((each) => environmentDrift(each, expected, facts)),
  ];
  return { drift, secrets: [...secretStates(expected.values, facts, expected.fullName, null), ...expected.environments.flatMap((each) => secretStates(each.values, environmentOf(facts, each.name), expected.fullName, each.name))] };
}

/** The stack, and so the account, that a difference concerns. */
const located = ({ name, fix, ...difference }: Difference, account: string, repository: string, environment: string | null): Drift => ({
  ...difference,
  account,
  repository,
  environment,
  name: name ?? null,
  fix: fix ?? `plan and apply the stack "${account}", or change the file`,
});

/** One name differs from another in more than case. */
const differ = (a: string, b: string): boolean => a.toLowerCase() !== b.toLowerCase();

function nameChange(expected: ExpectedRepository, { fullName }: RepositoryFacts): Drift[] {
  if (!differ(expected.fullName, fullName)) return [];
  const account = [...expected.environments, ...expected.subjects, ...expected.values, ...expected.protectedBranches][0]?.account ?? "";
  const fix = "correct the name in the file: GitHub only redirects to the new one, and gives the old name to whoever takes it";
  // Where the plan reads the subjects, it shows the new ones.
  const seenByPlan = expected.subjects.some(({ prefixes }) => prefixes === undefined);
  return [located({ kind: "repository", file: expected.fullName, github: fullName, seenByPlan, fix }, account, expected.fullName, null)];
}

function subjectDrift({ prefixes }: ExpectedSubject, { subject }: RepositoryFacts): Difference[] {
  if (!subject) return [];
  const { template, prefix } = subject;
  const fix = "set the repository back to GitHub's default, or describe its subjects in the file: no job of it can assume a role until then";
  if (template) return [{ kind: "subject", file: "GitHub's default template", github: template.length > 0 ? `a template of ${template.join(", ")}` : "the organization's template", seenByPlan: prefixes === undefined, fix }];
  if (prefixes === undefined || prefix === undefined || prefixes.includes(prefix)) return [];
  return [{ kind: "subject", file: prefixes.join(" or "), github: prefix, seenByPlan: false, fix: 'change "subjects", or the ids, of the repository in the file: no job of it can assume a role until then' }];
}

function branchDrift(branch: string, { protectedBranches }: RepositoryFacts): Difference[] {
  const found = protectedBranches.find(({ name }) => name === branch);
  return found?.hasRules ? [] : [{ kind: "protectedBranches", name: branch, file: "protected", github: found ? "protected by a ruleset alone" : "not protected", seenByPlan: true }];
}

const environmentOf = ({ environments }: RepositoryFacts, name: string): EnvironmentFacts | undefined => environments.find((each) => !differ(each.name, name));

function environmentDrift(expected: ExpectedEnvironment, { fullName }: ExpectedRepository, facts: RepositoryFacts): Drift[] {
  const found = environmentOf(facts, expected.name);
  const place = [expected.account, fullName, expected.name] as const;
  if (!found) return [located({ kind: "environment", file: "there", github: "not there", seenByPlan: true }, ...place)];
  const differences = [...reviewersDrift(expected, found), ...settingsDrift(expected, found), ...deployFromDrift(expected, found, facts)];
  return [...differences.map((each) => located(each, ...place)), ...valuesDrift(expected.values, found, fullName, expected.name)];
}

function reviewersDrift({ protection: { reviewers } }: ExpectedEnvironment, found: EnvironmentFacts): Difference[] {
  const wanted = [...(reviewers.teams ?? []).map((name) => ({ kind: "team", name })), ...(reviewers.users ?? []).map((name) => ({ kind: "user", name }))];
  const normal = (all: readonly { kind: string; name: string }[]): string => JSON.stringify(all.map(({ kind, name }) => `${kind} ${name.toLowerCase()}`).sort());
  if (normal(wanted) === normal(found.reviewers)) return [];
  const words = (all: readonly { kind: string; name: string }[]): string => all.map(({ kind, name }) => `${kind} ${name}`).join(", ") || NOBODY;
  const seenByPlan = found.reviewers.length > 0;
  return [{ kind: "reviewers", file: words(wanted), github: words(found.reviewers), seenByPlan, ...(!seenByPlan && { fix: UNSEEN_REVIEWERS }) }];
}

/** @see https://github.com/integrations/terraform-provider-github/issues/3609 */
const UNSEEN_REVIEWERS = 'name one of them on GitHub\'s page and apply, which sets the rest, or replace the environment: "terraform apply -replace" with its address (docs/drift.md)';

function settingsDrift({ protection }: ExpectedEnvironment, found: EnvironmentFacts): Difference[] {
  const { waitTimer, preventSelfReview, adminsCanBypass, reviewers } = protection;
  const differences: Difference[] = [];
  if (waitTimer !== found.waitMinutes) differences.push({ kind: "waitTimer", file: `${waitTimer} min`, github: `${found.waitMinutes} min`, seenByPlan: true });
  // Where GitHub has no reviewers the setting is gone with them, which is told already.
  const hasReviewers = found.reviewers.length > 0 || reviewerCount(reviewers) === 0;
  if (hasReviewers && preventSelfReview !== found.preventSelfReview) differences.push({ kind: "preventSelfReview", file: yesNo(preventSelfReview), github: yesNo(found.preventSelfReview), seenByPlan: true });
  if (found.adminsCanBypass !== undefined && adminsCanBypass !== found.adminsCanBypass) differences.push({ kind: "adminsCanBypass", file: yesNo(adminsCanBypass), github: yesNo(found.adminsCanBypass), seenByPlan: true });
  return differences;
}

const yesNo = (value: boolean): string => (value ? "yes" : "no");

function deployFromDrift({ protection: { deployFrom } }: ExpectedEnvironment, found: EnvironmentFacts, { protectedBranches }: RepositoryFacts): Difference[] {
  const wanted = deployFrom === undefined ? "any ref" : deployFrom === "protectedBranches" ? "protected branches" : { branches: deployFrom.branches ?? [], tags: deployFrom.tags ?? [] };
  if (wanted === "protected branches" && found.deployFrom === wanted && !protectedBranches.some(({ hasRules }) => hasRules)) {
    const github = protectedBranches.length === 0 ? "no protected branch, so that every branch may deploy" : "branches protected by rulesets alone, which environments may not regard";
    return [{ kind: "deployFrom", file: refWords(wanted), github, seenByPlan: true, fix: 'protect a branch, with "protectBranches" of the repository in the file or on GitHub\'s pages' }];
  }
  const [file, github] = [refWords(wanted), refWords(found.deployFrom)];
  if (file === github) return [];
  // A pattern too many belongs to nobody's state.
  const isExtra = typeof wanted === "object" && typeof found.deployFrom === "object" && lacking(wanted, found.deployFrom).length === 0;
  return [{ kind: "deployFrom", file, github, seenByPlan: !isExtra, ...(isExtra && { fix: `delete what is too many on GitHub's page, or write it into the file: ${lacking(found.deployFrom as Patterns, wanted as Patterns).join(", ")}` }) }];
}

type Patterns = Extract<EnvironmentFacts["deployFrom"], object>;

const patternWords = ({ branches, tags }: Patterns): string[] => [...[...new Set(branches)].sort().map((name) => `branch ${name}`), ...[...new Set(tags)].sort().map((name) => `tag ${name}`)];

/** Patterns of the one that the other lacks. */
const lacking = (of: Patterns, other: Patterns): string[] => patternWords(of).filter((each) => !patternWords(other).includes(each));

const refWords = (refs: EnvironmentFacts["deployFrom"]): string => (typeof refs === "string" ? refs : patternWords(refs).join(", ") || NONE);

function valuesDrift(expected: readonly ExpectedValue[], found: ValueFacts, repository: string, environment: string | null): Drift[] {
  return expected.flatMap((each) => valueDrift(each, found).map((difference) => located(difference, each.account, repository, environment)));
}

function valueDrift({ kind, name, value }: ExpectedValue, { variables, secrets }: ValueFacts): Difference[] {
  const key = name.toUpperCase();
  if (kind === "secret") return secrets.some((each) => each.name === key) ? [] : [{ kind, name, file: "there", github: "not there", seenByPlan: true }];
  const actual = variables.get(key);
  if (actual === value) return [];
  return [{ kind, name, file: shown(value ?? "", "its value"), github: actual === undefined ? "not there" : shown(actual, "another value"), seenByPlan: true }];
}

/** The ARN of a role and a region are shown; whatever else somebody put into a variable may be no business of a log. */
const shown = (value: string, otherwise: string): string => (parseIamArn(value)?.type === "role" || regionRule(value) === undefined ? value : otherwise);

function secretStates(expected: readonly ExpectedValue[], found: ValueFacts | undefined, repository: string, environment: string | null): SecretState[] {
  const wanted = new Set(expected.filter(({ kind }) => kind === "secret").map(({ name }) => name.toUpperCase()));
  return (found?.secrets ?? []).filter(({ name }) => wanted.has(name)).map(({ name, updatedAt }) => ({ repository, environment, name, updatedAt }));
}
