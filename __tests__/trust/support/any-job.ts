import fc from "fast-check";
import { jobProblems, type GithubJob } from "../../../lib/github/job";
import { mintClaims } from "../../../lib/github/token";

/** Jobs of every kind that GitHub can have, with names that are odd but legal. */

const repository = fc.constantFrom(
  "octo-org/web-shop",
  "octo-org/web-shop",
  "octo-org/web",
  "Octo-Org/Web-Shop",
  "octo-evil/web-shop",
  "a/b",
  "octo_acme/.github",
  "x-1/a.b_c-D",
);
const refName = fc.constantFrom(
  "main",
  "v1",
  "release/1",
  "a%3Ab",
  "pull_request",
  "ü/\u{1f600}",
  "gh-readonly-queue/main/pr-1-a",
  "x@y",
  "$(id)",
  "refs",
);
const environment = fc.constantFrom(
  undefined,
  undefined,
  undefined,
  "production",
  "eu:one",
  ":",
  "a b/c",
  "Prod%",
  "ref:refs/heads/main",
  "\u{1f600}",
  "\u212a\u0130",
);
const reusableWorkflow = fc.constantFrom(
  undefined,
  undefined,
  undefined,
  "octo-org/ci/.github/workflows/release.yml@refs/heads/main",
  "octo-org/web-shop/.github/workflows/called.yaml@refs/pull/7/merge",
  "octo-org/ci/.github/workflows/a:b.yml@refs/tags/v1",
  `octo-org/ci/.github/workflows/x.yml@${"0123456789abcdef".repeat(3).slice(0, 40)}`,
);
const runsOn = fc.oneof<fc.Arbitrary<Partial<GithubJob>>[]>(
  refName.map((branch) => ({ branch })),
  refName.map((tag) => ({ tag })),
  fc.constantFrom(7, { number: 12, headRef: "topic" }).map((pullRequest) => ({ pullRequest })),
  fc.constant({ pullRequest: 7, event: "pull_request_target" as const }),
  refName.map((base) => ({ mergeQueue: { base, entry: "pr-7-0123abcd" } })),
);

const TEMPLATE_KEYS = [
  "repo",
  "repo",
  "repo",
  "context",
  "context",
  "repository",
  "repository_owner",
  "repository_id",
  "repository_owner_id",
  "environment",
  "ref",
  "job_workflow_ref",
  "workflow_ref",
  "workflow",
  "actor",
  "actor_id",
  "base_ref",
  "enterprise",
  "enterprise_id",
  "event_name",
  "repository_visibility",
  "repo_property_team",
];
const template = fc.oneof(
  { weight: 2, arbitrary: fc.constant(undefined) },
  { weight: 1, arbitrary: fc.uniqueArray(fc.constantFrom(...TEMPLATE_KEYS), { minLength: 1, maxLength: 4 }) },
);

/** Beside them what a job of each kind has, whatever it runs on. */
const others: fc.Arbitrary<Partial<GithubJob>> = fc.record({
  ownerId: fc.constantFrom("65", "65", "66", "6"),
  repositoryId: fc.constantFrom("74", "74", "75"),
  immutableSubject: fc.boolean(),
  environment,
  reusableWorkflow,
  workflow: fc.constantFrom(undefined, undefined, "deploy", "ci: deploy", "Ünïcode *?"),
  workflowFile: fc.constantFrom(undefined, "a.yaml", "a:b.yml", ".yml.yml"),
  actor: fc.constantFrom(undefined, "octocat", "dependabot[bot]", "a_b"),
  audience: fc.constantFrom("sts.amazonaws.com", "sts.amazonaws.com", "https://github.com/octo-org", "a b"),
  enterprise: fc.constantFrom(undefined, undefined, { slug: "acme", id: "3" }),
  properties: fc.constantFrom<Readonly<Record<string, string>>[]>(
    { team: "shop" },
    { team: "" },
    { team: "a:b\n" },
    {},
  ),
  subjectTemplate: template,
});

/** A job whose token GitHub mints: what its template asks for it has. */
export const anyJob: fc.Arbitrary<GithubJob> = fc
  .tuple(repository, runsOn, others)
  .map(([name, what, more]): GithubJob => ({ repository: name, issuedAt: 1_800_000_000, ...what, ...more }))
  .filter((job) => jobProblems(job).length === 0 && isMinted(job));

function isMinted(job: GithubJob): boolean {
  try {
    return mintClaims(job).sub !== "";
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

/** What a caller may call its session. */
export const anySessionName: fc.Arbitrary<string> = fc.constantFrom(
  "GitHubActions",
  "GitHubActions",
  "ci",
  "a+=,.@-_9",
);
