import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { reasonsToSkip, type Need } from "./harness/requirements";
import { PLAN, type Terraform } from "./harness/terraform";
import { storyTest } from "./harness/story-test";
import { accessFile, deployPolicy, PRODUCTION, STAGING } from "./story/access-file";
import { apply, changesOf, plannedChanges, SECRET, World } from "./story/world";

/**
 * The story of one platform team, told with real Terraform and both real providers. Chapters follow each
 * other. What AWS and GitHub hold is read from them, not from Terraform's state.
 */
const NEEDS: readonly Need[] = ["terraform", "aws", "github", "moto"];
const GITHUB = "token.actions.githubusercontent.com";

const providerArn = (account: string): string => `arn:aws:iam::${account}:oidc-provider/${GITHUB}`;

/** A trust policy, to the letter as AWS must hold it. */
function trust(account: string, ...conditions: string[]): string {
  const statements = conditions.map(
    (condition) =>
      `{"Action":"sts:AssumeRoleWithWebIdentity","Condition":${condition},"Effect":"Allow","Principal":{"Federated":"${providerArn(account)}"}}`,
  );
  return `{"Statement":[${statements.join(",")}],"Version":"2012-10-17"}`;
}

const equals = (sub: string): string => `{"StringEquals":{"${GITHUB}:aud":"sts.amazonaws.com","${GITHUB}:sub":${sub}}}`;

describe("one file, both sides", () => {
  let world: World;
  let staging: Terraform;
  let production: Terraform;
  const synth = async (chapter: Parameters<typeof accessFile>[0] = {}, action?: string): Promise<void> => {
    world.project.write("policies/deploy.json", deployPolicy(action));
    await world.project.synth(accessFile(chapter));
  };

  const ready = reasonsToSkip(NEEDS).length === 0;
  beforeAll(async () => {
    if (ready) world = await World.start();
  });
  afterAll(() => world?.stop());

  storyTest(NEEDS, "the first plan shows the whole trust of every role, before anything exists", async () => {
    await synth();
    [staging, production] = [await world.terraform("staging"), await world.terraform("production")];
    const planned = await plannedChanges(production);
    const role = planned.find(({ address }) => address === "aws_iam_role.web-shop__production");
    expect(role?.after).toMatchObject({
      assume_role_policy: trust(PRODUCTION, equals('"repo:octo-org@65/web-shop@74:environment:production"')),
    });
    expect(planned.every(({ actions }) => actions.join() === "create")).toBe(true);
    expect(await world.moto.iam(PRODUCTION).roleNames()).toEqual([]);
  });

  storyTest(NEEDS, "credentials of another account stop the plan before it reads anything", async () => {
    const wrong = await world.terraform("staging", PRODUCTION);
    const plan = await wrong.plan();
    expect(plan.exitCode).toBe(PLAN.failed);
    expect(plan.stderr).toContain(`AWS account ID not allowed: ${PRODUCTION}`);
  });

  storyTest(NEEDS, "one apply makes both sides from nothing", async () => {
    await apply(staging);
    await apply(production);
    expect([...(await world.moto.iam(PRODUCTION).roleNames())].sort()).toEqual([
      "tools-prod-eu-1",
      "web-shop-plan",
      "web-shop-production",
      "web-shop-release",
    ]);
    expect(await world.moto.iam(STAGING).roleNames()).toEqual(["legacy-api-staging"]);
    expect(await world.moto.iam(PRODUCTION).oidcProvider(providerArn(PRODUCTION))).toEqual({
      arn: providerArn(PRODUCTION),
      url: GITHUB,
      clientIds: ["sts.amazonaws.com"],
      thumbprints: [],
      tags: { owner: "platform", text: "a b" },
    });
  });

  storyTest(NEEDS, "AWS holds the trust documents byte for byte", async () => {
    const documents = async (account: string, name: string): Promise<string> =>
      (await world.moto.iam(account).role(name)).assumeRolePolicyDocument;
    expect(await documents(PRODUCTION, "web-shop-production")).toBe(
      trust(PRODUCTION, equals('"repo:octo-org@65/web-shop@74:environment:production"')),
    );
    expect(await documents(PRODUCTION, "web-shop-plan")).toBe(
      trust(
        PRODUCTION,
        equals('["repo:octo-org@65/web-shop@74:pull_request","repo:octo-org@65/web-shop@74:ref:refs/heads/main"]'),
      ),
    );
    expect(await documents(PRODUCTION, "web-shop-release")).toBe(
      trust(
        PRODUCTION,
        `{"StringEquals":{"${GITHUB}:aud":"sts.amazonaws.com","${GITHUB}:job_workflow_ref":"octo-org/ci/.github/workflows/release.yml@refs/heads/main"},"StringLike":{"${GITHUB}:sub":"repo:octo-org@65/web-shop@74:ref:refs/tags/v*"}}`,
      ),
    );
    expect(await documents(PRODUCTION, "tools-prod-eu-1")).toBe(
      trust(PRODUCTION, equals('"repo:octo-org@65/tools@76:environment:prod/eu%3A1"')),
    );
    expect(await documents(STAGING, "legacy-api-staging")).toBe(
      trust(STAGING, equals('"repo:octo-org/legacy-api:environment:staging"')),
    );
  });

  storyTest(NEEDS, "roles have their permissions, path, session and tags", async () => {
    const iam = world.moto.iam(PRODUCTION);
    expect(await iam.role("web-shop-production")).toMatchObject({
      path: "/github/",
      maxSessionDuration: 7200,
      tags: { owner: "platform", text: "a b" },
    });
    expect(await iam.attachedPolicyArns("web-shop-production")).toEqual([
      "arn:aws:iam::aws:policy/AmazonECS_FullAccess",
      "arn:aws:iam::aws:policy/job-function/ViewOnlyAccess",
    ]);
    expect(await iam.inlinePolicyNames("web-shop-production")).toEqual(["deploy"]);
    expect(JSON.parse(await iam.inlinePolicy("web-shop-production", "deploy"))).toEqual(JSON.parse(deployPolicy()));
  });

  storyTest(NEEDS, "every ARN that GitHub holds is that of the role in IAM", async () => {
    const arn = async (account: string, name: string): Promise<string> =>
      (await world.moto.iam(account).role(name)).arn;
    const variable = (repository: string, environment: string, name: string): string =>
      world.environmentOf(repository, environment).variables.get(name).value;
    expect(variable("web-shop", "production", "AWS_ROLE_ARN")).toBe(await arn(PRODUCTION, "web-shop-production"));
    expect(variable("web-shop", "production", "AWS_REGION")).toBe("eu-central-1");
    expect(variable("legacy-api", "staging", "AWS_ROLE_ARN")).toBe(await arn(STAGING, "legacy-api-staging"));
    expect(variable("legacy-api", "staging", "AWS_REGION")).toBe("eu-west-1");
    expect(variable("tools", "prod/eu:1", "AWS_ROLE_ARN")).toBe(await arn(PRODUCTION, "tools-prod-eu-1"));
    const shop = world.github.state.repository("web-shop");
    expect(shop.variables.get("AWS_PLAN_ROLE_ARN").value).toBe(await arn(PRODUCTION, "web-shop-plan"));
    expect(shop.secrets.get("AWS_RELEASE_ROLE_ARN").reveal()).toBe(await arn(PRODUCTION, "web-shop-release"));
    expect((await production.output())["role_arns"]).toMatchObject({
      "web-shop-plan": await arn(PRODUCTION, "web-shop-plan"),
    });
  });

  storyTest(NEEDS, "environments have the protection, variables and secrets that the file gives them", () => {
    const environment = world.environmentOf("web-shop", "production");
    expect(environment.protection).toEqual({
      waitTimer: 10,
      reviewers: expect.arrayContaining([
        { type: "Team", id: 9 },
        { type: "User", id: 583231 },
      ]) as unknown,
      preventSelfReview: true,
      canAdminsBypass: false,
      deployableRefs: "patterns",
    });
    expect(
      environment.policies
        .list()
        .map(({ type, name }) => `${type} ${name}`)
        .sort(),
    ).toEqual(["branch main", "branch release/*", "tag v*"]);
    expect(environment.variables.get("LOG_LEVEL").value).toBe("info");
    expect(environment.variables.get("TEMPLATE").value).toBe("${not.an.expression} %{if}");
    expect(environment.secrets.get("SENTRY_DSN").reveal()).toBe(SECRET);
    return Promise.resolve();
  });

  storyTest(NEEDS, "a second plan is empty", async () => {
    expect((await staging.plan()).exitCode).toBe(PLAN.empty);
    expect((await production.plan()).exitCode).toBe(PLAN.empty);
  });

  storyTest(
    NEEDS,
    "a changed reviewer, branch pattern, policy and session are what the plan holds, and nothing else",
    async () => {
      await synth(
        { productionReviewers: "hubot", productionBranches: "hotfix/*", apiSession: "90m" },
        "ecs:DescribeServices",
      );
      expect(await changesOf(staging)).toEqual(["update aws_iam_role.legacy-api__staging"]);
      const changes = await plannedChanges(production);
      expect(changes.map(({ type, actions }) => `${actions.join("+")} ${type}`).sort()).toEqual([
        "create github_repository_environment_deployment_policy",
        "delete github_repository_environment_deployment_policy",
        "update aws_iam_role_policy",
        "update github_repository_environment",
      ]);
      await apply(staging);
      await apply(production);
      expect(world.environmentOf("web-shop", "production").protection.reviewers).toEqual(
        expect.arrayContaining([{ type: "User", id: 480938 }]),
      );
      expect(world.environmentOf("web-shop", "production").policies.find("hotfix/*", "branch")).toBeDefined();
      expect(world.environmentOf("web-shop", "production").policies.find("release/*", "branch")).toBeUndefined();
      expect(JSON.parse(await world.moto.iam(PRODUCTION).inlinePolicy("web-shop-production", "deploy"))).toEqual(
        JSON.parse(deployPolicy("ecs:DescribeServices")),
      );
      expect(await world.moto.iam(STAGING).role("legacy-api-staging")).toMatchObject({ maxSessionDuration: 5400 });
      expect((await production.plan()).exitCode).toBe(PLAN.empty);
      await synth();
      await apply(staging);
      await apply(production);
      expect((await production.plan()).exitCode).toBe(PLAN.empty);
    },
  );

  storyTest(NEEDS, "a repository renamed on GitHub shows in the plan as a change of trust", async () => {
    world.github.state.renameRepository("legacy-api", "orders-api");
    const [change, ...others] = await plannedChanges(staging);
    expect(others).toEqual([]);
    expect(change).toMatchObject({
      address: "aws_iam_role.legacy-api__staging",
      actions: ["update"],
      before: { assume_role_policy: trust(STAGING, equals('"repo:octo-org/legacy-api:environment:staging"')) },
      after: { assume_role_policy: trust(STAGING, equals('"repo:octo-org@65/orders-api@75:environment:staging"')) },
    });
    world.github.state.renameRepository("orders-api", "legacy-api");
    await apply(staging);
    expect((await world.moto.iam(STAGING).role("legacy-api-staging")).assumeRolePolicyDocument).toBe(
      trust(STAGING, equals('"repo:octo-org@65/legacy-api@75:environment:staging"')),
    );
    expect((await staging.plan()).exitCode).toBe(PLAN.empty);
  });

  storyTest(
    NEEDS,
    "a repository transferred to another owner fails the plan: its new owner would get the role",
    async () => {
      world.github.state.transferRepository("tools", "evil-org");
      const plan = await production.plan();
      expect(plan.exitCode).toBe(PLAN.failed);
      expect(unwrapped(plan.stderr)).toContain(
        'Subjects of GitHub repository "octo-org/tools" begin with "repo:evil-org@66/tools@76", which is not a repository of octo-org',
      );
      world.github.state.transferRepository("evil-org/tools", "octo-org");
      expect((await production.plan()).exitCode).toBe(PLAN.empty);
    },
  );

  storyTest(NEEDS, "a subject template that the file does not describe fails the plan", async () => {
    const repository = world.github.state.repository("tools");
    repository.customizeSubject({ useDefault: false, includeClaimKeys: ["repo", "context", "job_workflow_ref"] });
    const plan = await production.plan();
    expect(plan.exitCode).toBe(PLAN.failed);
    expect(unwrapped(plan.stderr)).toContain('GitHub repository "octo-org/tools" has a subject template of its own');
    repository.customizeSubject({ useDefault: true });
    expect((await production.plan()).exitCode).toBe(PLAN.empty);
  });

  storyTest(NEEDS, "what was changed by hand is found and mended", async () => {
    world
      .environmentOf("web-shop", "production")
      .variables.update("AWS_ROLE_ARN", { value: "arn:aws:iam::666666666666:role/evil" });
    expect(await changesOf(production)).toEqual([
      "update github_actions_environment_variable.web-shop__production__AWS_ROLE_ARN",
    ]);
    await apply(production);
    expect(world.environmentOf("web-shop", "production").variables.get("AWS_ROLE_ARN").value).toBe(
      (await world.moto.iam(PRODUCTION).role("web-shop-production")).arn,
    );
    expect((await production.plan()).exitCode).toBe(PLAN.empty);
  });

  storyTest(NEEDS, "a role moves to another account, and the ARN in GitHub follows", async () => {
    await synth({ toolsAccount: "staging" });
    expect(
      (await changesOf(production)).every((change) => change.startsWith("delete ") && change.includes("tools__")),
    ).toBe(true);
    await apply(production);
    await apply(staging);
    expect(await world.moto.iam(PRODUCTION).tryRole("tools-prod-eu-1")).toBeUndefined();
    const moved = await world.moto.iam(STAGING).role("tools-prod-eu-1");
    expect(world.environmentOf("tools", "prod/eu:1").variables.get("AWS_ROLE_ARN").value).toBe(moved.arn);
    expect(moved.arn).toContain(STAGING);
    expect((await staging.plan()).exitCode).toBe(PLAN.empty);
    expect((await production.plan()).exitCode).toBe(PLAN.empty);
  });

  storyTest(NEEDS, "destroy leaves nothing on either side", async () => {
    for (const [account, terraform] of [
      [STAGING, staging],
      [PRODUCTION, production],
    ] as const) {
      const destroyed = await terraform.destroy();
      expect(destroyed).toMatchObject({ exitCode: 0 });
      expect(await world.moto.iam(account).roleNames()).toEqual([]);
      expect(await world.moto.iam(account).oidcProviderArns()).toEqual([]);
    }
    for (const repository of world.github.state.repositories)
      expect([repository.environments, repository.variables.list(), repository.secrets.list()]).toEqual([[], [], []]);
  });

  storyTest(
    NEEDS,
    "GitHub going away in the middle of an apply leaves nothing doubled or orphaned once it is back",
    async () => {
      await synth();
      world.github.crashAfter(4);
      const interrupted = await production.apply();
      expect(interrupted.exitCode).not.toBe(0);
      await world.github.restart();
      await apply(production);
      expect((await production.plan()).exitCode).toBe(PLAN.empty);
      const environment = world.environmentOf("web-shop", "production");
      expect(
        environment.policies
          .list()
          .map(({ type, name }) => `${type} ${name}`)
          .sort(),
      ).toEqual(["branch main", "branch release/*", "tag v*"]);
      expect([...(await world.moto.iam(PRODUCTION).roleNames())].sort()).toEqual([
        "tools-prod-eu-1",
        "web-shop-plan",
        "web-shop-production",
        "web-shop-release",
      ]);
      expect(environment.variables.get("AWS_ROLE_ARN").value).toBe(
        (await world.moto.iam(PRODUCTION).role("web-shop-production")).arn,
      );
      await production.destroy();
      expect(world.github.state.repository("web-shop").environments).toEqual([]);
      expect(await world.moto.iam(PRODUCTION).roleNames()).toEqual([]);
    },
  );

  storyTest(
    NEEDS,
    "a repository that does not exist fails the plan with a sentence, and nothing is created",
    async () => {
      await world.project.synth(
        accessFile()
          .replace("  tools:", "  no-such-repository:")
          .replace("name: tools-prod-eu-1", "name: no-such-role"),
      );
      const plan = await production.plan();
      expect(plan.exitCode).toBe(PLAN.failed);
      expect(unwrapped(plan.stderr)).toContain(
        'GitHub repository "octo-org/no-such-repository" was not found, or the GitHub token may not read it (GitHub answered 404).',
      );
      expect((await production.apply()).exitCode).not.toBe(0);
      expect(await world.moto.iam(PRODUCTION).roleNames()).toEqual([]);
      expect(await world.moto.iam(PRODUCTION).oidcProviderArns()).toEqual([]);
      expect(world.github.state.repository("web-shop").environments).toEqual([]);
    },
  );

  storyTest(
    NEEDS,
    "an OIDC provider that exists is used; without it, or without its audience, the plan fails and says so",
    async () => {
      await world.project.synth(
        accessFile().replaceAll("    region: eu-central-1", "    region: eu-central-1\n    oidcProvider: existing"),
      );
      const absent = await production.plan();
      expect(absent.exitCode).toBe(PLAN.failed);
      expect(unwrapped(absent.stderr)).toContain(
        "finding IAM OIDC Provider by url (https://token.actions.githubusercontent.com): not found",
      );
      await world.moto.query(PRODUCTION).call("iam", "CreateOpenIDConnectProvider", {
        Url: `https://${GITHUB}`,
        "ClientIDList.member.1": "https://github.com/octo-org",
      });
      const withoutAudience = await production.plan();
      expect(withoutAudience.exitCode).toBe(PLAN.failed);
      expect(unwrapped(withoutAudience.stderr)).toContain('lacks the audience "sts.amazonaws.com"');
      await world.moto
        .query(PRODUCTION)
        .call("iam", "DeleteOpenIDConnectProvider", { OpenIDConnectProviderArn: providerArn(PRODUCTION) });
      await world.moto.query(PRODUCTION).call("iam", "CreateOpenIDConnectProvider", {
        Url: `https://${GITHUB}`,
        "ClientIDList.member.1": "sts.amazonaws.com",
      });
      await apply(production);
      expect(await world.moto.iam(PRODUCTION).tryRole("web-shop-production")).toBeDefined();
      expect((await production.plan()).exitCode).toBe(PLAN.empty);
      await production.destroy();
      expect(await world.moto.iam(PRODUCTION).oidcProviderArns()).toEqual([providerArn(PRODUCTION)]);
      expect(await world.moto.iam(PRODUCTION).roleNames()).toEqual([]);
    },
  );

  storyTest(NEEDS, "no secret is in what was synthesized", () => {
    const out = path.join(world.project.folder, "cdktf.out");
    for (const file of readdirSync(out, { recursive: true, encoding: "utf8" }).filter((each) =>
      each.endsWith("cdk.tf.json"),
    ))
      expect(readFileSync(path.join(out, file), "utf8")).not.toContain(SECRET);
    expect(existsSync(path.join(world.project.folder, "terraform.production.tfstate"))).toBe(true);
    return Promise.resolve();
  });
});

/** Terraform breaks its messages into lines and puts a bar before each. */
const unwrapped = (text: string): string => text.replaceAll(/\s*[│╷╵]?\s*\n\s*[│╷╵]?\s*/g, " ");
