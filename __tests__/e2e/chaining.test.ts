import { storyTest } from "./harness/story-test";
import { Moto } from "./harness/moto";
import { inSandboxFolder } from "./harness/sandbox-folder";
import { PLAN, succeeded } from "./harness/terraform";
import { effectiveChanges } from "./harness/terraform-plan";
import { Project } from "./story/project";

const TOOLS = "333344445555";
const PRODUCTION = "111122223333";

const access = (assumption: string, others = ""): string => `
github: { owner: octo-org, subjects: name }
accounts:
  tools: { id: "${TOOLS}", region: eu-west-1 }
  production: { id: "${PRODUCTION}", region: eu-west-1, rolePath: /ci/ }
repositories:
  web-shop:
    roles:
      entry:
        account: tools
        allow: [{ environment: production }]
        assumes: [${assumption}]
${others}chainedRoles:
  web-shop-deployer: { account: production, managedPolicies: [ReadOnlyAccess] }
`;

const trust = (action: string, condition: string): string =>
  `{"Statement":[{"Action":${action},"Condition":${condition},"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::${TOOLS}:root"}}],"Version":"2012-10-17"}`;
const ENTRY = `"ArnEquals":{"aws:PrincipalArn":"arn:aws:iam::${TOOLS}:role/web-shop-entry"}`;

storyTest(
  ["terraform", "aws", "moto"],
  "a chain of roles: made at both ends in either order, unchanged, changed, destroyed",
  () =>
    inSandboxFolder(async (folder) => {
      const moto = await Moto.start();
      try {
        const project = new Project(folder);
        await project.synth(access("web-shop-deployer"));
        const [production, tools] = [
          project.terraform("production", await moto.environment(PRODUCTION)),
          project.terraform("tools", await moto.environment(TOOLS)),
        ];
        // The end that trusts comes first: the role that it trusts is not there yet.
        for (const each of [production, tools]) {
          succeeded(await each.init());
          succeeded(await each.apply());
          expect((await each.plan()).exitCode).toBe(PLAN.empty);
        }
        expect(await moto.iam(PRODUCTION).role("web-shop-deployer")).toMatchObject({
          path: "/ci/",
          maxSessionDuration: 3600,
          assumeRolePolicyDocument: trust('["sts:AssumeRole","sts:TagSession"]', `{${ENTRY}}`),
        });
        expect(JSON.parse(await moto.iam(TOOLS).inlinePolicy("web-shop-entry", "assume"))).toEqual({
          Statement: [
            {
              Action: ["sts:AssumeRole", "sts:TagSession"],
              Effect: "Allow",
              Resource: `arn:aws:iam::${PRODUCTION}:role/ci/web-shop-deployer`,
            },
          ],
          Version: "2012-10-17",
        });

        await project.synth(
          access(
            "{ role: web-shop-deployer, externalId: octo-1, tagSession: false }",
            "        alsoTrusts: [{ service: ecs-tasks.amazonaws.com }]\n",
          ),
        );
        succeeded(await production.plan({ out: "change.plan" }), PLAN.changes);
        expect(
          effectiveChanges(await production.show("change.plan")).map(
            ({ address, actions }) => `${actions.join("+")} ${address}`,
          ),
        ).toEqual(["update aws_iam_role.web-shop-deployer"]);
        for (const each of [production, tools]) {
          succeeded(await each.apply());
          expect((await each.plan()).exitCode).toBe(PLAN.empty);
        }
        expect((await moto.iam(PRODUCTION).role("web-shop-deployer")).assumeRolePolicyDocument).toBe(
          trust('"sts:AssumeRole"', `{${ENTRY},"StringEquals":{"sts:ExternalId":"octo-1"}}`),
        );
        expect((await moto.iam(TOOLS).role("web-shop-entry")).assumeRolePolicyDocument).toContain(
          `{"Action":"sts:AssumeRole","Condition":{"StringEquals":{"aws:SourceAccount":"${TOOLS}"}},"Effect":"Allow","Principal":{"Service":"ecs-tasks.amazonaws.com"}}`,
        );

        for (const each of [tools, production]) succeeded(await each.destroy());
        expect([await moto.iam(PRODUCTION).roleNames(), await moto.iam(TOOLS).roleNames()]).toEqual([[], []]);
      } finally {
        await moto.stop();
      }
    }),
);
