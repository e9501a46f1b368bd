import { storyTest } from "./harness/story-test";
import { Moto } from "./harness/moto";
import { inSandboxFolder } from "./harness/sandbox-folder";
import { PLAN, succeeded } from "./harness/terraform";
import { effectiveChanges } from "./harness/terraform-plan";
import { Project } from "./story/project";

const ACCOUNT = "333344445555";
const GITHUB = "token.actions.githubusercontent.com";

/** Nothing is published and nothing looked up, so that no GitHub provider takes part. */
const access = (sessionDuration: string, repository = ""): string => `
github: { owner: octo-org, ownerId: "65" }
accounts:
  sandbox: { id: "${ACCOUNT}", region: eu-west-1 }
repositories:
  web-shop:
    id: "74"
    subjects: both
    roles:
      deploy:
        sessionDuration: ${sessionDuration}
        allow:
          - branch: main
          - tag: "v*"
        managedPolicies: [ReadOnlyAccess]
        inlinePolicies: { s3: { Version: "2012-10-17", Statement: [{ Effect: Allow, Action: "s3:GetObject", Resource: "*" }] } }
${repository}`;

const second = `  another.repo:
    subjects: name
    roles:
      build:
        allow: [{ pullRequest: true }]
`;

storyTest(
  ["terraform", "aws", "moto"],
  "the AWS half alone: made, unchanged, changed by exactly what changed, destroyed",
  () =>
    inSandboxFolder(async (folder) => {
      const moto = await Moto.start();
      try {
        const project = new Project(folder);
        await project.synth(access("1h"));
        const terraform = project.terraform("sandbox", await moto.environment(ACCOUNT));
        succeeded(await terraform.init());
        succeeded(await terraform.apply());
        const iam = moto.iam(ACCOUNT);
        const statement = (condition: string): string =>
          `{"Action":"sts:AssumeRoleWithWebIdentity","Condition":${condition},"Effect":"Allow","Principal":{"Federated":"arn:aws:iam::${ACCOUNT}:oidc-provider/${GITHUB}"}}`;
        expect((await iam.role("web-shop-deploy")).assumeRolePolicyDocument).toBe(
          `{"Statement":[${[
            statement(
              `{"StringEquals":{"${GITHUB}:aud":"sts.amazonaws.com"},"StringLike":{"${GITHUB}:sub":["repo:octo-org/web-shop:ref:refs/tags/v*","repo:octo-org@65/web-shop@74:ref:refs/tags/v*"]}}`,
            ),
            statement(
              `{"StringEquals":{"${GITHUB}:aud":"sts.amazonaws.com","${GITHUB}:sub":["repo:octo-org/web-shop:ref:refs/heads/main","repo:octo-org@65/web-shop@74:ref:refs/heads/main"]}}`,
            ),
          ]
            .sort()
            .join(",")}],"Version":"2012-10-17"}`,
        );
        expect(await iam.attachedPolicyArns("web-shop-deploy")).toEqual(["arn:aws:iam::aws:policy/ReadOnlyAccess"]);
        expect((await terraform.plan()).exitCode).toBe(PLAN.empty);

        await project.synth(access("2h", second));
        succeeded(await terraform.plan({ out: "change.plan" }), PLAN.changes);
        expect(
          effectiveChanges(await terraform.show("change.plan")).map(
            ({ address, actions }) => `${actions.join("+")} ${address}`,
          ),
        ).toEqual([
          expect.stringMatching(/^create aws_iam_role\.another-repo-[0-9a-f]{8}__role__build$/),
          "update aws_iam_role.web-shop__role__deploy",
        ]);
        succeeded(await terraform.apply("change.plan"));
        expect(await iam.role("web-shop-deploy")).toMatchObject({ maxSessionDuration: 7200 });
        expect((await terraform.plan()).exitCode).toBe(PLAN.empty);

        succeeded(await terraform.destroy());
        expect(await iam.roleNames()).toEqual([]);
        expect(await iam.oidcProviderArns()).toEqual([]);
      } finally {
        await moto.stop();
      }
    }),
);
