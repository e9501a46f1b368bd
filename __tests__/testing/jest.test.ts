import "../../lib/testing/jest";
import { readFileSync } from "node:fs";
import path from "node:path";
import { App, TerraformStack, Testing } from "cdktf";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { GithubActionsRole, GithubOidcProvider, GithubRepository } from "../../index";
import { policy, REPOSITORY, sampleStack, terraform } from "./sample";

const stack = sampleStack();
const main = { repository: REPOSITORY, branch: "main" };

describe("what a stack is", () => {
  test("a stack, its JSON as text, and as an object", () => {
    const text = Testing.synth(sampleStack());
    for (const received of [stack, text, JSON.parse(text) as object]) {
      expect(received).toAllow({ role: "web-shop-plan", job: main });
      expect(received).not.toAllow({ role: "web-shop-production", job: main });
    }
  });
  test.each([
    ["cdk.tf.json", "the text is not JSON"],
    [null, "not null"],
    [7, "not number"],
    [[], "is not Terraform in JSON"],
  ])("%j is none", (received, message) => {
    expect(() => expect(received).toAllow({ role: "deploy", job: main })).toThrow(message);
    expect(() => expect(received).not.toAllow({ role: "deploy", job: main })).toThrow(message);
  });
  test("a provider that is looked up is in the role's own account", () => {
    const own = new TerraformStack(new App(), "own");
    new AwsProvider(own, "aws", { region: "eu-west-1" });
    const repository = GithubRepository.byName(REPOSITORY);
    new GithubActionsRole(own, "deploy", {
      provider: GithubOidcProvider.fromLookup(own, "oidc"),
      name: "deploy",
      allow: [{ repository, branch: "main" }],
    });
    expect(own).toAllow({ role: "deploy", job: main });
    expect(own).not.toAllow({ role: "deploy", job: { repository: REPOSITORY, branch: "topic" } });
  });
});

describe("a failure says why", () => {
  test("the role does not let the job in", () => {
    expect(() => expect(stack).toAllow({ role: "web-shop-production", job: main })).toThrow(
      new Error(`The role does not let the job in, and should.

role "web-shop-production"
job  branch main of octo-org/web-shop

AccessDenied: Not authorized to perform sts:AssumeRoleWithWebIdentity

In the way:
  StringEquals token.actions.githubusercontent.com:sub
    wanted  "repo:octo-org/web-shop:environment:production"
    actual  "repo:octo-org/web-shop:ref:refs/heads/main"

Why  The job ran for branch "main" and names no environment; the policy requires environment "production".
Fix  Add "environment: production" to the job in its workflow.`),
    );
  });
  test("the role lets the job in", () => {
    expect(() => expect(stack).not.toAllow({ role: "web-shop-plan", job: main })).toThrow(
      new Error(`The role lets the job in, and should not.

role "web-shop-plan"
job  branch main of octo-org/web-shop

Statement 1 lets it in, since all of its conditions hold:
  StringEquals token.actions.githubusercontent.com:aud
    wanted  "sts.amazonaws.com"
    actual  "sts.amazonaws.com"
  StringEquals token.actions.githubusercontent.com:sub
    wanted  "repo:octo-org/web-shop:ref:refs/heads/main"
    actual  "repo:octo-org/web-shop:ref:refs/heads/main"`),
    );
  });
  test.each([
    [
      "trust that is not known",
      terraform("${var.policy}"),
      "deploy",
      "Cannot tell whether the role lets the job in: its trust policy is not known: var.policy",
    ],
    [
      "trust of which a part is not known",
      terraform(policy("repo:${var.repository}:pull_request")),
      "deploy",
      "Cannot tell whether the role lets the job in: a part of its trust policy is not known: var.repository",
    ],
    [
      "a role that is not there",
      stack,
      "web-shop-pln",
      'Cannot tell whether the role lets the job in: there is no role "web-shop-pln": did you mean "web-shop-plan"?',
    ],
  ])("%s, in both directions", (_, received, role, message) => {
    expect(() => expect(received).toAllow({ role, job: main })).toThrow(message);
    expect(() => expect(received).not.toAllow({ role, job: main })).toThrow(message);
  });
});

test("the example in the documentation is the one that is tested", () => {
  const read = (file: string): string => readFileSync(path.join(__dirname, file), "utf8");
  const [, documented] = /^```ts jest\n([\s\S]*?)^```$/m.exec(read("../../docs/typescript.md")) ?? [];
  expect(`import "../../lib/testing/jest";\n${documented?.replace('"cdktf-github-oidc"', '"../../index"')}`).toBe(
    read("example.test.ts"),
  );
});
