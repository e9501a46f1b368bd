import { readFileSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { Access } from "../../lib/config/access";
import { terraformJson, type SynthesizedApp } from "../constructs/terraform-json";
import { synthesize } from "./synthesize";

const ROOT = path.resolve(__dirname, "../..");
const UPDATE = process.env["UPDATE_GOLDEN"] === "1";

/**
 * What the sample access file synthesizes to, whole. When a change of it is meant, look at it in the plan,
 * then let this test write the files anew: `UPDATE_GOLDEN=1 npx jest __tests__/stacks/golden.test.ts`.
 */
describe("The sample access file synthesizes to what golden/ holds (UPDATE_GOLDEN=1 writes it anew)", () => {
  let app: SynthesizedApp;
  beforeAll(() => {
    app = synthesize(Access.fromFile(path.join(ROOT, "access.yaml")));
  });

  test("for the accounts staging and production", () => {
    expect(Object.keys(app.texts).sort()).toEqual(["production", "staging"]);
  });

  test.each(["staging", "production"])("for account %s", (account) => {
    const file = path.join(__dirname, "golden", `${account}.json`);
    const text = `${JSON.stringify(portable(app, account), undefined, 2)}\n`;
    if (UPDATE) writeFileSync(file, text);
    expect(text).toBe(readFileSync(file, "utf8"));
  });

  test.each(["staging", "production"])("for account %s without a path of this machine", (account) => {
    const text = readFileSync(path.join(__dirname, "golden", `${account}.json`), "utf8");
    for (const place of [ROOT, os.tmpdir(), os.homedir()].filter((folder) => folder !== "/"))
      expect(text).not.toContain(place);
  });
});

/** What is the same in every folder and with every release of cdktf: a local state is found as from `cdktf.out`. */
function portable(app: SynthesizedApp, account: string): unknown {
  const json = structuredClone(terraformJson(app, account));
  delete json["//"].metadata["version"];
  const { local } = json.terraform.backend;
  if (!local) return json;
  const fromStack = (outdir: string): string =>
    path.relative(path.join(outdir, "stacks", account), `terraform.${account}.tfstate`);
  expect(local["path"]).toBe(fromStack(app.outdir));
  return { ...json, terraform: { ...json.terraform, backend: { local: { path: fromStack("cdktf.out") } } } };
}
