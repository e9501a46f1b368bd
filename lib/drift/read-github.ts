import { z } from "zod";
import type { ExpectedEnvironment, ExpectedRepository, ExpectedValue } from "./expected";
import type { BranchFacts, EnvironmentFacts, RepositoryFacts, Reviewer, SubjectFacts, ValueFacts } from "./facts";
import type { GithubClient } from "./github-client";

/** The parts of GitHub's answers that are read. @see https://docs.github.com/en/rest */
const repositorySchema = z.looseObject({ full_name: z.string() });
/** Who is gone from GitHub may still stand among the reviewers. */
const reviewerSchema = z.looseObject({
  type: z.string().optional(),
  reviewer: z.looseObject({ login: z.string().optional(), slug: z.string().optional() }).nullish(),
});
const ruleSchema = z.looseObject({
  type: z.string(),
  wait_timer: z.number().optional(),
  prevent_self_review: z.boolean().optional(),
  reviewers: z.array(reviewerSchema).optional(),
});
const environmentSchema = z.looseObject({
  name: z.string(),
  can_admins_bypass: z.boolean().optional(),
  protection_rules: z.array(ruleSchema).optional(),
  deployment_branch_policy: z
    .looseObject({ protected_branches: z.boolean(), custom_branch_policies: z.boolean() })
    .nullish(),
});
const environmentsSchema = z.looseObject({ environments: z.array(environmentSchema) });
const policiesSchema = z.looseObject({
  branch_policies: z.array(z.looseObject({ name: z.string(), type: z.enum(["branch", "tag"]).optional() })),
});
const variablesSchema = z.looseObject({ variables: z.array(z.looseObject({ name: z.string(), value: z.string() })) });
const secretsSchema = z.looseObject({ secrets: z.array(z.looseObject({ name: z.string(), updated_at: z.string() })) });
const subjectSchema = z.looseObject({
  use_default: z.boolean(),
  include_claim_keys: z.array(z.string()).nullish(),
  sub_claim_prefix: z.string().nullish(),
});
const branchesSchema = z.array(
  z.looseObject({
    name: z.string(),
    protected: z.boolean(),
    protection: z.looseObject({ enabled: z.boolean().optional() }).optional(),
  }),
);

/**
 * Reads of a repository what the file says something about, and no more.
 *
 * @throws GithubError when something cannot be read: what is not known is no match.
 */
export async function readRepository(client: GithubClient, expected: ExpectedRepository): Promise<RepositoryFacts> {
  const path = `repos/${expected.fullName.split("/").map(encodeURIComponent).join("/")}`;
  const { full_name: fullName } = await client.get(path, repositorySchema);
  const [environments, values, subject, protectedBranches] = await Promise.all([
    expected.environments.length > 0 ? readEnvironments(client, path, expected.environments) : [],
    readValues(client, `${path}/actions`, expected.values),
    expected.subjects.length > 0 ? readSubject(client, path) : undefined,
    needsBranches(expected) ? readProtectedBranches(client, path) : [],
  ]);
  return { fullName, environments, ...values, subject, protectedBranches };
}

const needsBranches = ({ protectedBranches, environments }: ExpectedRepository): boolean =>
  protectedBranches.length > 0 || environments.some(({ protection }) => protection.deployFrom === "protectedBranches");

async function readEnvironments(
  client: GithubClient,
  repository: string,
  expected: readonly ExpectedEnvironment[],
): Promise<EnvironmentFacts[]> {
  const byName = new Map(expected.map((each) => [each.name.toLowerCase(), each]));
  const all = await client.list(
    `${repository}/environments?per_page=100`,
    environmentsSchema,
    ({ environments }) => environments,
  );
  const asked = all.flatMap((each) => byName.get(each.name.toLowerCase()) ?? []);
  return Promise.all(asked.map((each) => readEnvironment(client, repository, each, all)));
}

type RawEnvironment = z.infer<typeof environmentSchema>;

async function readEnvironment(
  client: GithubClient,
  repository: string,
  { name, values }: ExpectedEnvironment,
  all: readonly RawEnvironment[],
): Promise<EnvironmentFacts> {
  const raw = all.find((each) => each.name.toLowerCase() === name.toLowerCase()) as RawEnvironment;
  const path = `${repository}/environments/${encodeURIComponent(raw.name)}`;
  const [deployFrom, facts] = await Promise.all([readDeployFrom(client, path, raw), readValues(client, path, values)]);
  const rules = raw.protection_rules ?? [];
  const review = rules.find(({ type }) => type === "required_reviewers");
  return {
    name: raw.name,
    reviewers: (review?.reviewers ?? []).map(reviewerOf),
    waitMinutes: rules.find(({ type }) => type === "wait_timer")?.wait_timer ?? 0,
    preventSelfReview: review?.prevent_self_review ?? false,
    adminsCanBypass: raw.can_admins_bypass,
    deployFrom,
    ...facts,
  };
}

const reviewerOf = ({ type, reviewer }: z.infer<typeof reviewerSchema>): Reviewer => ({
  kind: type === "Team" ? "team" : "user",
  name: reviewer?.login ?? reviewer?.slug ?? "(gone from GitHub)",
});

async function readDeployFrom(
  client: GithubClient,
  path: string,
  { deployment_branch_policy: policy }: RawEnvironment,
): Promise<EnvironmentFacts["deployFrom"]> {
  if (!policy) return "any ref";
  if (policy.protected_branches) return "protected branches";
  const policies = await client.list(
    `${path}/deployment-branch-policies?per_page=100`,
    policiesSchema,
    ({ branch_policies: items }) => items,
  );
  const ofType = (wanted: "branch" | "tag"): string[] =>
    policies.filter(({ type = "branch" }) => type === wanted).map(({ name }) => name);
  return { branches: ofType("branch"), tags: ofType("tag") };
}

/** Variables come thirty at a time, secrets a hundred. Neither is asked for where none is expected. */
async function readValues(client: GithubClient, path: string, expected: readonly ExpectedValue[]): Promise<ValueFacts> {
  const wants = (kind: ExpectedValue["kind"]): boolean => expected.some((each) => each.kind === kind);
  const [variables, secrets] = await Promise.all([
    wants("variable") ? client.list(`${path}/variables?per_page=30`, variablesSchema, (page) => page.variables) : [],
    wants("secret") ? client.list(`${path}/secrets?per_page=100`, secretsSchema, (page) => page.secrets) : [],
  ]);
  return {
    variables: new Map(variables.map(({ name, value }) => [name.toUpperCase(), value])),
    secrets: secrets.map(({ name, updated_at: updatedAt }) => ({ name: name.toUpperCase(), updatedAt })),
  };
}

async function readSubject(client: GithubClient, repository: string): Promise<SubjectFacts> {
  const {
    use_default: isDefault,
    include_claim_keys: keys,
    sub_claim_prefix: prefix,
  } = await client.get(`${repository}/actions/oidc/customization/sub`, subjectSchema);
  // Without claims of its own a repository follows its organization's.
  return {
    template: isDefault ? "default" : keys && keys.length > 0 ? keys : "organization",
    prefix: prefix ?? undefined,
  };
}

async function readProtectedBranches(client: GithubClient, repository: string): Promise<BranchFacts[]> {
  const branches = await client.list(
    `${repository}/branches?protected=true&per_page=100`,
    branchesSchema,
    (page) => page,
  );
  return branches
    .filter((each) => each.protected)
    .map(({ name, protection }) => ({ name, hasRules: protection?.enabled !== false }));
}
