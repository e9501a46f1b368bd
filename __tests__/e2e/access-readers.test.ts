import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fromConfig } from "../../lib/readers/from-config";
import { fromPlanText } from "../../lib/readers/from-plan";
import { grantsOf } from "../../lib/questions/grants";
import type { AccessModel } from "../../lib/model/model";
import { sameAccess } from "../../lib/model/same-access";
import { Access } from "../../lib/config/access";
import { trimPlan } from "../readers/fixtures/trim-plan";
import { Moto } from "./harness/moto";
import { ProviderMirrors } from "./harness/provider-mirrors";
import { reasonsToSkip, type Need } from "./harness/requirements";
import { storyTest } from "./harness/story-test";
import { PLAN, succeeded, Terraform } from "./harness/terraform";
import { runCli } from "../support/run-cli";
import { accessFile, deployPolicy, STAGING } from "./story/access-file";
import { apply, World } from "./story/world";

/**
 * What the readers make of plans as Terraform writes them today. `CAPTURE_PLANS=1` puts the plans into
 * `__tests__/readers/fixtures/plans`, where the fast tests read them.
 */
const NEEDS: readonly Need[] = ["terraform", "aws", "github", "moto"];
const FIXTURES = path.join(__dirname, "../readers/fixtures");
const SHAPES = ["policy-document-module", "deprecated-arguments", "organization-wide"];

function captured(name: string, json: string): AccessModel {
  if (process.env["CAPTURE_PLANS"]) writeFileSync(path.join(FIXTURES, "plans", `${name}.json`), trimPlan(json));
  const model = fromPlanText(json, name);
  // What is left out of the fixtures says nothing.
  expect(fromPlanText(trimPlan(json), name)).toEqual(model);
  return model;
}

/** What people see of a plan. */
async function commandsOn(plan: string, folder: string): Promise<object> {
  writeFileSync(path.join(folder, "plan.json"), plan);
  const run = async (...args: string[]): Promise<unknown> => {
    const { code, stdout, stderr } = await runCli(folder, ...args, "--plan", "plan.json", "--format", "json");
    expect([code === 0 || code === 1, stderr]).toEqual([true, ""]);
    return { code, output: JSON.parse(stdout) as unknown };
  };
  return { access: await run("access"), check: await run("check") };
}

describe("three readers agree", () => {
  let world: World;
  let terraform: Terraform;
  let file: AccessModel;
  const ready = reasonsToSkip(NEEDS).length === 0;
  beforeAll(async () => {
    if (!ready) return;
    world = await World.start();
    world.project.write("policies/deploy.json", deployPolicy());
    await world.project.synth(accessFile());
    terraform = await world.terraform("production");
    const access = Access.fromFile(path.join(world.project.folder, "access.yaml"));
    file = fromConfig(access, [access.account("production")]);
  });
  afterAll(() => world?.stop());

  const planned = async (): Promise<string> => {
    succeeded(await terraform.plan({ out: "readers.plan" }), PLAN.empty, PLAN.changes);
    return (await terraform.show("readers.plan")).json;
  };

  storyTest(NEEDS, "the file and its first plan", async () => {
    expect(sameAccess(file, captured("story-created", await planned()))).toBe(true);
  });

  storyTest(NEEDS, "the file, and after the apply an empty plan; the state but for the owner", async () => {
    await apply(terraform);
    expect(sameAccess(file, captured("story-unchanged", await planned()))).toBe(true);
    const state = captured("story-state", await terraform.showState());
    expect(
      grantsOf(state)
        .grants.map(({ role, breadth }) => [role, breadth])
        .sort(),
    ).toEqual(
      grantsOf(file)
        .grants.map(({ role, breadth }) => [role, breadth])
        .sort(),
    );
  });
});

describe("plans of HCL that others would write", () => {
  let moto: Moto;
  const ready = reasonsToSkip(["terraform", "aws", "moto"]).length === 0;
  beforeAll(async () => {
    if (ready) moto = await Moto.start();
  });
  afterAll(() => moto?.stop());

  for (const shape of SHAPES)
    storyTest(["terraform", "aws", "moto"], shape, async () => {
      const folder = mkdtempSync(path.join(tmpdir(), "readers-"));
      try {
        cpSync(path.join(FIXTURES, "hcl", shape), folder, { recursive: true });
        const cliConfig = ProviderMirrors.fromEnvironment().writeCliConfig(path.join(folder, ".cli"), {});
        const terraform = new Terraform({
          folder,
          cliConfig,
          env: await moto.environment(STAGING),
          timeoutMs: 240_000,
        });
        succeeded(await terraform.init());
        succeeded(await terraform.plan({ out: "shape.plan" }), PLAN.changes);
        const { json } = await terraform.show("shape.plan");
        const model = captured(shape, json);
        expect(await commandsOn(json, folder)).toEqual(
          await commandsOn(readFileSync(path.join(FIXTURES, "plans", `${shape}.json`), "utf8"), folder),
        );
        expect(grantsOf(model)).toEqual(
          grantsOf(fromPlanText(readFileSync(path.join(FIXTURES, "plans", `${shape}.json`), "utf8"), shape)),
        );
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    });
});
