import fc from "fast-check";
import { type GithubJob } from "../../lib/github/job";
import { requiredClaims, type JobFilter } from "../../lib/github/job-filter";
import { environmentNameRule, refNameRule } from "../../lib/github/names";
import { formatPrefix, parseContext, parseSubject, type JobContext } from "../../lib/github/subject";
import { mintClaims } from "../../lib/github/token";
import { parseWorkflowRef } from "../../lib/github/workflow-ref";
import { runs } from "../support/runs";

const text = (alphabet: string, rule: (value: string) => string | undefined): fc.Arbitrary<string> =>
  fc
    .string({ unit: fc.constantFrom(...alphabet), minLength: 1, maxLength: 10 })
    .filter((value) => rule(value) === undefined);

const ref = fc.oneof(text("a%3A/@-", refNameRule), fc.constantFrom("main", "release/1", "gh-readonly-queue/main"));
const environment = fc.oneof(
  text("a:%3/@ B", environmentNameRule),
  fc.constantFrom("pull_request", "ref:refs/heads/main"),
);
const id = fc.integer({ min: 1, max: 10 ** 9 });

/** What a job runs on, and what its subject then says. */
const place: fc.Arbitrary<{ job: Partial<GithubJob>; context: JobContext }> = fc.oneof(
  ref
    .filter((branch) => parseContext(`ref:refs/heads/${branch}`)?.kind === "branch")
    .map((branch) => ({ job: { branch }, context: { kind: "branch" as const, branch } })),
  ref.map((tag) => ({ job: { tag }, context: { kind: "tag" as const, tag } })),
  ref.map((base) => ({
    job: { mergeQueue: { base, entry: "pr-7-3f9a" } },
    context: { kind: "mergeQueue" as const, base, entry: "pr-7-3f9a" },
  })),
  fc
    .integer({ min: 1, max: 10 ** 6 })
    .map((pullRequest) => ({ job: { pullRequest }, context: { kind: "pullRequest" as const } })),
);

const someJob = fc
  .record({
    place,
    environment: fc.option(environment, { nil: undefined }),
    ids: fc.option(fc.record({ ownerId: id, repositoryId: id, immutableSubject: fc.boolean() }), { nil: {} }),
    owner: fc.constantFrom("octo-org", "a", "Octo_x"),
    name: fc.constantFrom("web-shop", "a.b_c", "X"),
    reusableWorkflow: fc.option(fc.constantFrom("octo-org/ci/.github/workflows/release.yml@refs/heads/main"), {
      nil: undefined,
    }),
  })
  .map(({ place: { job, context }, environment: named, ids, owner, name, reusableWorkflow }) => {
    const whole: GithubJob = {
      ...job,
      ...ids,
      repository: `${owner}/${name}`,
      environment: named,
      reusableWorkflow,
      issuedAt: 1_795_219_200,
    };
    const expected: JobContext = named === undefined ? context : { kind: "environment", environment: named };
    return { job: whole, context: expected, owner, name };
  });

describe("the token of every job", () => {
  test("has a subject that is read back as the job", () => {
    fc.assert(
      fc.property(someJob, ({ job, context, owner, name }) => {
        const prefix = job.immutableSubject
          ? {
              form: "immutable",
              owner,
              ownerId: String(job.ownerId),
              repository: name,
              repositoryId: String(job.repositoryId),
            }
          : { form: "name", owner, repository: name };
        expect(parseSubject(mintClaims(job).sub)).toEqual({ prefix, context });
      }),
      { numRuns: runs(500) },
    );
  });

  test("keeps that subject when the template is the default", () => {
    fc.assert(
      fc.property(someJob, ({ job }) =>
        expect(mintClaims({ ...job, subjectTemplate: ["repo", "context"] })).toEqual(mintClaims(job)),
      ),
    );
  });

  test("has strings, three times, and workflows that can be read", () => {
    fc.assert(
      fc.property(someJob, ({ job }) => {
        const { iat, nbf, exp, ...others } = mintClaims(job);
        expect([exp - iat, iat - nbf]).toEqual([300, 300]);
        expect(Object.values(others).every((value) => typeof value === "string")).toBe(true);
        expect(parseWorkflowRef(others.workflow_ref)).toMatchObject({
          ref: others.ref,
          owner: others.repository_owner,
        });
        expect(others.job_workflow_ref).toBe(job.reusableWorkflow ?? others.workflow_ref);
        expect(others.environment).toBe(job.environment);
      }),
    );
  });

  test("carries what a filter made for it asks for", () => {
    fc.assert(
      fc.property(someJob, ({ job }) => {
        const { pullRequest, mergeQueue, branch, tag } = job;
        const ref = branch !== undefined ? { branch } : tag !== undefined ? { tag } : {};
        const what: JobFilter =
          job.environment !== undefined
            ? { environment: job.environment, ...ref }
            : pullRequest !== undefined
              ? { pullRequest: true }
              : mergeQueue
                ? { subject: mintClaims(job).sub }
                : ref;
        const subject = parseSubject(mintClaims(job).sub);
        const wanted = requiredClaims(
          { ...what, ...(job.reusableWorkflow === undefined ? {} : { workflow: job.reusableWorkflow }) },
          subject ? [formatPrefix(subject.prefix)] : [],
        );
        for (const [claim, values] of Object.entries(wanted))
          expect(values).toContain((mintClaims(job) as unknown as Record<string, unknown>)[claim]);
      }),
      { numRuns: runs(500) },
    );
  });
});
