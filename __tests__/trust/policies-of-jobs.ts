import fc from "fast-check";
import { trustPolicy } from "../../lib/aws/trust-policy";
import type { GithubJob } from "../../lib/github/job";
import { jobFilterProblems, requiredClaims, type JobFilter } from "../../lib/github/job-filter";
import { ISSUER, policyText, PROVIDER, statement } from "../aws/policy/policies";

const branch = fc.constantFrom("main", "main2", "Main", "release/1");

/** Jobs that are alike in nearly everything. */
export const job: fc.Arbitrary<GithubJob> = fc
  .record({
    repository: fc.constantFrom("octo-org/web-shop", "octo-org/web", "octo-org-evil/web-shop"),
    ids: fc.boolean(),
    what: fc.oneof<fc.Arbitrary<Partial<GithubJob>>[]>(
      branch.map((each) => ({ branch: each })),
      fc.constant({ tag: "v1" }),
      fc.constant({ pullRequest: 7 }),
      fc.constant({ mergeQueue: { base: "main" } }),
    ),
    environment: fc.constantFrom(undefined, undefined, "production", "pull_request", "Production:v1"),
    audience: fc.constantFrom("sts.amazonaws.com", "sts.amazonaws.com", "https://github.com/octo-org"),
    reusableWorkflow: fc.constantFrom(undefined, "octo-org/ci/.github/workflows/release.yml@refs/heads/main"),
  })
  .map(({ repository, ids, what, environment, audience, reusableWorkflow }) => ({
    repository,
    ownerId: repository.startsWith("octo-org/") ? 65 : 66,
    repositoryId: 74,
    immutableSubject: ids,
    ...what,
    environment,
    audience,
    reusableWorkflow,
    issuedAt: 1_800_000_000,
  }));

const filter: fc.Arbitrary<JobFilter> = fc
  .tuple(
    fc.oneof<fc.Arbitrary<JobFilter>[]>(
      fc.oneof(branch, fc.constantFrom("*", "main*", "mai?", "release/*")).map((each) => ({ branch: each })),
      fc.constantFrom("v1", "v*").map((tag) => ({ tag })),
      fc.constantFrom("production", "pull_request", "prod*").map((environment) => ({ environment })),
      fc.constant({ environment: "production", branch: "main" }),
      fc.constant({ mergeQueue: "main" }),
      fc.constant({ pullRequest: true }),
      fc.constant({ any: true }),
    ),
    fc.constantFrom<Partial<JobFilter>[]>(
      {},
      {},
      { claims: { repository_owner_id: "65" } },
      { workflow: "octo-org/ci/.github/workflows/release.yml@refs/heads/*" },
    ),
  )
  .map(([which, more]) => ({ ...which, ...more }));

/** Policies that the toolkit writes. */
export const ourPolicy = fc
  .tuple(
    fc.array(filter, { minLength: 1, maxLength: 3 }),
    fc.subarray(["repo:octo-org/web-shop", "repo:octo-org@65/web-shop@74"], { minLength: 1 }),
  )
  .map(([filters, prefixes]) => {
    expect(filters.flatMap(jobFilterProblems)).toEqual([]);
    return JSON.stringify(
      trustPolicy({
        providerArn: PROVIDER,
        issuer: ISSUER,
        audiences: ["sts.amazonaws.com"],
        alternatives: filters.map((each) => requiredClaims(each, prefixes)),
      }),
    );
  });

const values = {
  sub: [
    "repo:octo-org/web-shop:pull_request",
    "repo:octo-org/*",
    "repo:octo-org*",
    "*:environment:production",
    "repo:octo-org/web-shop:ref:refs/heads/main",
    "repo:octo-org@65/*",
    "${token}x",
    "repo:*",
  ],
  aud: ["sts.amazonaws.com", "*"],
  ref: ["refs/heads/main", "refs/heads/*"],
  environment: ["production", "prod*"],
  event_name: ["push"],
  repository_owner_id: ["65", "66"],
  actor: ["octocat"],
  email: ["x"],
} as const;

/** Conditions of every kind, sound ones more often than people write them. */
const looseCondition = fc
  .array(
    fc.tuple(
      fc.constantFrom("", "", "", "ForAllValues:", "ForAnyValue:"),
      fc.constantFrom(
        "StringEquals",
        "StringLike",
        "StringLike",
        "StringNotLike",
        "StringNotEquals",
        "StringEqualsIgnoreCase",
        "Null",
      ),
      fc.constantFrom("", "", "", "IfExists"),
      fc.constantFrom("sub", "sub", "sub", "aud", ...(Object.keys(values) as (keyof typeof values)[])),
      fc.constantFrom(ISSUER, ISSUER, ISSUER, ISSUER.toUpperCase(), `${ISSUER}/octo`),
      fc.nat(),
      fc.boolean(),
    ),
    { maxLength: 3 },
  )
  .map((conditions) => {
    const block: Record<string, Record<string, unknown>> = {};
    for (const [quantifier, base, ifExists, claim, issuer, pick, several] of conditions) {
      const operator = base === "Null" ? base : `${quantifier}${base}${ifExists}`;
      const list = values[claim];
      (block[operator] ??= {})[`${issuer}:${claim}`] =
        base === "Null"
          ? "false"
          : several
            ? [list[pick % list.length], list[(pick + 1) % list.length]]
            : list[pick % list.length];
    }
    return block;
  });

/** Policies of every kind: odd ones more often than people write them. */
export const loosePolicy = fc
  .array(
    fc
      .record({
        Effect: fc.constantFrom("Allow", "Allow", "Allow", "Deny"),
        Condition: looseCondition,
        Principal: fc.constantFrom<object | string>(
          { Federated: PROVIDER },
          { Federated: PROVIDER },
          "*",
          { Federated: [PROVIDER, `${PROVIDER}/octo`] },
          { AWS: "*" },
        ),
      })
      .map((each) => statement(each)),
    { minLength: 1, maxLength: 3 },
  )
  .map((statements) => policyText(statements));
