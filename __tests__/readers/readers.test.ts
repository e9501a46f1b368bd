import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import fc from "fast-check";
import { fromConfig } from "../../lib/readers/from-config";
import { fromPlan, fromPlanText } from "../../lib/readers/from-plan";
import { fromStackJson } from "../../lib/readers/from-synth";
import { mergeModels } from "../../lib/model/merge";
import { accessModelSchema, type AccessModel } from "../../lib/model/model";
import { lookupsOf, normalForm, sameAccess } from "../../lib/model/same-access";
import { Access } from "../../lib/config/access";
import type { AccessConfig } from "../../lib/config/schema";
import { synthesize } from "../stacks/synthesize";
import { accessConfigs } from "../stacks/access-configs";
import { validAccess } from "../config/valid-access";
import { accessFile, deployPolicy } from "../e2e/story/access-file";
import { runs } from "../support/runs";

const ROOT = path.join(__dirname, "../..");
const PLANS = path.join(__dirname, "fixtures/plans");

const fromApp = (access: Access): AccessModel =>
  mergeModels(Object.entries(synthesize(access).texts).map(([name, text]) => fromStackJson(JSON.parse(text), name)));

/** Fails with what differs, rather than with "false". */
function expectSame(a: AccessModel, b: AccessModel): void {
  const lookups = new Set([...lookupsOf(a), ...lookupsOf(b)]);
  expect(normalForm(a, lookups)).toEqual(normalForm(b, lookups));
  expect(sameAccess(a, b)).toBe(true);
}

describe("the model of a file is the model of what it synthesizes", () => {
  test("the sample", () => {
    const access = Access.fromFile(path.join(ROOT, "access.yaml"));
    const [file, synth] = [fromConfig(access), fromApp(access)];
    expect(accessModelSchema.parse(JSON.parse(JSON.stringify(file)))).toEqual(file);
    expect(accessModelSchema.parse(JSON.parse(JSON.stringify(synth)))).toEqual(synth);
    expectSame(file, synth);
    expect(file.accounts.map(({ roles }) => roles.length)).toEqual([1, 3]);
  });

  test.each([
    // An account is a construct, and no construct can have the name of a member that every object has.
    ["valid files", validAccess.filter(({ accounts }) => Object.keys(accounts).every((name) => !(name in {})))],
    ["names that take pains to be mistaken for each other", accessConfigs],
  ] as const)("generated: %s", (_, configs) => {
    fc.assert(
      fc.property(configs as fc.Arbitrary<AccessConfig>, (config) => {
        const access = Access.from(config);
        expectSame(fromConfig(access), fromApp(access));
      }),
      { numRuns: runs(40) },
    );
  });

  test("what a file says in a place has that place", () => {
    const { accounts, environments } = fromConfig(Access.fromFile(path.join(ROOT, "access.yaml")));
    expect(accounts[1]?.roles[0]?.location).toMatchObject({ line: 37 });
    expect(environments[1]?.location).toMatchObject({ line: 29 });
  });
});

describe("the model of a file is the model of its plan", () => {
  let folder: string;
  let file: AccessModel;
  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), "readers-"));
    mkdirSync(path.join(folder, "policies"));
    writeFileSync(path.join(folder, "access.yaml"), accessFile());
    writeFileSync(path.join(folder, "policies/deploy.json"), deployPolicy());
    const access = Access.fromFile(path.join(folder, "access.yaml"));
    file = fromConfig(access, [access.account("production")]);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test.each(["story-created", "story-unchanged"])("%s", (name) =>
    expectSame(file, fromPlan(path.join(PLANS, `${name}.json`))),
  );

  test("of its state too, in which only the owner of the repositories is missing, and which role a secret is", () => {
    const state = fromPlan(path.join(PLANS, "story-state.json"));
    expect(state.environments.map(({ repository }) => repository)).toContainEqual([{ unknown: "owner" }, "/web-shop"]);
    const withOwner = JSON.parse(
      JSON.stringify(state)
        .replaceAll('[{"unknown":"owner"},"/', '["octo-org/')
        .replaceAll(/\["(octo-org\/[a-z-]+)"\]/g, '"$1"'),
    ) as AccessModel;
    // A state has no configuration that would tell it without the value, and that is sensitive.
    expectSame(
      { ...file, values: file.values.map((each) => (each.kind === "secret" ? { ...each, role: null } : each)) },
      withOwner,
    );
  });

  test("ids that differ are another repository, unless one of the two looks them up", () => {
    const text = readFileSync(path.join(PLANS, "story-created.json"), "utf8");
    const other = fromPlanText(text.replaceAll("web-shop@74", "web-shop@75"), "other");
    expectSame(file, other);
    expect(sameAccess(fromPlanText(text, "one"), other)).toBe(false);
  });

  test("what changes who may do what is a difference", () => {
    const text = readFileSync(path.join(PLANS, "story-created.json"), "utf8");
    const changes: [string, string][] = [
      [':environment:production\\\\\\"', ':environment:prod*\\\\\\"'],
      ["sts.amazonaws.com", "octo.example.com"],
      ["AmazonECS_FullAccess", "AdministratorAccess"],
      ['"max_session_duration": 7200', '"max_session_duration": 3600'],
      ['"wait_timer": 10', '"wait_timer": 0'],
      ['"branch_pattern": "main"', '"branch_pattern": "*"'],
      ["ecs:UpdateService", "ecs:*"],
      ['"can_admins_bypass": false', '"can_admins_bypass": true'],
    ];
    for (const [from, to] of changes) {
      expect([from, text.includes(from.replaceAll('\\\\\\"', '\\"'))]).toEqual([from, true]);
      expect([
        from,
        sameAccess(
          file,
          fromPlanText(text.replaceAll(from.replaceAll('\\\\\\"', '\\"'), to.replaceAll('\\\\\\"', '\\"')), "changed"),
        ),
      ]).toEqual([from, false]);
    }
  });

  test("a secret's value is not in the model", () => {
    for (const name of readdirSync(PLANS))
      expect(JSON.stringify(fromPlan(path.join(PLANS, name)))).not.toContain("sentry.example");
  });
});

test("ten thousand roles are each looked at once", () => {
  const roles = Object.fromEntries(
    Array.from({ length: 10_000 }, (_, index) => [
      `r${index}`,
      {
        name: `r${index}`,
        assume_role_policy:
          '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Federated":"${aws_iam_openid_connect_provider.github.arn}"},"Action":"sts:AssumeRoleWithWebIdentity","Condition":{"StringEquals":{"token.actions.githubusercontent.com:sub":"repo:octo-org/web:environment:e' +
          String(index) +
          '"}}}]}',
      },
    ]),
  );
  const attachments = Object.fromEntries(
    Object.keys(roles).map((name) => [
      name,
      { role: `\${aws_iam_role.${name}.name}`, policy_arn: "arn:aws:iam::aws:policy/ReadOnlyAccess" },
    ]),
  );
  const reads = new Map<string, number>();
  const counted = Object.fromEntries(
    Object.entries(roles).map(([name, role]) => [
      name,
      Object.defineProperty({ ...role }, "assume_role_policy", {
        enumerable: true,
        get: () => {
          reads.set(name, (reads.get(name) ?? 0) + 1);
          return role.assume_role_policy;
        },
      }),
    ]),
  );
  const json = {
    provider: { aws: { allowed_account_ids: ["111122223333"], region: "eu-west-1" } },
    resource: {
      aws_iam_openid_connect_provider: {
        github: { url: "https://token.actions.githubusercontent.com", client_id_list: ["sts.amazonaws.com"] },
      },
      aws_iam_role: counted,
      aws_iam_role_policy_attachment: attachments,
    },
  };
  const [account] = fromStackJson(json).accounts;
  expect(account?.roles.length).toBe(10_000);
  expect(
    account?.roles.every(({ managedPolicies }) => Array.isArray(managedPolicies) && managedPolicies.length === 1),
  ).toBe(true);
  expect(Math.max(...reads.values())).toBeLessThanOrEqual(3);
});
