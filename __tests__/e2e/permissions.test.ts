import path from "node:path";
import { fromConfig } from "../../lib/readers/from-config";
import { fromPlanText } from "../../lib/readers/from-plan";
import { normalForm } from "../../lib/model/same-access";
import { Access } from "../../lib/config/access";
import { Moto } from "./harness/moto";
import { reasonsToSkip, type Need } from "./harness/requirements";
import { sandboxFolder, type SandboxFolder } from "./harness/sandbox-folder";
import { storyTest } from "./harness/story-test";
import { PLAN, succeeded, type Terraform } from "./harness/terraform";
import { Project } from "./story/project";
import { apply, changesOf } from "./story/world";

const NEEDS: readonly Need[] = ["terraform", "aws", "moto"];
const ACCOUNT = "333344445555";
const READ_ONLY = "arn:aws:iam::aws:policy/ReadOnlyAccess";
const ASSETS = `arn:aws:iam::${ACCOUNT}:policy/github/web-shop-deploy-assets`;

const access = (exclusive: boolean, action = "s3:GetObject"): string => `
github: { owner: octo-org }
accounts:
  sandbox:
    id: "${ACCOUNT}"
    region: eu-west-1
    rolePath: /github/
    tags: { team: shop }
    exclusive: ${exclusive}
repositories:
  web-shop:
    subjects: name
    roles:
      deploy:
        allow: [{ branch: main }]
        permissionsBoundary: arn:aws:iam::aws:policy/PowerUserAccess
        managedPolicies: [ReadOnlyAccess]
        inlinePolicies: { own: policies/own.json }
        customerPolicies: { assets: policies/own.json, more: { Version: "2012-10-17", Statement: [{ Effect: Allow, Action: "${action}", Resource: "*" }] } }
`;

const own = JSON.stringify({
  Version: "2012-10-17",
  Statement: [
    {
      Effect: "Allow",
      Action: "s3:PutObject",
      Resource: "arn:{{partition}}:s3:::octo-{{accountId}}-{{region}}/${aws:PrincipalTag/team}/*",
    },
  ],
});
const filled = own.replace("{{partition}}", "aws").replace("{{accountId}}", ACCOUNT).replace("{{region}}", "eu-west-1");

describe("permissions of a role", () => {
  let moto: Moto;
  let folder: SandboxFolder;
  let project: Project;
  let terraform: Terraform;
  const ready = reasonsToSkip(NEEDS).length === 0;
  beforeAll(async () => {
    if (!ready) return;
    moto = await Moto.start();
    folder = sandboxFolder();
    project = new Project(folder.path);
    project.write("policies/own.json", own);
  });
  afterAll(async () => {
    await moto?.stop();
    folder?.remove();
  });

  storyTest(
    NEEDS,
    "are made, with the account's values in the documents, and the plan says the same as the file",
    async () => {
      await project.synth(access(true));
      terraform = project.terraform("sandbox", await moto.environment(ACCOUNT));
      succeeded(await terraform.init());
      succeeded(await terraform.plan({ out: "first.plan" }), PLAN.changes);
      const file = fromConfig(Access.fromFile(path.join(folder.path, "access.yaml")));
      const planned = fromPlanText((await terraform.show("first.plan")).json, "first.plan");
      expect(planned.notes).toEqual([]);
      expect(normalForm(planned)).toEqual(normalForm(file));
      await apply(terraform);
      const iam = moto.iam(ACCOUNT);
      expect(await iam.attachedPolicyArns("web-shop-deploy")).toEqual(
        [ASSETS, `${ASSETS.replace("assets", "more")}`, READ_ONLY].sort(),
      );
      expect(JSON.parse(await iam.inlinePolicy("web-shop-deploy", "own"))).toEqual(JSON.parse(filled));
      expect(JSON.parse(await iam.managedPolicy(ASSETS))).toEqual(JSON.parse(filled));
      expect((await iam.role("web-shop-deploy")).permissionsBoundary).toBe("arn:aws:iam::aws:policy/PowerUserAccess");
      expect((await terraform.plan()).exitCode).toBe(PLAN.empty);
    },
  );

  storyTest(NEEDS, "of strangers show in the plan, and are taken off", async () => {
    const query = moto.query(ACCOUNT);
    await query.call("iam", "AttachRolePolicy", {
      RoleName: "web-shop-deploy",
      PolicyArn: "arn:aws:iam::aws:policy/AdministratorAccess",
    });
    await query.call("iam", "PutRolePolicy", {
      RoleName: "web-shop-deploy",
      PolicyName: "backdoor",
      PolicyDocument: filled,
    });
    expect(await changesOf(terraform)).toEqual([
      "update aws_iam_role_policies_exclusive.web-shop__role__deploy__exclusive",
      "update aws_iam_role_policy_attachments_exclusive.web-shop__role__deploy__exclusive",
    ]);
    await apply(terraform);
    expect(await moto.iam(ACCOUNT).attachedPolicyArns("web-shop-deploy")).not.toContain(
      "arn:aws:iam::aws:policy/AdministratorAccess",
    );
    expect(await moto.iam(ACCOUNT).inlinePolicyNames("web-shop-deploy")).toEqual(["own"]);
    expect((await terraform.plan()).exitCode).toBe(PLAN.empty);
  });

  storyTest(NEEDS, "change by the one document that changed, and stay when nothing is exclusive any more", async () => {
    await project.synth(access(false, "s3:ListBucket"));
    expect(await changesOf(terraform)).toEqual([
      "delete aws_iam_role_policies_exclusive.web-shop__role__deploy__exclusive",
      "delete aws_iam_role_policy_attachments_exclusive.web-shop__role__deploy__exclusive",
      "update aws_iam_policy.web-shop__role__deploy__more",
    ]);
    await apply(terraform);
    expect(await moto.iam(ACCOUNT).attachedPolicyArns("web-shop-deploy")).toHaveLength(3);
    expect((await terraform.plan()).exitCode).toBe(PLAN.empty);
    succeeded(await terraform.destroy());
    expect(await moto.iam(ACCOUNT).roleNames()).toEqual([]);
  });
});
