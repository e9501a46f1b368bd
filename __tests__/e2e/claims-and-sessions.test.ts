import { storyTest } from "./harness/story-test";
import { Moto } from "./harness/moto";
import { inSandboxFolder } from "./harness/sandbox-folder";
import { PLAN, succeeded } from "./harness/terraform";
import { effectiveChanges } from "./harness/terraform-plan";
import { Project } from "./story/project";

const ACCOUNT = "333344445555";
const GITHUB = "token.actions.githubusercontent.com";
const RELEASE = "octo-org/ci/.github/workflows/release.yml@refs/heads/main";

const access = (sessionName: string): string => `
github: { owner: octo-org }
accounts:
  sandbox: { id: "${ACCOUNT}", region: eu-west-1 }
repositories:
  web-shop:
    subjects: name
    roles:
      release:
        sessionName: ${sessionName}
        allow:
          - environment: production
            branch: main
            workflow: ${RELEASE}
            claims:
              actor: [octocat, "dependabot[bot]"]
              actor_id: ["583231", "49699333"]
              enterprise_id: "4"
              repository: octo-org/web-shop
              repository_id: "74"
              repository_owner_id: "65"
              workflow: Release
        managedPolicies: [ReadOnlyAccess]
`;

/** The trust policy, to the letter as AWS must hold it: keys in the alphabet's order, as its provider stores them. */
const trust = (exact: Record<string, unknown>, like?: Record<string, unknown>): string =>
  JSON.stringify({
    Statement: [
      {
        Action: "sts:AssumeRoleWithWebIdentity",
        Condition: { StringEquals: exact, ...(like ? { StringLike: like } : {}) },
        Effect: "Allow",
        Principal: { Federated: `arn:aws:iam::${ACCOUNT}:oidc-provider/${GITHUB}` },
      },
    ],
    Version: "2012-10-17",
  });

const claims = {
  [`${GITHUB}:actor`]: ["dependabot[bot]", "octocat"],
  [`${GITHUB}:actor_id`]: ["49699333", "583231"],
  [`${GITHUB}:aud`]: "sts.amazonaws.com",
  [`${GITHUB}:enterprise_id`]: "4",
  [`${GITHUB}:job_workflow_ref`]: RELEASE,
  [`${GITHUB}:ref`]: "refs/heads/main",
  [`${GITHUB}:repository`]: "octo-org/web-shop",
  [`${GITHUB}:repository_id`]: "74",
  [`${GITHUB}:repository_owner_id`]: "65",
  [`${GITHUB}:sub`]: "repo:octo-org/web-shop:environment:production",
  [`${GITHUB}:workflow`]: "Release",
};

/** That AWS compares them is AWS's word: moto keeps a trust policy and never reads it. */
storyTest(
  ["terraform", "aws", "moto"],
  "every claim that AWS knows and the session's name: made, unchanged, changed in place, destroyed",
  () =>
    inSandboxFolder(async (folder) => {
      const moto = await Moto.start();
      try {
        const project = new Project(folder);
        await project.synth(access('"release-*"'));
        const terraform = project.terraform("sandbox", await moto.environment(ACCOUNT));
        succeeded(await terraform.init());
        succeeded(await terraform.apply());
        const iam = moto.iam(ACCOUNT);
        expect((await iam.role("web-shop-release")).assumeRolePolicyDocument).toBe(
          trust(claims, { "sts:RoleSessionName": "release-*" }),
        );
        expect((await terraform.plan()).exitCode).toBe(PLAN.empty);

        await project.synth(access("release"));
        succeeded(await terraform.plan({ out: "change.plan" }), PLAN.changes);
        expect(
          effectiveChanges(await terraform.show("change.plan")).map(
            ({ address, actions }) => `${actions.join("+")} ${address}`,
          ),
        ).toEqual(["update aws_iam_role.web-shop__role__release"]);
        succeeded(await terraform.apply("change.plan"));
        expect((await iam.role("web-shop-release")).assumeRolePolicyDocument).toBe(
          trust({ "sts:RoleSessionName": "release", ...claims }),
        );
        expect((await terraform.plan()).exitCode).toBe(PLAN.empty);

        succeeded(await terraform.destroy());
        expect(await iam.roleNames()).toEqual([]);
      } finally {
        await moto.stop();
      }
    }),
);
