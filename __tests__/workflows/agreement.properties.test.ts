import fc from "fast-check";
import type { RoleModel } from "../../lib/model/model";
import { printTrust } from "../../lib/trust/print-trust";
import { allows, prepare } from "../../lib/aws/policy/evaluate";
import { parseTrustDocument } from "../../lib/aws/policy/trust-document";
import { conditionKeys } from "../../lib/aws/token-keys";
import type { GithubJob } from "../../lib/github/job";
import { mintClaims } from "../../lib/github/token";
import { agreement } from "../../lib/workflows";
import { allowing, arnOf, ISSUER, modelOf, PROVIDER, REPOSITORY, roleOf } from "./models";
import { workflowOf } from "./workflows";
import { casesMet, runs } from "../support/runs";

/** An event of a workflow, and jobs that it may start. */
interface Started {
  readonly on: string;
  readonly jobs: readonly Partial<GithubJob>[];
}

const EVENTS: readonly Started[] = [
  { on: "push: ", jobs: [{ branch: "main" }, { branch: "release/1.0" }, { tag: "v1" }] },
  { on: "push: {branches: [main]}", jobs: [{ branch: "main" }] },
  { on: "push: {branches: ['release/*', '!release/2']}", jobs: [{ branch: "release/1.0" }] },
  { on: "push: {branches: ['v[0-9]+-x?']}", jobs: [{ branch: "v12-" }, { branch: "v1-x" }] },
  { on: "push: {branches-ignore: [main]}", jobs: [{ branch: "develop" }] },
  { on: "push: {tags: ['v*']}", jobs: [{ tag: "v1" }, { tag: "v2" }] },
  { on: "pull_request: ", jobs: [{ pullRequest: 7 }] },
  { on: "pull_request: {types: [closed]}", jobs: [{ pullRequest: 7 }] },
  {
    on: "pull_request_target: ",
    jobs: [
      { pullRequest: 7, event: "pull_request_target" },
      { pullRequest: 7, event: "pull_request_target", defaultBranch: "trunk" },
    ],
  },
  {
    on: "schedule: [{cron: '0 0 * * *'}]",
    jobs: [{ event: "schedule" }, { event: "schedule", defaultBranch: "trunk" }],
  },
  {
    on: "workflow_dispatch: ",
    jobs: [
      { event: "workflow_dispatch", branch: "wip" },
      { event: "workflow_dispatch", tag: "v1" },
    ],
  },
  { on: "merge_group: {branches: [main]}", jobs: [{ mergeQueue: { base: "main" } }] },
  { on: "release: ", jobs: [{ event: "release", tag: "v1" }] },
];

const ENVIRONMENTS = ["production", "eu-staging", "a:b"];

/** How a job names its environment, and the names that it may come to. */
const anyEnvironment = fc.constantFrom<readonly [written: string, names: readonly (string | undefined)[]]>(
  ["name: x", [undefined]],
  ["environment: production", ["production"]],
  ["environment: {name: 'a:b'}", ["a:b"]],
  ["environment: '${{ inputs.e }}'", [undefined, ...ENVIRONMENTS]],
  ["environment: 'eu-${{ inputs.e }}'", ["eu-staging"]],
);

const SUBJECTS = [
  "environment:production",
  "environment:eu-*",
  "environment:a%3Ab",
  "pull_request",
  "ref:refs/heads/main",
  "ref:refs/heads/release/*",
  "ref:refs/heads/v1*",
  "ref:refs/heads/trunk",
  "ref:refs/heads/develop",
  "ref:refs/tags/v1",
  "ref:refs/tags/*",
  "ref:refs/heads/gh-readonly-queue/main/pr-*",
  "ref:refs/*",
  "*",
];
const PREFIXES = [
  `repo:${REPOSITORY}`,
  `repo:${REPOSITORY}`,
  `repo:${REPOSITORY}`,
  "repo:octo-org@65/web-shop@74",
  "repo:octo-org/*",
  "repo:octo-org/other",
];
const OTHERS: readonly Record<string, string>[] = [
  {},
  {},
  {},
  {},
  {},
  {},
  { aud: "octo" },
  { ref: "refs/heads/main" },
  { ref: "refs/pull/*" },
  { environment: "production" },
  { job_workflow_ref: "octo-org/web-shop/.github/workflows/deploy.yml@refs/heads/*" },
  { job_workflow_ref: "octo-org/ci/.github/workflows/x.yml@*" },
  { repository: REPOSITORY },
  { workflow: "Deploy" },
];

const anyRole = fc
  .array(
    fc.tuple(
      fc.array(fc.tuple(fc.constantFrom(...PREFIXES), fc.constantFrom(...SUBJECTS)), { minLength: 1, maxLength: 3 }),
      fc.constantFrom(...OTHERS),
    ),
    { minLength: 1, maxLength: 2 },
  )
  .map((statements) =>
    roleOf(
      "deploy",
      statements.map(([subjects, others]) =>
        allowing({ sub: subjects.map(([prefix, context]) => `${prefix}:${context}`), ...others }),
      ),
    ),
  );

/** Whether AWS lets a job in, by its own reading of the policy. */
function isAllowed({ trust }: RoleModel, job: GithubJob): boolean {
  const { document } = parseTrustDocument(("statements" in trust && printTrust(trust)) || "");
  if (!document) throw new Error("AWS would refuse the policy");
  const keys = conditionKeys(mintClaims(job), { issuer: ISSUER, partition: "aws" });
  return allows(prepare(document), {
    action: "sts:AssumeRoleWithWebIdentity",
    principal: { kind: "Federated", value: PROVIDER },
    keys,
  });
}

test("no job that AWS would let in is said never to be admitted", () => {
  const seen = { admitted: 0, neverAdmitted: 0, allowed: 0 };
  fc.assert(
    fc.property(
      fc.subarray([...EVENTS.keys()], { minLength: 1, maxLength: 3 }),
      anyEnvironment,
      anyRole,
      (indices, [environment, names], role) => {
        const events = [
          ...new Map(
            indices.map((index) => EVENTS[index] as Started).map((each) => [each.on.split(":")[0], each]),
          ).values(),
        ];
        const workflow = workflowOf(
          `name: Deploy\non: {${events.map(({ on }) => on).join(", ")}}\npermissions: {id-token: write}\njobs: {a: {${environment}, steps: [{uses: aws-actions/configure-aws-credentials@v6, with: {role-to-assume: '${arnOf("deploy")}'}}]}}\n`,
        );
        const jobs = events.flatMap((event) =>
          event.jobs.flatMap((job) =>
            names.flatMap((name) =>
              [false, true].map((immutableSubject): GithubJob => ({
                repository: REPOSITORY,
                ownerId: 65,
                repositoryId: 74,
                immutableSubject,
                workflow: "Deploy",
                ...job,
                ...(name === undefined ? {} : { environment: name }),
              })),
            ),
          ),
        );
        const kinds = agreement(modelOf({ roles: [role], clientIds: { unknown: "x" } }), [workflow], REPOSITORY).map(
          ({ kind }) => kind,
        );
        const allowed = jobs.some((job) => isAllowed(role, job));
        if (allowed) seen.allowed += 1;
        if (kinds.includes("admitted")) seen.admitted += 1;
        if (kinds.includes("neverAdmitted")) seen.neverAdmitted += 1;
        return kinds.length === 1 && !(allowed && kinds.includes("neverAdmitted"));
      },
    ),
    { numRuns: runs(800) },
  );
  // Either answer is given, and what is admitted is mostly so for a job at hand.
  expect(seen.neverAdmitted).toBeGreaterThan(casesMet(80));
  expect(seen.allowed).toBeGreaterThan(casesMet(80));
  expect(seen.allowed).toBeGreaterThan(seen.admitted / 4);
});
