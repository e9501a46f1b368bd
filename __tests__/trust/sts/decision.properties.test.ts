import fc from "fast-check";
import { playSts } from "../../../lib/trust/sts/play";
import { bareClaims } from "../../../lib/trust/sts/token";
import { parseTrustDocument } from "../../../lib/aws/policy/trust-document";
import { trustPolicy } from "../../../lib/aws/trust-policy";
import type { GithubJob } from "../../../lib/github/job";
import { type JobFilter, requiredClaims } from "../../../lib/github/job-filter";
import { mintClaims } from "../../../lib/github/token";
import { globMatches } from "../../aws/trust-evaluator";
import { call, ISSUER, PROVIDER } from "../calls";
import { casesMet, runs } from "../../support/runs";

const branch = fc.constantFrom("main", "main2", "Main", "release/1");
const tag = fc.constantFrom("v1", "v1.2", "main");
const environment = fc.constantFrom("production", "production:v1", "Production", "main");

const job: fc.Arbitrary<GithubJob> = fc
  .record({
    repository: fc.constantFrom(
      "octo-org/web-shop",
      "octo-org/web-shop",
      "octo-org/web-shop",
      "octo-org/web-shop-evil",
      "octo-org-evil/web-shop",
      "Octo-org/web-shop",
    ),
    runsOn: fc.oneof(
      branch.map((each): Partial<GithubJob> => ({ branch: each })),
      tag.map((each): Partial<GithubJob> => ({ tag: each })),
      fc.constant<Partial<GithubJob>>({ pullRequest: 7 }),
      fc.constant<Partial<GithubJob>>({ mergeQueue: { base: "main" } }),
    ),
    environment: fc.option(environment, { nil: undefined }),
    immutableSubject: fc.boolean(),
    audience: fc.constantFrom(
      "sts.amazonaws.com",
      "sts.amazonaws.com",
      "sts.amazonaws.com",
      "https://github.com/octo-org",
    ),
  })
  .map(({ runsOn, environment: named, ...rest }) => ({
    ...rest,
    ...runsOn,
    ownerId: 65,
    repositoryId: 74,
    ...(named === undefined ? {} : { environment: named }),
  }));

const filter: fc.Arbitrary<JobFilter> = fc.oneof(
  fc.oneof(branch, fc.constantFrom("*", "main*", "release/*")).map((each): JobFilter => ({ branch: each })),
  fc.oneof(tag, fc.constantFrom("v*")).map((each): JobFilter => ({ tag: each })),
  environment.map((each): JobFilter => ({ environment: each })),
  fc.record({ environment, branch }),
  fc.constantFrom<JobFilter>({ pullRequest: true }, { any: true }, { mergeQueue: "main" }),
);

/** What a filter means, said of the job and not of its token. */
function means(wanted: JobFilter, given: GithubJob): boolean {
  const on = given.mergeQueue
    ? `gh-readonly-queue/main/pr-1-${"5ca1ab1e".repeat(5)}`
    : given.tag === undefined && given.pullRequest === undefined
      ? (given.branch ?? "main")
      : undefined;
  const isOne = (pattern: string | undefined, name: string | undefined): boolean =>
    pattern === undefined || (name !== undefined && globMatches(pattern, name));
  return (
    (wanted.environment !== undefined || wanted.any === true || given.environment === undefined) &&
    isOne(wanted.environment, given.environment) &&
    isOne(wanted.branch, on) &&
    isOne(wanted.tag, given.tag) &&
    (wanted.mergeQueue === undefined || given.mergeQueue !== undefined) &&
    (wanted.pullRequest === undefined || given.pullRequest !== undefined)
  );
}

const PREFIXES = { names: "repo:octo-org/web-shop", ids: "repo:octo-org@65/web-shop@74" } as const;

test("STS allows the tokens of exactly those jobs that the policy's filters mean", () => {
  const seen = { allow: 0, deny: 0 };
  fc.assert(
    fc.property(
      fc.array(filter, { minLength: 1, maxLength: 3 }),
      fc.constantFrom<keyof typeof PREFIXES>("names", "ids"),
      fc.array(job, { minLength: 8, maxLength: 8 }),
      (filters, form, jobs) => {
        const text = JSON.stringify(
          trustPolicy({
            providerArn: PROVIDER,
            issuer: ISSUER,
            audiences: ["sts.amazonaws.com"],
            alternatives: filters.map((each) => requiredClaims(each, [PREFIXES[form]])),
          }),
        );
        const { document } = parseTrustDocument(text);
        if (!document) throw new Error(text);
        for (const each of jobs) {
          const meant =
            each.repository === "octo-org/web-shop" &&
            each.audience === "sts.amazonaws.com" &&
            each.immutableSubject === (form === "ids") &&
            filters.some((wanted) => means(wanted, each));
          const { at } = call();
          const verdict = playSts({
            token: bareClaims(mintClaims({ ...each, issuedAt: at })),
            policy: document,
            at,
            clientIds: ["sts.amazonaws.com", "https://github.com/octo-org"],
          });
          expect([verdict.decision, each]).toEqual([meant ? "allow" : "deny", each]);
          expect(verdict.error).toBe(meant ? null : "AccessDenied");
          seen[verdict.decision] += 1;
        }
      },
    ),
    { numRuns: runs(300) },
  );
  expect(Math.min(seen.allow, seen.deny)).toBeGreaterThan(casesMet(60));
});
