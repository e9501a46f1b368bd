import { TerraformOutput, TerraformStack } from "cdktf";
import { AwsProvider } from "../../lib/constructs/bindings";
import { GithubActionsRole } from "../../lib/constructs/github-actions-role";
import { GithubOidcProvider, type IGithubOidcProvider } from "../../lib/constructs/github-oidc-provider";
import { GithubRepository } from "../../lib/constructs/github-repository";
import { synthesizePlain } from "./plain-stack";
import { argumentsOf, blocksOf, onlyBlock, synthesizeApp, terraformJson } from "./terraform-json";

const account = { id: "111122223333", partition: "aws" } as const;

describe("GithubOidcProvider", () => {
  test("is made with the issuer's address and the audience, and without thumbprints", () => {
    const { resource } = synthesizePlain((stack) => void new GithubOidcProvider(stack, "provider"));
    expect(argumentsOf(onlyBlock(resource, "aws_iam_openid_connect_provider"))).toEqual({
      url: "https://token.actions.githubusercontent.com",
      client_id_list: ["sts.amazonaws.com"],
    });
  });

  test.each([
    [{ host: "octo.ghe.com" }, "token.actions.octo.ghe.com"],
    [{ host: "octo.ghe.com", enterpriseSlug: "octo" }, "token.actions.octo.ghe.com/octo"],
    [{ host: "github.example.com" }, "github.example.com/_services/token"],
    [{ enterpriseSlug: "octo" }, "token.actions.githubusercontent.com/octo"],
  ])("of %j trusts %s", (props, issuer) => {
    let provider: IGithubOidcProvider | undefined;
    const { resource } = synthesizePlain((stack) => void (provider = new GithubOidcProvider(stack, "provider", props)));
    expect(provider?.issuer).toBe(issuer);
    expect(onlyBlock(resource, "aws_iam_openid_connect_provider")["url"]).toBe(`https://${issuer}`);
  });

  test("takes each audience once, in the order given, and China's own by default there", () => {
    const { resource } = synthesizePlain(
      (stack) => void new GithubOidcProvider(stack, "provider", { audiences: ["b", "a", "b"] }),
    );
    expect(onlyBlock(resource, "aws_iam_openid_connect_provider")["client_id_list"]).toEqual(["b", "a"]);
    const china = synthesizePlain(
      (stack) => void new GithubOidcProvider(stack, "provider", { account: { ...account, partition: "aws-cn" } }),
    );
    expect(onlyBlock(china.resource, "aws_iam_openid_connect_provider")["client_id_list"]).toEqual([
      "sts.amazonaws.com.cn",
    ]);
  });

  test("writes its ARN out where the account is known, and refers to it where not", () => {
    const { output } = synthesizePlain((stack) => {
      new TerraformOutput(stack, "known", { value: new GithubOidcProvider(stack, "one", { account }).arn });
      new TerraformOutput(stack, "unknown", {
        value: new GithubOidcProvider(stack, "other", { host: "octo.ghe.com" }).arn,
      });
    });
    expect(output?.["known"]?.value).toBe(
      "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com",
    );
    expect(output?.["unknown"]?.value).toMatch(/^\$\{aws_iam_openid_connect_provider\.[\w-]+\.arn\}$/);
  });

  test.each([
    [{ audiences: [] }, /^plain\/provider: an OIDC provider needs at least one audience/],
    [{ audiences: ["*"] }, /^plain\/provider: audience "\*"/],
    [{ audiences: ["a".repeat(256)] }, /^plain\/provider: audience "a+"/],
    [{ host: "https://github.com" }, /^plain\/provider: GitHub host "https:\/\/github\.com"/],
    [
      { host: "github.example.com", enterpriseSlug: "octo" },
      /^plain\/provider: GitHub Enterprise Server "github\.example\.com"/,
    ],
  ])("refuses %j and says where", (props, message) => {
    expect(() => synthesizePlain((stack) => void new GithubOidcProvider(stack, "provider", props))).toThrow(RangeError);
    expect(() => synthesizePlain((stack) => void new GithubOidcProvider(stack, "provider", props))).toThrow(message);
  });

  test("takes an audience of 255 characters", () => {
    expect(() =>
      synthesizePlain((stack) => void new GithubOidcProvider(stack, "provider", { audiences: ["a".repeat(255)] })),
    ).not.toThrow();
  });
});

describe("GithubOidcProvider.fromLookup", () => {
  const lookUp = (props: Parameters<typeof GithubOidcProvider.fromLookup>[2]) =>
    synthesizePlain((stack) => void GithubOidcProvider.fromLookup(stack, "provider", props));

  test("makes nothing, and reads the provider of that issuer", () => {
    const { resource, data } = lookUp({ enterpriseSlug: "octo" });
    expect(resource).toBeUndefined();
    expect(onlyBlock(data, "aws_iam_openid_connect_provider")["url"]).toBe(
      "https://token.actions.githubusercontent.com/octo",
    );
  });

  test("has the plan fail for each audience that the provider lacks", () => {
    const { data } = lookUp({ audiences: ["sts.amazonaws.com", "b"] });
    expect(onlyBlock(data, "aws_iam_openid_connect_provider").lifecycle?.postcondition).toEqual([
      {
        condition: '${contains(self.client_id_list, "sts.amazonaws.com")}',
        error_message:
          'The OIDC provider token.actions.githubusercontent.com of this account lacks the audience "sts.amazonaws.com": AWS would refuse every token meant for it. Add it to the provider\'s client ids, or name the audiences that it has.',
      },
      expect.objectContaining({ condition: '${contains(self.client_id_list, "b")}' }),
    ]);
  });

  test("quotes an audience for the language that the condition is written in", () => {
    const { data } = lookUp({ audiences: ['a"b\\c'] });
    expect(onlyBlock(data, "aws_iam_openid_connect_provider").lifecycle?.postcondition?.[0]?.condition).toBe(
      '${contains(self.client_id_list, "a\\"b\\\\c")}',
    );
  });

  test("writes the ARN out where the account is known, and refers to it where not", () => {
    const { output } = synthesizePlain((stack) => {
      new TerraformOutput(stack, "known", { value: GithubOidcProvider.fromLookup(stack, "one", { account }).arn });
      new TerraformOutput(stack, "unknown", { value: GithubOidcProvider.fromLookup(stack, "other").arn });
    });
    expect(output?.["known"]?.value).toBe(
      "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com",
    );
    expect(output?.["unknown"]?.value).toBe("${data.aws_iam_openid_connect_provider.other.arn}");
  });

  test("refuses what the provider itself would refuse, and says where", () => {
    expect(() => lookUp({ audiences: [] })).toThrow(/^plain\/provider: an OIDC provider needs at least one audience/);
    expect(() => lookUp({ host: "github.com:443" })).toThrow(/^plain\/provider: GitHub host "github\.com:443"/);
  });
});

describe("GithubOidcProvider.fromArn", () => {
  test("reads the issuer from the ARN, and the audience from its partition", () => {
    const { issuer, audiences, dependency } = GithubOidcProvider.fromArn(
      "arn:aws-cn:iam::111122223333:oidc-provider/token.actions.githubusercontent.com/octo",
    );
    expect({ issuer, audiences, dependency }).toEqual({
      issuer: "token.actions.githubusercontent.com/octo",
      audiences: ["sts.amazonaws.com.cn"],
      dependency: undefined,
    });
  });

  test("takes the audiences that it is told", () => {
    expect(
      GithubOidcProvider.fromArn("arn:aws:iam::111122223333:oidc-provider/github.example.com/_services/token", ["octo"])
        .audiences,
    ).toEqual(["octo"]);
  });

  test.each([
    "",
    "token.actions.githubusercontent.com",
    "arn:aws:iam::111122223333:role/x",
    "arn:aws:iam::1111:oidc-provider/x",
    "arn:aws:s3:::oidc-provider/x",
  ])("refuses %j", (arn) => {
    expect(() => GithubOidcProvider.fromArn(arn)).toThrow(
      new RangeError(
        `${JSON.stringify(arn)} is not the ARN of an OIDC provider: arn:aws:iam::ACCOUNT:oidc-provider/ISSUER`,
      ),
    );
  });
});

describe("A provider used in another stack", () => {
  const synthesizeTwo = (makeProvider: (stack: TerraformStack) => IGithubOidcProvider) => {
    let dependencies: readonly string[] = [];
    const app = synthesizeApp((scope) => {
      const [shared, roles] = ["shared", "roles"].map((name) => new TerraformStack(scope, name)) as [
        TerraformStack,
        TerraformStack,
      ];
      for (const stack of [shared, roles]) new AwsProvider(stack, "aws", { region: "eu-west-1" });
      new GithubActionsRole(roles, "role", {
        provider: makeProvider(shared),
        name: "web",
        allow: [{ repository: GithubRepository.byName("octo-org/web"), branch: "main" }],
      });
      dependencies = roles.dependencies.map((stack) => stack.node.id);
    });
    return { shared: terraformJson(app, "shared"), roles: terraformJson(app, "roles"), dependencies };
  };

  test("is referred to through the other stack's state", () => {
    const { shared, roles } = synthesizeTwo((stack) => new GithubOidcProvider(stack, "provider"));
    const outputs = Object.entries(shared.output ?? {});
    expect(outputs).toHaveLength(1);
    const [name, output] = outputs[0] ?? [];
    expect(output?.value).toMatch(/^\$\{aws_iam_openid_connect_provider\.[\w-]+\.arn\}$/);
    expect(onlyBlock(roles.resource, "aws_iam_role")["assume_role_policy"]).toContain(
      `"Federated":"\${data.terraform_remote_state.cross-stack-reference-input-shared.outputs.${name}}"`,
    );
  });

  test.each([
    ["made there", (stack: TerraformStack) => new GithubOidcProvider(stack, "provider", { account })],
    ["looked up there", (stack: TerraformStack) => GithubOidcProvider.fromLookup(stack, "provider", { account })],
  ])("and %s is waited for by the stack, since no resource can wait for one of another state", (_, makeProvider) => {
    const { roles, dependencies } = synthesizeTwo(makeProvider);
    expect(onlyBlock(roles.resource, "aws_iam_role").depends_on).toBeUndefined();
    expect(dependencies).toEqual(["shared"]);
    expect(blocksOf(roles.data, "terraform_remote_state")).toEqual([]);
  });
});
