import { TerraformStack } from "cdktf";
import { AwsProvider, GithubProvider } from "../../lib/constructs/bindings";
import { GithubActionsRole } from "../../lib/constructs/github-actions-role";
import { GithubOidcProvider } from "../../lib/constructs/github-oidc-provider";
import { GithubRepository, GithubRepositoryLookup } from "../../lib/constructs/github-repository";
import { synthesizePlain } from "./plain-stack";
import { onlyBlock, synthesizeApp } from "./terraform-json";

const ids = { owner: "1", repository: "2" };
const provider = GithubOidcProvider.fromArn(
  "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com",
);

describe("GithubRepository", () => {
  test("by name has the prefix with names", () => {
    expect(GithubRepository.byName("octo-org/web.shop")).toEqual({
      fullName: "octo-org/web.shop",
      subjectPrefixes: ["repo:octo-org/web.shop"],
    });
  });

  test("by id has the prefix with ids", () => {
    expect(GithubRepository.byId("octo-org/web", ids)).toEqual({
      fullName: "octo-org/web",
      subjectPrefixes: ["repo:octo-org@1/web@2"],
    });
  });

  test("by name and id has both, each exact", () => {
    expect(GithubRepository.byNameAndId("octo-org/web", ids)).toEqual({
      fullName: "octo-org/web",
      subjectPrefixes: ["repo:octo-org/web", "repo:octo-org@1/web@2"],
    });
  });

  test.each([
    "",
    "web",
    "octo-org/",
    "/web",
    "octo-org/web/x",
    "octo-org@1/web@2",
    "octo-*/web",
    "octo-org/*",
    "octo org/web",
    "octo-org/..",
    "${x}/web",
  ])("of name %j is refused", (fullName) => {
    const refusal = new RangeError(
      `${JSON.stringify(fullName)} is not the full name of a repository: write it as "OWNER/NAME", without ids`,
    );
    expect(() => GithubRepository.byName(fullName)).toThrow(refusal);
    expect(() => GithubRepository.byId(fullName, ids)).toThrow(refusal);
    expect(() => GithubRepository.byNameAndId(fullName, ids)).toThrow(refusal);
  });

  test.each([
    [{ owner: "x", repository: "2" }, 'id "x" of octo-org/web'],
    [{ owner: "1", repository: "" }, 'id "" of octo-org/web'],
    [{ owner: "0", repository: "2" }, 'id "0" of octo-org/web'],
    [{ owner: "1", repository: "*" }, 'id "*" of octo-org/web'],
  ])("of ids %j is refused", (wrong, message) => {
    expect(() => GithubRepository.byId("octo-org/web", wrong)).toThrow(RangeError);
    expect(() => GithubRepository.byId("octo-org/web", wrong)).toThrow(message);
  });
});

describe("GithubRepositoryLookup", () => {
  test("reads the repository's subjects in the plan, and puts them into the trust policy", () => {
    const { data, locals, resource } = synthesizePlain((stack) => {
      const repository = new GithubRepositoryLookup(stack, "repository", { fullName: "octo-org/web" });
      new GithubActionsRole(stack, "role", { provider, name: "web", allow: [{ repository, branch: "main" }] });
    });
    expect(onlyBlock(data, "github_rest_api")["endpoint"]).toBe("repos/octo-org/web/actions/oidc/customization/sub");
    const [dataName] = Object.keys(data?.["github_rest_api"] ?? {});
    const [local, value] = Object.entries(locals ?? {})[0] ?? [];
    expect(value).toBe(`\${jsondecode(data.github_rest_api.${dataName}.body).sub_claim_prefix}`);
    expect(onlyBlock(resource, "aws_iam_role")["assume_role_policy"]).toContain(
      `"\${local.${local}}:ref:refs/heads/main"`,
    );
  });

  test("on a server that mints no ids uses the name, and looks only for a template", () => {
    const { data, locals } = synthesizePlain(
      (stack) => void new GithubRepositoryLookup(stack, "repository", { fullName: "octo-org/web", mintsIds: false }),
    );
    expect(Object.values(locals ?? {})).toEqual(["repo:octo-org/web"]);
    expect(onlyBlock(data, "github_rest_api").lifecycle?.postcondition).toHaveLength(2);
  });

  test("refuses a name that GitHub has not, and says where", () => {
    expect(() =>
      synthesizePlain((stack) => void new GithubRepositoryLookup(stack, "repository", { fullName: "web" })),
    ).toThrow(
      new RangeError(
        'plain/repository: "web" is not the full name of a repository: write it as "OWNER/NAME", without ids',
      ),
    );
  });

  test("is refused by a role of another stack: its state knows nothing of the answer", () => {
    expect(() =>
      synthesizeApp((app) => {
        const [one, other] = ["one", "other"].map((name) => new TerraformStack(app, name)) as [
          TerraformStack,
          TerraformStack,
        ];
        new GithubProvider(one, "github", {});
        new AwsProvider(other, "aws", {});
        const repository = new GithubRepositoryLookup(one, "repository", { fullName: "octo-org/web" });
        new GithubActionsRole(other, "role", { provider, name: "web", allow: [{ repository, branch: "main" }] });
      }),
    ).toThrow(
      new RangeError('other/role: octo-org/web is looked up in stack "one": look it up in the stack of the role'),
    );
  });
});
