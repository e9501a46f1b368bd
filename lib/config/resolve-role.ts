import { oidcProviderArn } from "../aws/arn";
import { claimKeyRule, knowsGithubClaims } from "../aws/condition-keys";
import { policyLength } from "../aws/policy-document";
import { roleNameRule, SESSION_SECONDS, TRUST_POLICY_LENGTH } from "../aws/role-rules";
import { trustPolicy, trustPolicyProblem } from "../aws/trust-policy";
import { jobFilterProblems, otherClaims, type JobFilter } from "../github/job-filter";
import { DEFAULT_TEMPLATE } from "../github/subject-template";
import { besideTemplate, requiredAlternatives, templateProblems } from "../github/templated-jobs";
import { isLookedUp, type Admission, type RoleAccess } from "./account-access";
import { parseDuration } from "./duration";
import type { Written } from "./expand-pairs";
import { otherPrincipals } from "./other-principals";
import type { PolicyFiles } from "./policy-file";
import { onceEach, quote, renderPath, type Path, type Problem } from "../yaml/problem";
import { pullRequestsDeploy } from "./pull-requests-deploy";
import { longestPrefixes, mintedBy, type RepositorySubjects } from "./repository-subjects";
import { checkTags, type AccountDraft } from "./resolve-account";
import type { ChainedRoles } from "./resolve-chain";
import { resolvePolicies } from "./resolve-policies";
import { pathOfPublished, publishedValues } from "./resolve-publish";
import { statePolicies, type States } from "./resolve-states";
import { byRepository, publishedInParts } from "./split-role";
import type { EnvironmentRoleConfig, RepositoryRoleConfig } from "./schema";

/** Most alternatives whose trust policy is measured: no quota has room for more. */
const MAX_MEASURED = 1_000;

/** What a role is resolved with. */
export interface RoleContext {
  readonly owner: string;
  readonly repository: string;
  readonly path: Path;
  readonly account: AccountDraft;
  /** Name of the account, where the role is in several. */
  readonly suffix: string | undefined;
  readonly states: States;
  readonly subjects: RepositorySubjects;
  readonly chain: ChainedRoles;
  readonly policies: PolicyFiles;
  /** Where the file has what messages tell of. */
  readonly written: Written;
  readonly report: (problem: Problem) => void;
}

/** A role of one environment. */
export function resolveEnvironmentRole(
  role: EnvironmentRoleConfig,
  scope: EnvironmentScope,
  context: RoleContext,
): RoleAccess {
  const { environment, key } = scope;
  const place: Place = { path: context.path.slice(0, key === undefined ? -1 : -2), atKey: true, isOfNames: true };
  const admits = admission({ environment }, () => place, context);
  return resolveRole(role, scope, admits, context);
}

type EnvironmentScope = Extract<RoleAccess["scope"], { environment: string }>;

/** A role of the whole repository, or its parts where the file has it split. */
export function resolveRepositoryRole(role: RepositoryRoleConfig, key: string, context: RoleContext): RoleAccess[] {
  const wrong = pullRequestsDeploy(role);
  if (wrong) context.report({ path: [...context.path, wrong.key], atKey: true, message: wrong.message });
  const admits = role.allow.flatMap((entry, index) =>
    admission(entry, (...keys) => ({ path: [...context.path, "allow", index, ...keys] }), context),
  );
  if (role.split === undefined) return [resolveRole(role, { role: key }, admits, context)];
  checkSplit(role, context);
  const once = { ...context, report: onceEach(context.report) };
  return [...byRepository(admits, context.owner)].map(([part, group]) =>
    resolveRole(publishedInParts(role, part, once), { role: key }, group, once, part),
  );
}

function resolveRole(
  role: EnvironmentRoleConfig,
  scope: RoleAccess["scope"],
  admits: Admission[],
  context: RoleContext,
  part?: string,
): RoleAccess {
  const name = roleName(role, scope, part, context);
  const alsoTrusts = otherPrincipals(role.alsoTrusts ?? [], context);
  checkTrust(admits, alsoTrusts, part, role.sessionName, context);
  const made = [...context.chain.assumedBy(role, name, context), ...statePolicies(role, context)];
  return {
    repository: context.repository,
    scope,
    part,
    name,
    description: role.description,
    sessionSeconds:
      (role.sessionDuration === undefined ? undefined : parseDuration(role.sessionDuration)) ?? SESSION_SECONDS.min,
    sessionName: role.sessionName,
    tags: roleTags(role.tags, context),
    ...resolvePolicies(role, name, context, made),
    exclusive: role.exclusive ?? context.account.exclusive,
    admits,
    alsoTrusts,
    publish: publishedValues(role.publish, {
      scope,
      account: context.suffix,
      place:
        "environment" in scope
          ? { repository: context.repository, environment: scope.environment }
          : { repository: part ?? context.repository },
    }),
  };
}

/** The account's tags, and the role's own. */
function roleTags(
  own: EnvironmentRoleConfig["tags"],
  { account, path, report }: RoleContext,
): Readonly<Record<string, string>> {
  if (!own) return account.tags;
  checkTags(
    [
      [account.tags, ["accounts", account.name, "tags"]],
      [own, [...path, "tags"]],
    ],
    report,
  );
  return { ...account.tags, ...own };
}

function roleName(
  role: EnvironmentRoleConfig,
  scope: RoleAccess["scope"],
  part: string | undefined,
  { repository, path, account, written, report }: RoleContext,
): string {
  const whole =
    role.name ??
    [
      repository,
      ...("environment" in scope ? [scope.environment, ...(scope.key === undefined ? [] : [scope.key])] : [scope.role]),
    ].join("-");
  const name = part === undefined ? whole : `${whole}-${part.replace("/", "-")}`;
  const wrong = roleNameRule(name);
  if (wrong && part !== undefined)
    report({
      path,
      atKey: true,
      isOfNames: true,
      message: `the name ${quote(name)} of the role for ${quote(part)} is not valid in IAM (${wrong}): give it a shorter "name"`,
    });
  else if (wrong && role.name === undefined)
    report({
      path,
      atKey: true,
      isOfNames: true,
      message: `the role's default name ${quote(name)} is not valid in IAM (${wrong}): give it a "name"`,
    });
  const where: Path = role.name === undefined ? path : [...path, "name"];
  const twin = account.roleNames.get(name.toLowerCase());
  if (twin)
    report({
      path: where,
      atKey: role.name === undefined,
      message: `role name ${quote(name)} is also at ${renderPath(written(twin))}, in the same account (IAM does not regard case): give one of them another "name"`,
    });
  else account.roleNames.set(name.toLowerCase(), where);
  return name;
}

/** What a split role cannot have: each of its parts is for one repository. */
function checkSplit({ allow, publish }: RepositoryRoleConfig, { path, report }: RoleContext): void {
  for (const [index, { subject }] of allow.entries())
    if (subject !== undefined)
      report({
        path: [...path, "allow", index, "subject"],
        message:
          '"subject" beside "split": it does not say which repository\'s role it is for, write the job with the other keys',
      });
  for (const [index, item] of publish ? [publish].flat().entries() : [])
    if (item.organization !== undefined)
      report({
        path: [...pathOfPublished(publish, index, path), "organization"],
        message:
          '"organization" beside "split": each repository has a role of its own, and one value cannot name them all, publish in the repositories',
      });
}

/** Where a problem of a filter shows. */
type Place = Pick<Problem, "path" | "atKey" | "isOfNames">;

/** The jobs of an entry of `allow`, with their repository; nothing where it has mistakes. */
function admission(
  entry: Admission["jobs"] & { readonly repository?: string },
  placeOf: (...keys: string[]) => Place,
  context: RoleContext,
): Admission[] {
  const { repository: other, ...jobs } = entry;
  // The schema has reported text that no trust policy has room for.
  if (Object.values(jobs).some((value) => typeof value === "string" && value.length > TRUST_POLICY_LENGTH.max))
    return [];
  const problems: FilterMistake[] = [
    ...jobFilterProblems(jobs).map(({ key, claim, message }) => ({
      keys: [key, claim].filter((each) => each !== undefined),
      message,
    })),
    ...valueMistakes(jobs),
  ];
  if (other !== undefined && jobs.subject !== undefined)
    problems.push({
      keys: ["subject"],
      message: '"subject" together with "repository": the subject names its repository, remove "repository"',
    });
  for (const { keys, message } of problems) context.report({ ...placeOf(...keys), isLack: keys.length === 0, message });
  // A raw subject is written out: nothing is looked up for it, and no ids are needed.
  const repository =
    jobs.subject === undefined
      ? subjectsOf(other, placeOf, context)
      : ({ owner: context.owner, name: context.repository, subjects: "name", ids: undefined } as const);
  const templates = repository?.forms?.map(({ claims }) => claims) ?? [DEFAULT_TEMPLATE];
  const unsaid =
    problems.length > 0 || !repository ? [] : templateProblems(jobs, { templates, claims: repository.claims });
  const instead = isOfPair(context)
    ? ' (a pair has none: write its two roles out under "roles")'
    : placeOf().isOfNames
      ? ' (the role of an environment has none: make it one under "roles")'
      : "";
  for (const { key, message } of unsaid)
    context.report({
      ...placeOf(...(key === undefined ? [] : [key])),
      isLack: key === undefined,
      message: key === undefined ? `${message}${instead}` : message,
    });
  checkClaims(
    templates.map((template) => besideTemplate(jobs, template)),
    placeOf,
    context,
  );
  // The schema has reported a claim that AWS does not know.
  const isSound =
    problems.length + unsaid.length === 0 &&
    Object.keys(jobs.claims ?? {}).every((claim) => claimKeyRule(claim) === undefined);
  return repository && isSound ? [{ repository, jobs }] : [];
}

/** Whether the file has the role as one of a pair. */
const isOfPair = ({ path, written }: RoleContext): boolean => written(path)[2] === "terraform";

/** Something wrong in a filter, at one of its keys or in what it lacks. */
interface FilterMistake {
  readonly keys: readonly string[];
  readonly message: string;
}

/** Values that no trust policy can hold. */
function valueMistakes({ claims, subjectClaims, ...filter }: JobFilter): FilterMistake[] {
  const ofKeys = Object.entries(filter).map(([key, value]) => ({
    keys: [key],
    message: foreignCharacter(quote(key), String(value)),
  }));
  const named = [
    ...otherClaims({ claims }).map(([claim, values]) => ({ key: "claims", claim, values })),
    ...Object.entries(subjectClaims ?? {}).map(([claim, values]) => ({
      key: "subjectClaims",
      claim,
      values: [values].flat(),
    })),
  ];
  const ofClaims = named.flatMap(({ key, claim, values }) =>
    values.map((value) => ({
      keys: [key, claim],
      message: anyValue(claim, value) ?? foreignCharacter(`claim ${quote(claim)}`, value),
    })),
  );
  return [...ofKeys, ...ofClaims].flatMap(({ keys, message }) => (message === undefined ? [] : [{ keys, message }]));
}

const anyValue = (claim: string, value: string): string | undefined =>
  /^[*?]+$/.test(value)
    ? `claim ${quote(claim)} ${quote(value)}: a bare wildcard matches every job, write a value or remove the claim`
    : undefined;

/** @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html */
function foreignCharacter(what: string, value: string): string | undefined {
  const foreign = /[^\u0020-\u00ff]/u.exec(value);
  return foreign
    ? `${what} ${quote(value)}: IAM accepts only Latin-1 characters in a trust policy, which ${quote(foreign[0])} is not: choose another name`
    : undefined;
}

function subjectsOf(
  other: string | undefined,
  placeOf: (...keys: string[]) => Place,
  { owner, repository, subjects, report }: RoleContext,
): Admission["repository"] | undefined {
  const [first = "", second] = (other ?? repository).split("/");
  const found = second === undefined ? subjects.of(owner, first) : subjects.of(first, second);
  if (typeof found !== "string") return found;
  if (subjects.isNews(found)) report({ ...(other === undefined ? placeOf() : placeOf("repository")), message: found });
  return undefined;
}

/** Beyond `aud` and `sub`, AWS's condition keys are known for one issuer in one partition only. @param beside what subjects do not say, for each form of them */
function checkClaims(
  beside: readonly JobFilter[],
  placeOf: (...keys: string[]) => Place,
  { account, report }: RoleContext,
): void {
  const { github, partition, assertsClaimKeys } = account;
  if (assertsClaimKeys || knowsGithubClaims(github.instance.issuer, partition)) return;
  const keys = ["workflow", "claims", "branch", "tag"] as const;
  const asked = keys.filter((key) =>
    beside.some(
      (jobs) => jobs[key] !== undefined && (jobs.environment !== undefined || key === "workflow" || key === "claims"),
    ),
  );
  for (const key of asked)
    report({
      ...placeOf(key),
      message: `"${key}" requires a claim in addition to the subject, but AWS is known to compare those only for token.actions.githubusercontent.com in partition "aws", not for ${github.instance.issuer} in "${partition}": leave it out, have the subject say it with "subjectTemplate", or vouch for it with "claimKeys: asserted" of the account`,
    });
}

/** Builds the policy once with the longest subjects: what AWS would refuse is found here. */
function checkTrust(
  admits: readonly Admission[],
  alsoTrusts: RoleAccess["alsoTrusts"],
  part: string | undefined,
  sessionName: string | undefined,
  { account, path, owner, report }: RoleContext,
): void {
  const { github, audiences, partition, id, trustPolicyQuota: quota } = account;
  // Without jobs or audiences there is something to correct first.
  if (admits.length === 0 || audiences.length === 0) return;
  const alternatives = admits.flatMap(({ repository, jobs }) =>
    requiredAlternatives(jobs, mintedBy(repository, longestPrefixes(repository))),
  );
  if (alternatives.length > MAX_MEASURED)
    return report({
      path,
      atKey: true,
      message: `${alternatives.length} alternatives, and a trust policy has room for ${quota} characters: admit fewer jobs, or make several roles of it`,
    });
  const problem = trustPolicyProblem({ audiences, alternatives });
  if (problem) return report({ path, atKey: true, message: `trust policy: ${problem}` });
  const length = policyLength(
    JSON.stringify(
      trustPolicy({
        providerArn: oidcProviderArn(partition, id, github.instance.issuer),
        issuer: github.instance.issuer,
        audiences,
        alternatives,
        sessionName,
        others: { principals: alsoTrusts, home: { id, partition } },
      }),
    ),
  );
  if (length <= quota) return;
  const estimated = admits.some(({ repository }) => isLookedUp(repository)) ? "up to " : "";
  const whose = part === undefined ? "" : ` for ${quote(part)}`;
  const split = part === undefined && byRepository(admits, owner).size > 1 ? ', say "split: perRepository"' : "";
  const raise =
    quota < TRUST_POLICY_LENGTH.max ? ', or have AWS raise quota L-C07B4B0D and set "trustPolicyQuota"' : "";
  report({
    path,
    atKey: true,
    message: `trust policy${whose} of ${estimated}${length} characters, over the quota of ${quota}: admit fewer jobs, make two roles of it${split}${raise}`,
  });
}
