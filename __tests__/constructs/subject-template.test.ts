import { GithubRepository } from "../../lib/constructs/github-repository";
import { SubjectTemplate } from "../../lib/constructs/subject-template";
import { synthesizePlain } from "./plain-stack";
import { onlyBlock } from "./terraform-json";

const REPOSITORY = "github_actions_repository_oidc_subject_claim_customization_template";
const ORGANIZATION = "github_actions_organization_oidc_subject_claim_customization_template";

describe("A subject template", () => {
  test.each([
    ["default" as const, { use_default: true }],
    ["organization" as const, { use_default: false }],
    [
      ["repo", "context", "job_workflow_ref"],
      { use_default: false, include_claim_keys: ["repo", "context", "job_workflow_ref"] },
    ],
  ])("of a repository that is %j is what GitHub's API takes", (claims, expected) => {
    const { resource } = synthesizePlain(
      (stack) => new SubjectTemplate(stack, "template", { repository: "web", claims }),
    );
    expect(onlyBlock(resource, REPOSITORY)).toEqual({
      "//": expect.anything() as unknown,
      repository: "web",
      ...expected,
    });
  });

  test.each([
    ["default" as const, ["repo", "context"]],
    [
      ["repo", "repository_owner"],
      ["repo", "repository_owner"],
    ],
  ])("of an organization that is %j lists its claims", (claims, keys) => {
    const { resource } = synthesizePlain((stack) => new SubjectTemplate(stack, "template", { claims }));
    expect(onlyBlock(resource, ORGANIZATION)["include_claim_keys"]).toEqual(keys);
  });

  test("waits for what is to be in place before tokens change", () => {
    const { resource } = synthesizePlain(
      (stack) =>
        new SubjectTemplate(stack, "template", {
          repository: "web",
          claims: "default",
          after: [{ address: "aws_iam_role.a" }, new SubjectTemplate(stack, "organization", { claims: "default" })],
        }),
    );
    expect(onlyBlock(resource, REPOSITORY)["depends_on"]).toEqual([
      "aws_iam_role.a",
      expect.stringMatching(new RegExp(`^${ORGANIZATION}\\.organization`)),
    ]);
  });

  test.each([
    [{ repository: "octo-org/web", claims: "default" as const }, "use a repository name"],
    [{ claims: "organization" as const }, 'the organization\'s template cannot be "organization"'],
    [
      { repository: "web", claims: ["environment", "repo"] },
      'subject template "environment, repo": begin with a claim that says whose job it is',
    ],
    [{ repository: "web", claims: ["repo", "contxt"] }, 'GitHub mints no claim "contxt"'],
  ])("is refused, with its path, when it is %j", (props, message) => {
    expect(() => synthesizePlain((stack) => new SubjectTemplate(stack, "template", props))).toThrow(RangeError);
    expect(() => synthesizePlain((stack) => new SubjectTemplate(stack, "template", props))).toThrow(message);
    expect(() => synthesizePlain((stack) => new SubjectTemplate(stack, "template", props))).toThrow(
      /^plain\/template: /,
    );
  });
});

describe("A repository with templates", () => {
  const web = GithubRepository.byName("octo-org/web");
  test("is the repository, with the claims that all its tokens carry", () => {
    expect(GithubRepository.withTemplates(web, [["repo", "context", "actor"]])).toEqual({
      ...web,
      subjectTemplates: [["repo", "context", "actor"]],
      tokenClaims: { repository: "octo-org/web", repository_owner: "octo-org" },
    });
  });

  test("needs one, and none that a stranger mints", () => {
    expect(() => GithubRepository.withTemplates(web, [])).toThrow("octo-org/web has no subject template");
    expect(() => GithubRepository.withTemplates(web, [["repo"], ["actor", "repo"]])).toThrow(
      'subject template "actor, repo" of octo-org/web: begin with',
    );
  });
});
