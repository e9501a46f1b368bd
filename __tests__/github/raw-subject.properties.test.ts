import fc from "fast-check";
import { rawSubjectRule } from "../../lib/github/raw-subject";
import { globMatches } from "../aws/trust-evaluator";
import { casesMet, runs } from "../support/runs";

/** Few characters, so that one name is often the beginning of another. */
const owner = fc.constantFrom("o", "o1", "oo", "o-1", "1");
const id = fc.constantFrom("1", "11");
const repository = fc.constantFrom("r", "r1", "o");

const job = fc.record({
  owner,
  ownerId: id,
  repository,
  repositoryId: id,
  immutable: fc.boolean(),
  context: fc.constantFrom("pull_request", "environment:x", "environment:o", "ref:refs/heads/o/r"),
});
type Job = typeof job extends fc.Arbitrary<infer T> ? T : never;

/** What the job's token can say: by default, or by a template that its owner has chosen, whoever that is. */
function subjectsOf({ owner: login, ownerId, repository: name, repositoryId, context, immutable }: Job): string[] {
  const named = `${login}/${name}`;
  const templates = [
    `repository_owner:${login}`,
    `repository_owner_id:${ownerId}`,
    `repository:${named}`,
    `repository_id:${repositoryId}`,
    `job_workflow_ref:${named}/.github/workflows/x.yml@refs/heads/main`,
    "environment:x",
    "event_name:push",
    "actor_id:1",
  ];
  return [
    `repo:${immutable ? `${login}@${ownerId}/${name}@${repositoryId}` : named}:${context}`,
    ...templates,
    ...templates.map((each) => `${each}:${context}`),
  ];
}

/** How people shorten and loosen a subject that they have found. */
const loosening = fc.record({
  at: fc.nat(60),
  how: fc.constantFrom("star", "question mark", "cut", "star at the end", "colon and star at the end"),
});
const loosened = (
  subject: string,
  changes: readonly (typeof loosening extends fc.Arbitrary<infer T> ? T : never)[],
): string =>
  changes.reduce((text, { at, how }) => {
    const index = at % (text.length + 1);
    switch (how) {
      case "star":
        return `${text.slice(0, index)}*${text.slice(index + 1)}`;
      case "question mark":
        return `${text.slice(0, index)}?${text.slice(index + 1)}`;
      case "cut":
        return text.slice(0, index);
      case "star at the end":
        return `${text}*`;
      default:
        return `${text}:*`;
    }
  }, subject);

/** The owner, or what the owner has, that a job's subject names first, by the claim that it begins with. */
const NAMED: Readonly<Record<string, (job: Job) => string>> = {
  repo: (each) => each.owner,
  repository: (each) => each.owner,
  repository_owner: (each) => each.owner,
  repository_owner_id: (each) => each.ownerId,
  repository_id: (each) => each.repositoryId,
  job_workflow_ref: (each) => each.owner,
};

test("a subject that is let through names its owner, and admits no job of another", () => {
  let accepted = 0;
  let admitted = 0;
  fc.assert(
    fc.property(
      job,
      fc.nat(100),
      fc.array(loosening, { maxLength: 2 }),
      fc.array(job, { minLength: 4, maxLength: 4 }),
      (found, which, changes, strangers) => {
        const subjects = subjectsOf(found);
        const pattern = loosened(subjects[which % subjects.length] ?? "", changes);
        if (rawSubjectRule(pattern) !== undefined) return;
        accepted += 1;
        const [, claim = "", named] = /^([a-z_]+):([^/:@]+)/.exec(pattern) ?? [];
        for (const stranger of strangers)
          if (subjectsOf(stranger).some((subject) => globMatches(pattern, subject))) {
            admitted += 1;
            expect(named).toBe(NAMED[claim]?.(stranger));
          }
      },
    ),
    { numRuns: runs(3_000) },
  );
  expect(accepted).toBeGreaterThan(casesMet(100));
  expect(admitted).toBeGreaterThan(casesMet(100));
});
