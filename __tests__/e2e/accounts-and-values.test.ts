import sodium from "libsodium-wrappers";
import path from "node:path";
import { fromConfig } from "../../lib/readers/from-config";
import { fromPlanText } from "../../lib/readers/from-plan";
import { mergeModels } from "../../lib/model/merge";
import { sameAccess } from "../../lib/model/same-access";
import { Access } from "../../lib/config/access";
import { ProviderMirrors } from "./harness/provider-mirrors";
import { storyTest } from "./harness/story-test";
import { PLAN, succeeded, type Terraform } from "./harness/terraform";
import { PRODUCTION, STAGING } from "./story/access-file";
import { apply, changesOf, World } from "./story/world";

/**
 * Roles in several accounts and several of an environment, values at every level, and a split role, with
 * the oldest GitHub provider at hand and the newest, each with its own arguments of secrets.
 */
const NEEDS = ["terraform", "aws", "github", "moto"] as const;
const GITHUB = "integrations/github";
const versions = ProviderMirrors.fromEnvironment().versions(GITHUB);

interface Chapter {
  /** Key beneath `github`. */
  readonly provider?: string;
  /** Repositories that the split role admits beside its own. */
  readonly others?: readonly string[];
  readonly level?: string;
  readonly seers?: string;
  readonly sealed: { readonly encrypted: string; readonly keyId: string };
}

const accessFile = ({
  provider,
  others = ["legacy-api"],
  level = "info",
  seers = "[web-shop, tools]",
  sealed,
}: Chapter): string => `
github: { owner: octo-org, plan: enterprise${provider === undefined ? "" : `, terraformProvider: "${provider}"`} }
accounts:
  staging: { id: "${STAGING}", region: eu-west-1 }
  production: { id: "${PRODUCTION}", region: eu-central-1, rolePath: /ci/, assumeRole: "arn:aws:iam::${PRODUCTION}:role/terraform" }
organization:
  account: staging
  variables:
    LOG_LEVEL: { value: ${level}, repositories: ${seers} }
  secrets:
    SENTRY_DSN: { fromVariable: sentry_dsn, repositories: [web-shop] }
    SEALED: { encrypted: ${sealed.encrypted}, keyId: "${sealed.keyId}", repositories: private }
repositories:
  web-shop:
    account: production
    variables: { TEAM: "\${shop}" }
    secrets: { DSN: { fromVariable: sentry_dsn } }
    environments:
      live:
        account: production
        deployFrom: { branches: [main] }
        role: { accounts: all, managedPolicies: [ReadOnlyAccess] }
        roles:
          migrate:
            account: staging
            publish: [{ secret: MIGRATE_ROLE }, { variable: MIGRATE_ACCOUNT, value: accountId }]
    roles:
      assets:
        account: production
        split: perRepository
        allow:
          - branch: main
${others.map((repository) => `          - { repository: ${repository}, branch: main }`).join("\n")}
        publish: [{ variable: ASSETS_ROLE }, { secret: ASSETS_ROLE_NAME, value: name }]
      audit:
        account: production
        allow: [{ branch: main }]
        publish: { variable: AUDIT_ROLE, organization: all }
`;

function sealedFor(publicKey: string, secret: string): string {
  return Buffer.from(sodium.crypto_box_seal(secret, Buffer.from(publicKey, "base64"))).toString("base64");
}

const cases = [
  ...(versions.length > 0 ? [{ version: versions.at(-1) ?? "", provider: undefined }] : []),
  ...(versions.length > 1 ? [{ version: versions[0] ?? "", provider: "6.12" }] : []),
];

describe.each(cases.length > 0 ? cases : [{ version: "none", provider: undefined }])(
  "with GitHub provider $version",
  ({ version, provider }) => {
    storyTest(
      NEEDS,
      "several accounts and values at every level are made by one apply each, follow a change, and are gone after a destroy",
      async () => {
        const world = await World.start({ [GITHUB]: version });
        try {
          const { owner } = world.github.state;
          const sealed = {
            encrypted: sealedFor(owner.secrets.key.publicKey, "sealed by hand"),
            keyId: owner.secrets.key.id,
          };
          const printed = await world.project.synth(accessFile({ provider, sealed }));
          expect(printed.stdout).toContain("and likewise for staging, in this order");
          const [production, staging] = [await world.terraform("production"), await world.terraform("staging")];
          await madeFromNothing(world, production, staging);
          await followed(world, production, staging, (change) => accessFile({ provider, sealed, ...change }));
          for (const terraform of [staging, production]) succeeded(await terraform.destroy());
          expect([owner.variables.list(), owner.secrets.list()]).toEqual([[], []]);
          for (const each of world.github.state.repositories)
            expect([each.environments, each.variables.list(), each.secrets.list()]).toEqual([[], [], []]);
          for (const account of [STAGING, PRODUCTION]) expect(await world.moto.iam(account).roleNames()).toEqual([]);
        } finally {
          await world.stop();
        }
      },
      600_000,
    );
  },
);

async function madeFromNothing(world: World, production: Terraform, staging: Terraform): Promise<void> {
  succeeded(await production.plan({ out: "first.plan" }), PLAN.changes);
  const shown = async (terraform: Terraform): Promise<string> =>
    succeeded(await terraform.run("show", "-json", "first.plan")).stdout;
  const plans = [await shown(production)];
  succeeded(await production.apply("first.plan"));
  succeeded(await staging.plan({ out: "first.plan" }), PLAN.changes);
  plans.push(await shown(staging));
  succeeded(await staging.apply("first.plan"));
  for (const terraform of [production, staging]) expect((await terraform.plan()).exitCode).toBe(PLAN.empty);

  const file = fromConfig(Access.fromFile(path.join(world.project.folder, "access.yaml")));
  expect(sameAccess(file, mergeModels(plans.map((text, index) => fromPlanText(text, String(index)))))).toBe(true);

  const arn = async (account: string, name: string): Promise<string> => (await world.moto.iam(account).role(name)).arn;
  const { variables, secrets } = world.environmentOf("web-shop", "live");
  expect(Object.fromEntries(variables.list().map(({ name, value }) => [name, value]))).toEqual({
    AWS_ROLE_ARN_STAGING: await arn(STAGING, "web-shop-live"),
    AWS_REGION_STAGING: "eu-west-1",
    AWS_ROLE_ARN_PRODUCTION: await arn(PRODUCTION, "web-shop-live"),
    AWS_REGION_PRODUCTION: "eu-central-1",
    MIGRATE_ACCOUNT: STAGING,
  });
  expect(secrets.get("MIGRATE_ROLE").reveal()).toBe(await arn(STAGING, "web-shop-live-migrate"));
  const trusts = await Promise.all(
    [STAGING, PRODUCTION].map(async (account) =>
      (await world.moto.iam(account).role("web-shop-live")).assumeRolePolicyDocument.replaceAll(account, "ACCOUNT"),
    ),
  );
  expect(trusts[0]).toBe(trusts[1]);

  const { owner } = world.github.state;
  const repository = (name: string) => world.github.state.repository(name);
  expect(owner.variables.get("LOG_LEVEL")).toMatchObject({
    value: "info",
    sharing: {
      visibility: "selected",
      repositoryIds: expect.arrayContaining([repository("web-shop").id, repository("tools").id]) as unknown,
    },
  });
  expect(owner.variables.get("AUDIT_ROLE")).toMatchObject({
    value: await arn(PRODUCTION, "web-shop-audit"),
    sharing: { visibility: "all" },
  });
  expect(owner.secrets.get("SENTRY_DSN").sharing).toEqual({
    visibility: "selected",
    repositoryIds: [repository("web-shop").id],
  });
  expect([owner.secrets.get("SEALED").reveal(), owner.secrets.get("SEALED").sharing?.visibility]).toEqual([
    "sealed by hand",
    "private",
  ]);
  expect(repository("web-shop").variables.get("TEAM").value).toBe("${shop}");
  for (const name of ["web-shop", "legacy-api"]) {
    expect(repository(name).variables.get("ASSETS_ROLE").value).toBe(await arn(PRODUCTION, `web-shop-assets-${name}`));
    expect(repository(name).secrets.get("ASSETS_ROLE_NAME").reveal()).toBe(`web-shop-assets-${name}`);
  }
}

async function followed(
  world: World,
  production: Terraform,
  staging: Terraform,
  accessFileWith: (change: Partial<Chapter>) => string,
): Promise<void> {
  await world.project.synth(accessFileWith({ others: ["tools", "legacy-api"], level: "debug", seers: "private" }));
  expect((await changesOf(production)).every((change) => /^create .*(tools|of__tools)/.test(change))).toBe(true);
  // The oldest provider replaces a variable that others are to see.
  expect(await changesOf(staging)).toEqual([
    expect.stringMatching(/^(update|delete\+create) github_actions_organization_variable\.LOG_LEVEL$/),
  ]);
  await apply(production);
  await apply(staging);
  expect(world.github.state.owner.variables.get("LOG_LEVEL")).toMatchObject({
    value: "debug",
    sharing: { visibility: "private" },
  });
  expect(world.github.state.repository("tools").variables.get("ASSETS_ROLE").value).toBe(
    (await world.moto.iam(PRODUCTION).role("web-shop-assets-tools")).arn,
  );
  for (const terraform of [production, staging]) expect((await terraform.plan()).exitCode).toBe(PLAN.empty);
}

storyTest(NEEDS, "a user has no values for several repositories: the plan fails and says so", async () => {
  const world = await World.start();
  try {
    const sealed = { encrypted: Buffer.alloc(60, 7).toString("base64"), keyId: "1" };
    await world.project.synth(accessFile({ sealed }).replaceAll("octo-org", "octocat"));
    const plan = await (await world.terraform("staging")).plan();
    expect(plan.exitCode).toBe(PLAN.failed);
    expect(plan.stderr.replaceAll(/[\s│]+/g, " ")).toContain(
      '"octocat" is no organization that the GitHub token may read (GitHub answered 404)',
    );
  } finally {
    await world.stop();
  }
});
