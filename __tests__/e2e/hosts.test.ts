import { storyTest } from "./harness/story-test";
import { Moto } from "./harness/moto";
import { inSandboxFolder } from "./harness/sandbox-folder";
import { PLAN, succeeded } from "./harness/terraform";
import { Project } from "./story/project";

/** Nothing is published and nothing looked up: GitHub takes no part, and its issuers are only named. */
const access = (account: string, region: string, github: string): string => `
github: { owner: octo-org, subjects: name${github} }
accounts:
  elsewhere: { id: "${account}", region: ${region} }
repositories:
  web-shop:
    roles:
      deploy:
        allow:
          - environment: production
        managedPolicies: [ReadOnlyAccess]
`;

const CASES = [
  [
    "AWS in China",
    "333344445555",
    "cn-north-1",
    "",
    "aws-cn",
    "token.actions.githubusercontent.com",
    "sts.amazonaws.com.cn",
  ],
  [
    "GovCloud",
    "444455556666",
    "us-gov-west-1",
    "",
    "aws-us-gov",
    "token.actions.githubusercontent.com",
    "sts.amazonaws.com",
  ],
  [
    "GitHub Enterprise Server",
    "555566667777",
    "eu-west-1",
    ", host: github.example.com",
    "aws",
    "github.example.com/_services/token",
    "sts.amazonaws.com",
  ],
] as const;

describe.each(CASES)("%s", (_, account, region, github, partition, issuer, audience) => {
  storyTest(["terraform", "aws", "moto"], "provider and role are made, stay as they are, and go", () =>
    inSandboxFolder(async (folder) => {
      const moto = await Moto.start();
      try {
        const project = new Project(folder);
        await project.synth(access(account, region, github));
        const terraform = project.terraform("elsewhere", await moto.environment(account, partition));
        succeeded(await terraform.init());
        succeeded(await terraform.apply());
        const iam = moto.iam(account, partition);
        const provider = `arn:${partition}:iam::${account}:oidc-provider/${issuer}`;
        expect(await iam.oidcProvider(provider)).toMatchObject({ arn: provider, url: issuer, clientIds: [audience] });
        expect(await iam.role("web-shop-deploy")).toMatchObject({
          arn: `arn:${partition}:iam::${account}:role/web-shop-deploy`,
          assumeRolePolicyDocument: `{"Statement":[{"Action":"sts:AssumeRoleWithWebIdentity","Condition":{"StringEquals":{"${issuer}:aud":"${audience}","${issuer}:sub":"repo:octo-org/web-shop:environment:production"}},"Effect":"Allow","Principal":{"Federated":"${provider}"}}],"Version":"2012-10-17"}`,
        });
        expect(await iam.attachedPolicyArns("web-shop-deploy")).toEqual([
          `arn:${partition}:iam::aws:policy/ReadOnlyAccess`,
        ]);
        expect((await terraform.plan()).exitCode).toBe(PLAN.empty);
        succeeded(await terraform.destroy());
        expect(await iam.roleNames()).toEqual([]);
      } finally {
        await moto.stop();
      }
    }),
  );
});
