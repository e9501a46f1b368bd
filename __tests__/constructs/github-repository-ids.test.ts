import { TerraformStack } from "cdktf";
import { AwsProvider, GithubProvider } from "../../lib/constructs/bindings";
import { GithubActionsRole } from "../../lib/constructs/github-actions-role";
import { GithubOidcProvider } from "../../lib/constructs/github-oidc-provider";
import { GithubRepositoryIdLookup } from "../../lib/constructs/github-repository-ids";
import { synthesizePlain } from "./plain-stack";
import { onlyBlock, synthesizeApp } from "./terraform-json";

const provider = GithubOidcProvider.fromArn(
  "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com",
);

describe("GithubRepositoryIdLookup", () => {
  test("trusts both forms, each exact, with the ids that the plan reads", () => {
    const { data, locals, resource } = synthesizePlain((stack) => {
      const repository = new GithubRepositoryIdLookup(stack, "repository", { fullName: "octo-org/web" });
      new GithubActionsRole(stack, "role", { provider, name: "web", allow: [{ repository, branch: "main" }] });
    });
    expect(onlyBlock(data, "github_rest_api")["endpoint"]).toBe("repos/octo-org/web");
    expect(onlyBlock(data, "github_rest_api").lifecycle?.postcondition).toHaveLength(3);
    const [name] = Object.keys(data?.["github_rest_api"] ?? {});
    const [local, value] = Object.entries(locals ?? {})[0] ?? [];
    const body = `jsondecode(data.github_rest_api.${name}.body)`;
    expect(value).toBe(
      `\${format("repo:%s@%d/%s@%d", ${body}.owner.login, ${body}.owner.id, ${body}.name, ${body}.id)}`,
    );
    const { Statement: statements } = JSON.parse(String(onlyBlock(resource, "aws_iam_role")["assume_role_policy"])) as {
      Statement: { Condition: Record<string, Record<string, unknown>> }[];
    };
    expect(
      statements.map(({ Condition: { StringEquals: equals } }) => equals?.["token.actions.githubusercontent.com:sub"]),
    ).toEqual([[`\${local.${local}}:ref:refs/heads/main`, "repo:octo-org/web:ref:refs/heads/main"]]);
  });

  test.each([
    [{ owner: "65" }, 4],
    [{ owner: "65", repository: "74" }, 5],
  ])("compares the ids that are known: %j", (expected, count) => {
    const { data } = synthesizePlain(
      (stack) => void new GithubRepositoryIdLookup(stack, "repository", { fullName: "octo-org/web", expected }),
    );
    expect(onlyBlock(data, "github_rest_api").lifecycle?.postcondition).toHaveLength(count);
  });

  test.each([
    [{ fullName: "web" }, '"web" is not the full name of a repository'],
    [{ fullName: "octo-org/web", expected: { owner: "x" } }, 'id "x" of octo-org/web: use GitHub\'s numeric id'],
    [{ fullName: "octo-org/web", expected: { repository: "0" } }, 'id "0" of octo-org/web'],
  ])("refuses %j, and says where", (props, message) => {
    expect(() => synthesizePlain((stack) => void new GithubRepositoryIdLookup(stack, "repository", props))).toThrow(
      RangeError,
    );
    expect(() => synthesizePlain((stack) => void new GithubRepositoryIdLookup(stack, "repository", props))).toThrow(
      `plain/repository: ${message}`,
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
        const repository = new GithubRepositoryIdLookup(one, "repository", { fullName: "octo-org/web" });
        new GithubActionsRole(other, "role", { provider, name: "web", allow: [{ repository, branch: "main" }] });
      }),
    ).toThrow('other/role: octo-org/web is looked up in stack "one"');
  });
});
