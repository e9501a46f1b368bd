import { readFileSync } from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { type Partition } from "../../lib/aws/partition";
import { defaultAudience } from "../../lib/aws/partition";
import { oidcProviderArn } from "../../lib/aws/arn";
import { trustPolicy } from "../../lib/aws/trust-policy";
import { parseTrustDocument } from "../../lib/aws/policy/trust-document";
import type { Finding } from "../../lib/check/finding";
import { fromConfig } from "../../lib/readers/from-config";
import { modelSubjects } from "../../lib/check/model/subjects";
import { Access } from "../../lib/config/access";
import type { AccessConfig } from "../../lib/config/schema";
import { validAccess } from "../config/valid-access";
import { RULES } from "../../lib/check/registry";
import { runRules } from "../../lib/check/run";
import { trustPolicySubject } from "../../lib/check/trust/policy-subject";
import { jobFilterProblems, requiredClaims, type JobFilter } from "../../lib/github/job-filter";
import { ISSUER, statement } from "../aws/policy/policies";
import { runs } from "../support/runs";

function findingsOf(policy: object): Finding[] {
  const reading = parseTrustDocument(JSON.stringify(policy));
  const subject = trustPolicySubject("trust.json", reading);
  expect(reading.problems).toEqual([]);
  return subject ? runRules(RULES, [subject]) : [];
}

const bad = (findings: readonly Finding[]): Finding[] => findings.filter(({ severity }) => severity !== "note");

interface Comparison {
  readonly consumer: "aws-stringequals" | "aws-stringlike";
  readonly claim: string;
  readonly pattern: string | readonly string[];
}

interface Vector {
  readonly id: string;
  readonly subject: string;
  readonly condition: Comparison | { readonly consumer: "aws-all"; readonly of: readonly Comparison[] };
  readonly judgment?: { readonly grade: "safe" | "caution" | "dangerous" };
}

const { vectors } = JSON.parse(
  readFileSync(path.join(__dirname, "../aws/policy/vectors/subvectors-github-aws.json"), "utf8"),
) as { vectors: readonly Vector[] };

/** A vector is one condition: to be a policy that AWS takes, it needs a subject beside the audience or an environment. */
function policyOf({ condition, subject }: Vector): object {
  const comparisons = condition.consumer === "aws-all" ? condition.of : [condition];
  const block: Record<string, Record<string, unknown>> = {};
  for (const { consumer, claim, pattern } of comparisons)
    (block[consumer === "aws-stringequals" ? "StringEquals" : "StringLike"] ??= {})[`${ISSUER}:${claim}`] = pattern;
  if (!comparisons.some(({ claim }) => claim === "sub" || claim === "job_workflow_ref"))
    (block["StringEquals"] ??= {})[`${ISSUER}:sub`] = subject;
  return { Version: "2012-10-17", Statement: [statement({ Condition: block })] };
}

const graded = (...grades: string[]) =>
  vectors
    .filter(({ judgment }) => judgment && grades.includes(judgment.grade))
    .map((vector) => [vector.id, vector] as const);

describe("the vectors of subvectors", () => {
  test.each(graded("safe"))("%s, safe: nothing worse than a note", (_, vector) =>
    expect(bad(findingsOf(policyOf(vector)))).toEqual([]),
  );

  test.each<[string, string[]]>([
    ["gh-aws-repo-wide-wildcard-suffix", ["L6"]],
    ["gh-aws-org-wide-wildcard-repo", ["L3"]],
    ["gh-aws-pull-request-subject", ["L6"]],
    ["gh-aws-multivalue-loose-value-poisons-list", ["L3", "L9"]],
    ["gh-aws-all-aws-branch-wildcard-example", ["L6"]],
    ["gh-aws-custom-sub-breaks-default-pattern", ["L6"]],
    ["gh-aws-branch-prefix-collision", ["L8"]],
    ["gh-aws-branch-wildcard-zero-width", ["L8"]],
    ["gh-aws-ref-wildcard-spans-nested-branch", ["L8"]],
    ["gh-aws-jwr-condition-key-tag-pin-mutable", ["L14", "L15"]],
    ["gh-aws-custom-sub-jwr-exact", ["L14"]],
    ["gh-aws-stringequals-treats-star-literally", ["L11"]],
  ])("%s is found by %j", (id, rules) => {
    const vector = vectors.find((each) => each.id === id);
    expect(vector && findingsOf(policyOf(vector)).map(({ rule }) => rule)).toEqual(expect.arrayContaining(rules));
  });

  test("every one that is dangerous is a warning at least", () => {
    for (const [id, vector] of graded("dangerous"))
      expect([id, bad(findingsOf(policyOf(vector))).length > 0]).toEqual([id, true]);
  });
});

describe("what the toolkit writes", () => {
  const name = fc.stringMatching(/^[a-z][a-z0-9]{0,9}(-[a-z0-9]{1,4})?$/);
  const ref = fc.oneof(
    fc.constantFrom("main", "Main", "release/*", "main*", "mai?", "*", "v*", "release/?.x", "a/b/*c"),
    name,
  );
  const safeFilter: fc.Arbitrary<JobFilter> = fc.oneof(
    ref.map((branch) => ({ branch })),
    ref.map((tag) => ({ tag })),
    ref.map((mergeQueue) => ({ mergeQueue })),
    fc
      .oneof(
        name,
        fc.constantFrom(
          "production:eu",
          "Production",
          "production*",
          "prod/uction",
          "pull_request",
          "a:b:c",
          "ref:refs/heads/main",
        ),
      )
      .map((environment) => ({ environment })),
    fc.record({ environment: name, branch: ref }),
    fc.record({ environment: name, tag: ref }),
  );
  const repository = fc.record({
    owner: fc.oneof(name, fc.constantFrom("octo-org", "octo-org-65")),
    repository: fc.oneof(name, fc.constantFrom("web.shop", "web-shop-74", "_x")),
    ids: fc.constantFrom("none", "both", "only"),
  });
  const place = fc.constantFrom<readonly [Partition, string]>(
    ["aws", ISSUER],
    ["aws", ISSUER],
    ["aws-cn", ISSUER],
    ["aws-us-gov", ISSUER],
    ["aws", `${ISSUER}/octo-corp`],
    ["aws", "token.actions.octo.ghe.com"],
    ["aws", "github.example.com/_services/token"],
  );

  const written = (
    filters: readonly JobFilter[],
    { owner, repository: repo, ids }: { owner: string; repository: string; ids: string },
    [partition, issuer]: readonly [Partition, string],
    sessionName?: string,
  ): object => {
    const prefixes = [
      ...(ids === "only" ? [] : [`repo:${owner}/${repo}`]),
      ...(ids === "none" ? [] : [`repo:${owner}@65/${repo}@74`]),
    ];
    return trustPolicy({
      providerArn: oidcProviderArn(partition, "111122223333", issuer),
      issuer,
      audiences: [defaultAudience(partition)],
      alternatives: filters.map((filter) => requiredClaims(filter, prefixes)),
      sessionName,
    });
  };

  test("for environments, branches, tags and merge queues is worth a note at most", () => {
    fc.assert(
      fc.property(
        fc.array(safeFilter, { minLength: 1, maxLength: 30 }),
        repository,
        place,
        fc.constantFrom(undefined, "deploy", "octo-*"),
        (filters, where, at, sessionName) => {
          // Where AWS makes no keys of other claims, the access file refuses them.
          const certain = at[0] === "aws" && at[1] === ISSUER;
          const sound = filters.filter(
            (filter) =>
              jobFilterProblems(filter).length === 0 &&
              (certain ||
                filter.environment === undefined ||
                (filter.branch === undefined && filter.tag === undefined)),
          );
          fc.pre(sound.length > 0);
          const policy = written(sound, where, at, sessionName);
          expect([bad(findingsOf(policy)), policy]).toEqual([[], policy]);
        },
      ),
      { numRuns: runs(300) },
    );
  });

  test("for a merge queue is nothing", () =>
    expect(
      findingsOf(
        written([{ mergeQueue: "main" }], { owner: "octo-org", repository: "web-shop", ids: "both" }, ["aws", ISSUER]),
      ),
    ).toEqual([]));

  const plain = { owner: "octo-org", repository: "web-shop", ids: "none" };
  test("for pull requests is a note", () =>
    expect(
      findingsOf(written([{ pullRequest: true }], plain, ["aws", ISSUER])).map(({ rule, severity }) => [
        rule,
        severity,
      ]),
    ).toEqual([["L7", "note"]]));
  test("for every job is a warning", () =>
    expect(
      findingsOf(written([{ any: true }], plain, ["aws", ISSUER])).map(({ rule, severity }) => [rule, severity]),
    ).toEqual([["L6", "warning"]]));
});

describe("access files", () => {
  const findingsIn = (config: AccessConfig): Finding[] =>
    runRules(RULES, modelSubjects(fromConfig(Access.from(config)), "config", "access.yaml"));

  /** What a file says that is meant to be seen: every job, pull requests that write, a workflow or branch that anybody may move, an environment that the file does not have, a ref as the only bound of every job. */
  const SAID = ["L6", "L7", "L9", "L10", "L15", "L17", "L26", "L43"];
  /** An entry may ask for an owner's id that is not the repository's: then nobody gets in, as L43 says. */
  const CONTRADICTION = "L43";

  test("have no errors, and warnings only of what they say themselves", () => {
    fc.assert(
      fc.property(validAccess, (config) => {
        const others = bad(findingsIn(config)).filter(
          ({ rule, severity }) => (severity === "error" && rule !== CONTRADICTION) || !SAID.includes(rule),
        );
        expect(others).toEqual([]);
      }),
      { numRuns: runs(150) },
    );
  });

  test("with reviewed environments and branches have nothing worse than notes", () => {
    const sound: AccessConfig = {
      github: { owner: "octo-org", plan: "enterprise" },
      accounts: {
        production: {
          id: "111122223333",
          region: "eu-west-1",
          permissionsBoundary: "arn:aws:iam::111122223333:policy/boundary",
        },
      },
      repositories: {
        "web-shop": {
          environments: {
            production: {
              reviewers: { teams: ["ops"] },
              deployFrom: { branches: ["main"] },
              role: { managedPolicies: ["AdministratorAccess"] },
            },
            preview: { deployFrom: { branches: ["*"] }, role: { managedPolicies: ["AmazonS3FullAccess"] } },
          },
          roles: {
            plan: { allow: [{ pullRequest: true }, { branch: "main" }], managedPolicies: ["ReadOnlyAccess"] },
            release: { allow: [{ tag: "v*" }, { mergeQueue: "main" }], managedPolicies: ["AmazonS3FullAccess"] },
          },
        },
      },
    };
    expect(bad(findingsIn(sound))).toEqual([]);
  });
});
