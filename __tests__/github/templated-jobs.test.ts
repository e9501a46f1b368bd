import fc from "fast-check";
import { jobFilterProblems, requiredClaims, type JobFilter } from "../../lib/github/job-filter";
import { DEFAULT_TEMPLATE, isTemplateKey, SUBJECT_CLAIMS, templateRule } from "../../lib/github/subject-template";
import {
  besideTemplate,
  repositoryClaims,
  requiredAlternatives,
  templateProblems,
} from "../../lib/github/templated-jobs";
import { mintClaims } from "../../lib/github/token";
import { runs } from "../support/runs";

const PREFIX = "repo:octo-org/web-shop";
const WORKFLOW = "octo-org/ci/.github/workflows/deploy.yml@refs/heads/main";
const KNOWN = repositoryClaims("octo-org/web-shop", { owner: "65", repository: "74" });
const by = (...templates: string[][]) => ({ prefixes: [PREFIX], templates, claims: KNOWN });

describe("a template is refused when", () => {
  test.each([
    [[], "name at least one claim"],
    [["repo", "context", "repo"], '"repo" is a duplicate'],
    ...[
      "environment",
      "ref",
      "workflow",
      "head_ref",
      "base_ref",
      "context",
      "actor",
      "event_name",
      "runner_environment",
      "repo_property_team",
    ].map((first): [string[], string] => [[first, "repo"], `any repository on GitHub can mint "${first}:…"`]),
    [["repository_owner_id", "context"], "without it other repositories mint the same subjects"],
    [["job_workflow_ref"], "without it other repositories mint the same subjects"],
    [["enterprise_id", "repository_owner", "job_workflow_ref"], "without it other repositories mint the same subjects"],
  ])("it is %j", (template, wrong) => expect(templateRule(template)).toContain(wrong));

  test.each([
    [["repo"]],
    [["repo", "context"]],
    [["repository_owner_id", "repository_id", "environment"]],
    [["job_workflow_ref", "repo"]],
    [["repository", "context"]],
  ])("not when it is %j", (template) => expect(templateRule(template)).toBeUndefined());
});

test("the keys of a template are claims of GitHub's tokens, the two shorthands and custom properties", () => {
  const token = mintClaims({
    repository: "octo-org/web-shop",
    branch: "main",
    environment: "production",
    enterprise: { slug: "octo", id: 7 },
  });
  const ofToken = Object.keys(token).filter(
    (claim) => !["iss", "sub", "aud", "iat", "nbf", "exp", "jti"].includes(claim),
  );
  expect([...SUBJECT_CLAIMS].sort()).toEqual(ofToken.sort());
  expect(
    [
      "repo",
      "context",
      "actor",
      "repo_property_team",
      "sub",
      "aud",
      "jti",
      "repo_property_",
      "contxt",
      "__proto__",
    ].map(isTemplateKey),
  ).toEqual([true, true, true, true, false, false, false, false, false, false]);
});

describe("jobs of a repository with a template", () => {
  test.each<[string, JobFilter, string[], object]>([
    [
      "have the claims in order",
      { environment: "production", workflow: WORKFLOW },
      ["repo", "context", "job_workflow_ref"],
      { sub: [`${PREFIX}:environment:production:job_workflow_ref:${WORKFLOW}`] },
    ],
    [
      "need no condition for what the subject says",
      { environment: "production", branch: "main", claims: { actor: "octocat" } },
      ["repo", "context", "ref", "actor"],
      { sub: [`${PREFIX}:environment:production:ref:refs/heads/main:actor:octocat`] },
    ],
    [
      "keep the condition for what it does not say",
      { environment: "production", branch: "main", claims: { actor: "octocat" } },
      ["repo", "environment"],
      { sub: [`${PREFIX}:environment:production`], ref: ["refs/heads/main"], actor: ["octocat"] },
    ],
    [
      "have an alternative for each value",
      { branch: "main", subjectClaims: { event_name: ["push", "schedule"] } },
      ["repo", "context", "event_name"],
      { sub: [`${PREFIX}:ref:refs/heads/main:event_name:push`, `${PREFIX}:ref:refs/heads/main:event_name:schedule`] },
    ],
    [
      "are told by what is known of the repository",
      { pullRequest: true },
      ["repository_owner_id", "repository_id", "repository", "repository_owner", "context"],
      {
        sub: [
          "repository_owner_id:65:repository_id:74:repository:octo-org/web-shop:repository_owner:octo-org:pull_request",
        ],
      },
    ],
    [
      "write a colon as GitHub does",
      { branch: "main", claims: { workflow: "Deploy: web" } },
      ["repo", "context", "workflow"],
      { sub: [`${PREFIX}:ref:refs/heads/main:workflow:Deploy%3A web`] },
    ],
    [
      "keep patterns",
      { tag: "v*", workflow: WORKFLOW },
      ["repo", "context", "job_workflow_ref"],
      { sub: [`${PREFIX}:ref:refs/tags/v*:job_workflow_ref:${WORKFLOW}`] },
    ],
    [
      "of a merge queue have its ref",
      { mergeQueue: "main" },
      ["repo", "context", "ref"],
      { sub: [`${PREFIX}:ref:refs/heads/gh-readonly-queue/main/pr-*:ref:refs/heads/gh-readonly-queue/main/pr-*`] },
    ],
    [
      "that are all meant are all meant",
      { any: true, workflow: WORKFLOW },
      ["repo", "job_workflow_ref"],
      { sub: [`${PREFIX}:job_workflow_ref:${WORKFLOW}`] },
    ],
  ])("%s", (_, filter, template, claims) => {
    expect(templateProblems(filter, by(template))).toEqual([]);
    expect(requiredAlternatives(filter, by(template))).toEqual([claims]);
  });

  test("are alternatives while a template changes, each with the conditions that its own form needs", () => {
    const filter: JobFilter = { branch: "main", workflow: WORKFLOW, subjectClaims: { event_name: "push" } };
    const minted = by(["repo", "context", "job_workflow_ref", "event_name"], ["repo", "context"]);
    expect(templateProblems(filter, minted)).toEqual([]);
    expect(requiredAlternatives(filter, minted)).toEqual([
      { sub: [`${PREFIX}:ref:refs/heads/main:job_workflow_ref:${WORKFLOW}:event_name:push`] },
      { sub: [`${PREFIX}:ref:refs/heads/main`], job_workflow_ref: [WORKFLOW] },
    ]);
  });

  test("with a raw subject have that, whatever the template is", () => {
    const filter: JobFilter = { subject: "repo:octo-org/web-shop:actor:octocat" };
    expect(templateProblems(filter, by(["repo", "context"], ["repo", "actor"]))).toEqual([]);
    expect(requiredAlternatives(filter, by(["repo", "context"], ["repo", "actor"]))).toEqual([
      { sub: ["repo:octo-org/web-shop:actor:octocat"] },
    ]);
  });

  test.each<[string, JobFilter, string[], string | undefined, string]>([
    [
      "the workflow is not said",
      { branch: "main" },
      ["repo", "context", "job_workflow_ref"],
      undefined,
      'nothing says which job_workflow_ref: say it with "workflow" in an entry of "allow"',
    ],
    [
      "a claim is not said",
      { branch: "main" },
      ["repo", "context", "event_name"],
      undefined,
      'say it with "subjectClaims: {event_name: …}"',
    ],
    [
      "no environment is named",
      { branch: "main" },
      ["repo", "context", "environment"],
      undefined,
      'nothing says which environment: say it with "environment"',
    ],
    [
      "a pull request has no ref that is known",
      { pullRequest: true },
      ["repo", "context", "ref"],
      undefined,
      'nothing says which ref: say it with "branch" or "tag"',
    ],
    [
      "the subject tells no branch",
      { branch: "main" },
      ["repo", "actor_id"],
      "branch",
      '"branch": subjects of the repository are made of repo, actor_id, which does not tell it: add "context"',
    ],
    [
      "a ref alone, which other events have too, stands for the branch",
      { branch: "main" },
      ["repo", "ref"],
      "branch",
      'add "context" to the template',
    ],
    ["the subject tells no tag", { tag: "v1" }, ["repo"], "tag", 'add "context"'],
    ["the subject tells no pull request", { pullRequest: true }, ["repo"], "pullRequest", 'add "context"'],
    ["the subject tells no merge queue", { mergeQueue: "main" }, ["repo"], "mergeQueue", 'add "context"'],
    [
      "the subject tells no environment",
      { environment: "production", branch: "main" },
      ["repo"],
      "environment",
      'add "context"',
    ],
    [
      "a claim is asked of a subject that does not carry it",
      { branch: "main", subjectClaims: { event_name: "push" } },
      ["repo", "context"],
      "subjectClaims",
      "have no place for it: add it to the template, or leave it out",
    ],
  ])("are refused when %s", (_, filter, template, key, message) => {
    const [problem] = templateProblems(filter, by(template));
    expect(problem?.key).toBe(key);
    expect(problem?.message).toContain(message);
  });
});

const jobs = fc.constantFrom<Pick<JobFilter, "branch" | "tag" | "environment">>(
  { branch: "main" },
  { tag: "v1" },
  { environment: "prod:eu" },
  { environment: "production", branch: "main" },
);
const templates = fc
  .uniqueArray(
    fc.constantFrom(
      "context",
      "repository",
      "repository_id",
      "repository_owner",
      "repository_owner_id",
      "job_workflow_ref",
      "actor",
      "event_name",
      "ref",
      "environment",
    ),
    { maxLength: 5 },
  )
  .map((claims) => ["repo", ...claims]);

test("whatever the template, a job that a filter means mints a subject that the filter asks for", () => {
  fc.assert(
    fc.property(jobs, templates, (what, template) => {
      const job = {
        repository: "octo-org/web-shop",
        ownerId: 65,
        repositoryId: 74,
        reusableWorkflow: WORKFLOW,
        ...("branch" in what || "tag" in what ? {} : { branch: "main" }),
        ...what,
      };
      const filter: JobFilter = {
        ...what,
        workflow: WORKFLOW,
        claims: { actor: "octocat" },
        ...(template.includes("event_name") && { subjectClaims: { event_name: "push" } }),
      };
      expect(jobFilterProblems(filter)).toEqual([]);
      fc.pre(templateProblems(filter, by(template)).length === 0);
      const token = mintClaims({ ...job, subjectTemplate: template, event: "push" }) as unknown as Record<
        string,
        string
      >;
      const [alternative = {}] = requiredAlternatives(filter, by(template));
      for (const [claim, values] of Object.entries(alternative))
        expect([claim, values]).toEqual([claim, [token[claim]]]);
      // Nothing that the filter asks for is lost: the subject or a condition says it.
      for (const claim of ["actor", "job_workflow_ref"])
        expect(claim in alternative || template.includes(claim)).toBe(true);
    }),
    { numRuns: runs(300) },
  );
});

test("GitHub's own form, listed, is GitHub's own form", () => {
  fc.assert(
    fc.property(jobs, (filter) => {
      expect(besideTemplate(filter, DEFAULT_TEMPLATE)).toEqual(filter);
      expect(requiredAlternatives(filter, by(["repo", "context"]))).toEqual([requiredClaims(filter, [PREFIX])]);
    }),
  );
});
