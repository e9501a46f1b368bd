import fc from "fast-check";
import { trustPolicy } from "../../../lib/aws/trust-policy";
import { jobFilterProblems, requiredClaims, type JobFilter } from "../../../lib/github/job-filter";
import { admits, type Claims, globMatches } from "../../aws/trust-evaluator";
import { casesMet, runs } from "../../support/runs";

/**
 * The whole way from a filter of the access file to the token of a job: every token that GitHub mints
 * for a job that the filter means is admitted, and no other. Tokens are minted here, as GitHub's reference
 * says, and not by the product.
 *
 * @see https://docs.github.com/en/actions/reference/security/oidc
 */

const ISSUER = "token.actions.githubusercontent.com";
const OWNERS = [
  { login: "octo-org", id: "65" },
  { login: "octo-org-65", id: "7" },
  { login: "octo", id: "65" },
] as const;
const REPOSITORIES = [
  { name: "web-shop", id: "74" },
  { name: "web-shop-74", id: "74" },
  { name: "web", id: "9" },
] as const;
const CALLED = [
  "octo-org/ci/.github/workflows/release.yml@refs/heads/main",
  "octo-org/ci/.github/workflows/release.yml@refs/heads/main2",
  "octo/ci/.github/workflows/release.yml@refs/heads/main",
] as const;

/** Names that begin alike, or are those of something else. */
const branchName = fc.constantFrom(
  "main",
  "main2",
  "Main",
  "release/1",
  "release/1/x",
  "pull_request",
  "gh-readonly-queue/main/pr-1-a",
);
const tagName = fc.constantFrom("v1", "v1.2", "main", "release/1");
const environmentName = fc.constantFrom(
  "production",
  "production:v1",
  "production-eu",
  "Production",
  "main",
  "pull_request",
);

interface Job {
  readonly owner: (typeof OWNERS)[number];
  readonly repository: (typeof REPOSITORIES)[number];
  readonly mintsIds: boolean;
  readonly does:
    | { readonly kind: "branch" | "tag" | "queue"; readonly name: string }
    | { readonly kind: "pullRequest"; readonly name: string };
  readonly environment: string | undefined;
  readonly workflow: string;
  readonly audience: string;
}

const job: fc.Arbitrary<Job> = fc.record({
  owner: fc.constantFrom(OWNERS[0], OWNERS[0], OWNERS[0], ...OWNERS),
  repository: fc.constantFrom(REPOSITORIES[0], REPOSITORIES[0], REPOSITORIES[0], ...REPOSITORIES),
  mintsIds: fc.boolean(),
  does: fc.oneof(
    branchName.map((name) => ({ kind: "branch" as const, name })),
    tagName.map((name) => ({ kind: "tag" as const, name })),
    fc.constantFrom("main", "main2", "release/1").map((name) => ({ kind: "queue" as const, name })),
    fc.constant({ kind: "pullRequest" as const, name: "7" }),
  ),
  environment: fc.option(environmentName, { nil: undefined }),
  workflow: fc.constantFrom(...CALLED),
  audience: fc.constantFrom(
    "sts.amazonaws.com",
    "sts.amazonaws.com",
    "sts.amazonaws.com",
    "sts.amazonaws.com",
    "https://github.com/octo-org",
  ),
});

/** `ref` of a job's token. */
function refOf({ kind, name }: Job["does"]): string {
  if (kind === "pullRequest") return `refs/pull/${name}/merge`;
  if (kind === "queue") return `refs/heads/gh-readonly-queue/${name}/pr-7-3f9a`;
  return kind === "tag" ? `refs/tags/${name}` : `refs/heads/${name}`;
}

/** The claims of a job's token that AWS makes condition keys of. */
function mint({ owner, repository, mintsIds, does, environment, workflow, audience }: Job): Claims {
  const named = mintsIds
    ? `${owner.login}@${owner.id}/${repository.name}@${repository.id}`
    : `${owner.login}/${repository.name}`;
  const context =
    environment !== undefined
      ? `environment:${environment.replaceAll(":", "%3A")}`
      : does.kind === "pullRequest"
        ? "pull_request"
        : `ref:${refOf(does)}`;
  return {
    aud: audience,
    sub: `repo:${named}:${context}`,
    ref: refOf(does),
    environment,
    job_workflow_ref: workflow,
    repository_owner_id: owner.id,
    repository_id: repository.id,
  };
}

const filter: fc.Arbitrary<JobFilter> = fc
  .tuple(
    fc.oneof(
      fc.oneof(branchName, fc.constantFrom("*", "main*", "release/*", "mai?")).map((branch): JobFilter => ({ branch })),
      fc.oneof(tagName, fc.constantFrom("*", "v*", "v?")).map((tag): JobFilter => ({ tag })),
      fc
        .oneof(environmentName, fc.constantFrom("production*", "production-??"))
        .map((environment): JobFilter => ({ environment })),
      fc.record({ environment: environmentName, branch: fc.oneof(branchName, fc.constantFrom("release/*")) }),
      fc.record({ environment: environmentName, tag: fc.oneof(tagName, fc.constantFrom("v*")) }),
      fc.constantFrom("main", "main2", "release/*").map((mergeQueue): JobFilter => ({ mergeQueue })),
      fc.constant<JobFilter>({ pullRequest: true }),
      fc.constant<JobFilter>({ any: true }),
    ),
    fc.option(fc.constantFrom(...CALLED, "octo-org/ci/.github/workflows/release.yml@refs/heads/*"), {
      nil: undefined,
      freq: 3,
    }),
    fc.option(
      fc.constantFrom<NonNullable<JobFilter["claims"]>>({ repository_owner_id: "65" }, { repository_id: ["9", "74"] }),
      { nil: undefined, freq: 3 },
    ),
  )
  .map(([which, workflow, claims]) => ({
    ...which,
    ...(workflow === undefined ? {} : { workflow }),
    ...(claims === undefined ? {} : { claims }),
  }));

/** Whether a filter means a job, said of what the job does and not of its token. */
function means(wanted: JobFilter, { owner, repository, does, environment, workflow }: Job): boolean {
  const branch =
    does.kind === "queue" ? `gh-readonly-queue/${does.name}/pr-7-3f9a` : does.kind === "branch" ? does.name : undefined;
  const tag = does.kind === "tag" ? does.name : undefined;
  const isOne = (pattern: string | undefined, name: string | undefined): boolean =>
    pattern === undefined || (name !== undefined && globMatches(pattern, name));
  const isIn = (values: string | readonly string[] | undefined, id: string): boolean =>
    values === undefined || [values].flat().includes(id);
  // A job that names an environment is known by that alone, so only a filter with one can mean it.
  const isKnownByEnvironment = wanted.environment !== undefined || wanted.any === true || environment === undefined;
  const queued = does.kind === "queue" ? does.name : /^gh-readonly-queue\/(.+)\/pr-[^/]+$/.exec(branch ?? "")?.[1];
  return (
    isKnownByEnvironment &&
    isOne(wanted.environment, environment) &&
    isOne(wanted.branch, branch) &&
    isOne(wanted.tag, tag) &&
    isOne(wanted.mergeQueue, queued) &&
    (wanted.pullRequest === undefined || does.kind === "pullRequest") &&
    isOne(wanted.workflow, workflow) &&
    isIn(wanted.claims?.["repository_owner_id"], owner.id) &&
    isIn(wanted.claims?.["repository_id"], repository.id)
  );
}

/** The forms of subjects that the file can name for octo-org/web-shop. */
const FORMS = {
  name: { prefixes: ["repo:octo-org/web-shop"], mints: [false] },
  immutable: { prefixes: ["repo:octo-org@65/web-shop@74"], mints: [true] },
  both: { prefixes: ["repo:octo-org/web-shop", "repo:octo-org@65/web-shop@74"], mints: [false, true] },
} as const;

const isOurs = ({ owner, repository, mintsIds, audience }: Job, form: keyof typeof FORMS): boolean =>
  owner === OWNERS[0] &&
  repository === REPOSITORIES[0] &&
  audience === "sts.amazonaws.com" &&
  (FORMS[form].mints as readonly boolean[]).includes(mintsIds);

test("a role admits the tokens of exactly those jobs that its filters mean", () => {
  const seen = { admitted: 0, refused: 0 };
  fc.assert(
    fc.property(
      fc.array(filter, { minLength: 1, maxLength: 3 }),
      fc.constantFrom("name", "immutable", "both"),
      fc.array(job, { minLength: 12, maxLength: 12 }),
      (filters, form, jobs) => {
        expect(filters.flatMap(jobFilterProblems)).toEqual([]);
        const policy = trustPolicy({
          providerArn: "arn",
          issuer: ISSUER,
          audiences: ["sts.amazonaws.com"],
          alternatives: filters.map((each) => requiredClaims(each, FORMS[form].prefixes)),
        });
        const misjudged = jobs.filter((each) => {
          const expected = isOurs(each, form) && filters.some((wanted) => means(wanted, each));
          seen[expected ? "admitted" : "refused"] += 1;
          return admits(policy, ISSUER, mint(each)) !== expected;
        });
        expect(misjudged).toEqual([]);
      },
    ),
    { numRuns: runs(600) },
  );
  expect(seen.admitted).toBeGreaterThan(casesMet(60));
  expect(seen.refused).toBeGreaterThan(casesMet(60));
});
