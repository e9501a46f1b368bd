import { type TerraformStack, TerraformVariable } from "cdktf";
import { requireOrganization } from "../../lib/constructs/organization-owner";
import { publishOrganizationSecret, publishOrganizationVariable } from "../../lib/constructs/organization-value";
import { synthesizePlain } from "./plain-stack";
import { argumentsOf, blocksOf, onlyBlock } from "./terraform-json";

const SEALED = { encrypted: Buffer.alloc(60, 7).toString("base64"), keyId: "568250167242549743" };
const SECRETS = "github_actions_organization_secret";
const REPOSITORIES = "github_actions_organization_secret_repositories";
const secretOf = (stack: TerraformStack): string =>
  new TerraformVariable(stack, "token", { sensitive: true }).stringValue;

describe("A value of an organization", () => {
  test.each(["all", "private"] as const)("is seen by %s repositories", (repositories) => {
    const { resource, data } = synthesizePlain((stack) => {
      publishOrganizationVariable(stack, { name: "ROLE", value: "x", repositories });
      publishOrganizationSecret(stack, { name: "ROLE", value: secretOf(stack), repositories });
    });
    expect(argumentsOf(onlyBlock(resource, "github_actions_organization_variable"))).toEqual({
      variable_name: "ROLE",
      value: "x",
      visibility: repositories,
    });
    expect(argumentsOf(onlyBlock(resource, SECRETS))).toEqual({
      secret_name: "ROLE",
      plaintext_value: "${var.token}",
      visibility: repositories,
    });
    expect(data).toBeUndefined();
  });

  test("is seen by those that are named, whose numbers are looked up once", () => {
    const { resource, data } = synthesizePlain((stack) => {
      publishOrganizationVariable(stack, { name: "ROLE", value: "x", repositories: ["web", "api"] });
      publishOrganizationSecret(stack, { name: "ROLE", value: secretOf(stack), repositories: ["api"] });
    });
    expect(
      blocksOf(data, "github_repository")
        .map((each) => each["name"])
        .sort(),
    ).toEqual(["api", "web"]);
    const variable = onlyBlock(resource, "github_actions_organization_variable");
    expect(variable["visibility"]).toBe("selected");
    expect(variable["selected_repository_ids"]).toEqual([
      expect.stringMatching(/^\$\{data\.github_repository\.[^.]*web[^.]*\.repo_id\}$/),
      expect.stringMatching(/^\$\{data\.github_repository\.[^.]*api[^.]*\.repo_id\}$/),
    ]);
    expect(onlyBlock(resource, SECRETS)).toMatchObject({
      visibility: "selected",
      selected_repository_ids: [expect.stringContaining(".repo_id}")],
    });
    expect(blocksOf(resource, REPOSITORIES)).toEqual([]);
  });

  test("has the arguments of the provider's version", () => {
    const build = (isProvider612: boolean) =>
      synthesizePlain((stack) => {
        publishOrganizationSecret(stack, {
          name: "PLAIN",
          value: secretOf(stack),
          repositories: ["web"],
          isProvider612,
        });
        publishOrganizationSecret(stack, { name: "SEALED", value: SEALED, repositories: "all", isProvider612 });
      }).resource;
    expect(blocksOf(build(false), SECRETS).map(argumentsOf)).toEqual([
      {
        secret_name: "PLAIN",
        plaintext_value: "${var.token}",
        visibility: "selected",
        selected_repository_ids: [expect.any(String)],
      },
      { secret_name: "SEALED", encrypted_value: SEALED.encrypted, visibility: "all" },
    ]);
    expect(blocksOf(build(true), SECRETS).map(argumentsOf)).toEqual([
      { secret_name: "PLAIN", value: "${var.token}", visibility: "selected" },
      { secret_name: "SEALED", value_encrypted: SEALED.encrypted, key_id: SEALED.keyId, visibility: "all" },
    ]);
    expect(onlyBlock(build(true), REPOSITORIES)["selected_repository_ids"]).toEqual([expect.any(String)]);
  });

  test("is no secret that is written out or badly sealed, and the refusal does not quote it", () => {
    for (const value of ["hunter2", { encrypted: "hunter2!", keyId: "1" }, { ...SEALED, keyId: "hunter2!" }]) {
      const publish = () =>
        synthesizePlain((stack) => publishOrganizationSecret(stack, { name: "TOKEN", value, repositories: "all" }));
      expect(publish).toThrow(/^plain: secret "TOKEN" is /);
      expect(publish).not.toThrow("hunter2");
    }
  });

  test.each([
    [{ name: "token", repositories: "all" as const }, 'plain: variable "token" of the organization: write "TOKEN"'],
    [
      { name: "TOKEN", repositories: [] },
      'plain: variable "TOKEN" of the organization: name at least one repository that sees it',
    ],
    [
      { name: "TOKEN", repositories: ["octo-org/web"] },
      'plain: variable "TOKEN" of the organization: use a repository name',
    ],
  ])("is refused in %j", (props, message) => {
    expect(() => synthesizePlain((stack) => publishOrganizationVariable(stack, { ...props, value: "x" }))).toThrow(
      message,
    );
  });
});

test("That the owner is an organization is asked of GitHub in the plan, and said where it is not", () => {
  const { data } = synthesizePlain((stack) => requireOrganization(stack, "octocat"));
  const { endpoint, lifecycle } = onlyBlock(data, "github_rest_api");
  expect(endpoint).toBe("orgs/octocat");
  expect(lifecycle?.postcondition).toEqual([
    {
      condition: "${self.code == 200}",
      error_message: expect.stringMatching(/^"octocat" is no organization .* Publish in the repositories instead/),
    },
  ]);
});
