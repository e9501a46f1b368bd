import { GithubActionsRole } from "../../lib/constructs/github-actions-role";
import { GithubOidcProvider, type GithubOidcProviderProps } from "../../lib/constructs/github-oidc-provider";
import { GithubRepository } from "../../lib/constructs/github-repository";
import { synthesizePlain } from "./plain-stack";

const ARN = "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com";
const repository = GithubRepository.byName("octo-org/web-shop");
const workflow = "octo-org/ci/.github/workflows/release.yml@refs/heads/main";

/** A role that asks for more than the subject, for tokens of a provider. */
const roleFor =
  (arn: string, jobs: object): (() => unknown) =>
  () =>
    synthesizePlain(
      (stack) =>
        new GithubActionsRole(stack, "role", {
          provider: GithubOidcProvider.fromArn(arn),
          name: "role",
          allow: [{ repository, ...jobs }],
        }),
    );

describe("a claim beside the subject", () => {
  test("is accepted where AWS is known to compare it", () => {
    expect(roleFor(ARN, { branch: "main", workflow })).not.toThrow();
  });

  test.each([
    ["an enterprise's own issuer", `${ARN}/octo-enterprise`],
    ["GitHub Enterprise Server", "arn:aws:iam::111122223333:oidc-provider/github.example.com/_services/token"],
    ["China", ARN.replace("arn:aws:", "arn:aws-cn:")],
  ])("is refused for %s, where it is not", (_where, arn) => {
    expect(roleFor(arn, { branch: "main", workflow })).toThrow(
      /^plain\/role: claim "job_workflow_ref" beside the subject: AWS is known to compare it only for/,
    );
    expect(roleFor(arn, { environment: "production", branch: "main" })).toThrow(/claim "ref" beside the subject/);
    expect(roleFor(arn, { environment: "production" })).not.toThrow();
  });

  test("is accepted there where the provider vouches for it", () => {
    const synth = (props: GithubOidcProviderProps) => () =>
      synthesizePlain(
        (stack) =>
          new GithubActionsRole(stack, "role", {
            provider: new GithubOidcProvider(stack, "provider", props),
            name: "role",
            allow: [{ repository, branch: "main", workflow }],
          }),
      );
    expect(synth({ host: "github.example.com" })).toThrow('or vouch for it with "assertsClaimKeys" of the provider');
    expect(synth({ host: "github.example.com", assertsClaimKeys: true })).not.toThrow();
    const lookup = () =>
      synthesizePlain(
        (stack) =>
          new GithubActionsRole(stack, "role", {
            provider: GithubOidcProvider.fromLookup(stack, "provider", {
              enterpriseSlug: "octo",
              assertsClaimKeys: true,
            }),
            name: "role",
            allow: [{ repository, branch: "main", workflow }],
          }),
      );
    expect(lookup).not.toThrow();
  });

  test("is needed by nobody whose subject says it", () => {
    const templated = GithubRepository.withTemplates(repository, [["repo", "context", "job_workflow_ref"]]);
    expect(() =>
      synthesizePlain(
        (stack) =>
          new GithubActionsRole(stack, "role", {
            provider: GithubOidcProvider.fromArn(ARN.replace("arn:aws:", "arn:aws-cn:")),
            name: "role",
            allow: [{ repository: templated, branch: "main", workflow }],
          }),
      ),
    ).not.toThrow();
  });
});

describe("GithubOidcProvider.fromArn", () => {
  test.each([[[]], [["*"]], [["two words"]]])("refuses the audiences %j", (audiences) => {
    expect(() => GithubOidcProvider.fromArn(ARN, audiences)).toThrow(RangeError);
  });

  test("takes the partition's own audience where none is named", () => {
    expect(GithubOidcProvider.fromArn(ARN.replace("arn:aws:", "arn:aws-cn:"))).toMatchObject({
      audiences: ["sts.amazonaws.com.cn"],
      partition: "aws-cn",
    });
  });
});

describe("the description of a role", () => {
  const described =
    (description: string): (() => unknown) =>
    () =>
      synthesizePlain(
        (stack) =>
          new GithubActionsRole(stack, "role", {
            provider: GithubOidcProvider.fromArn(ARN),
            name: "role",
            description,
            allow: [{ repository, branch: "main" }],
          }),
      );

  test("may have 1,000 characters, and not 1,001", () => {
    expect(described("é".repeat(1_000))).not.toThrow();
    expect(described("é".repeat(1_001))).toThrow(/use at most 1,000 characters of Latin-1/);
  });
});
