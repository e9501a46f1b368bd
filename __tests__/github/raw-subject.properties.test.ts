import fc from "fast-check";
import { rawSubjectRule } from "../../lib/github/raw-subject";
import { globMatches } from "../aws/trust-evaluator";

/**
 * Subjects that people write who copy, shorten and loosen what they have found. Owners and repositories
 * are made of few characters, so that one is often the beginning of another.
 */
const written = fc
  .tuple(
    fc.constantFrom("repo:", "repository:", "repository_owner:", "repository_owner_id:", "repository_id:", "environment:", "event_name:", "job_workflow_ref:", "actor_id:"),
    fc.string({ unit: fc.constantFrom("o", "o1", "/", "r", "@1", "@*", "*", "?", "-"), minLength: 1, maxLength: 5 }),
    fc.constantFrom("", ":*", ":pull_request", ":environment:*", "*", "/*", ":**", "::*"),
  )
  .map((pieces) => pieces.join(""));

const login = fc.constantFrom("o", "o1", "oo", "o-1", "1", "r", "environment");
const id = fc.constantFrom("1", "11", "2");
const context = fc.constantFrom("pull_request", "environment:x", "environment:r", "ref:refs/heads/o/r", "ref:refs/heads/main");

/** A job, and the owner whose it is. */
const job = fc.record({ owner: login, ownerId: id, repository: fc.constantFrom("r", "r1", "o", "-"), repositoryId: id, context, immutable: fc.boolean() });
type Job = typeof job extends fc.Arbitrary<infer T> ? T : never;

/** What its token can say: by default, or by a template that the owner has chosen, whoever that is. */
function subjectsOf({ owner, ownerId, repository, repositoryId, context: what, immutable }: Job): string[] {
  const named = `${owner}/${repository}`;
  const templates = ["event_name:push", "environment:x", "environment:o", "environment:r", "actor_id:1", `repository_owner:${owner}`, `repository_owner_id:${ownerId}`, `repository_id:${repositoryId}`, `repository:${named}`, `job_workflow_ref:${named}/.github/workflows/x.yml@refs/heads/main`];
  return [`repo:${immutable ? `${owner}@${ownerId}/${repository}@${repositoryId}` : named}:${what}`, ...templates, ...templates.map((each) => `${each}:${what}`)];
}

/** What the first claim of a subject must be, by the job whose token it is. */
const FIRST_CLAIMS: Readonly<Record<string, (job: Job) => string[]>> = {
  repo: ({ owner, ownerId }) => [owner, `${owner}@${ownerId}`],
  repository_owner: ({ owner }) => [owner],
  repository_owner_id: ({ ownerId }) => [ownerId],
  repository_id: ({ repositoryId }) => [repositoryId],
  repository: ({ owner }) => [owner],
  job_workflow_ref: ({ owner }) => [owner],
};

test("a subject that is let through never admits a job of an owner whom it does not name", () => {
  let admitted = 0;
  fc.assert(
    fc.property(written, job, (pattern, stranger) => {
      if (rawSubjectRule(pattern) !== undefined) return;
      const [, claim = "", named = ""] = /^([a-z_]+):([^/:]*)/.exec(pattern) ?? [];
      for (const subject of subjectsOf(stranger)) {
        if (!globMatches(pattern, subject)) continue;
        admitted += 1;
        const own = FIRST_CLAIMS[claim]?.(stranger) ?? [];
        expect(own.some((each) => globMatches(named, each))).toBe(true);
        // The name itself is never a pattern; an id behind it may be, since no name has an at sign.
        expect(named.split("@")[0]).not.toMatch(/[*?]/);
      }
    }),
    { numRuns: 20_000 },
  );
  expect(admitted).toBeGreaterThan(20);
});
