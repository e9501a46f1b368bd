import { readFileSync } from "node:fs";
import path from "node:path";
import { parse } from "yaml";
import { INPUTS } from "../../../review/src/inputs";
import { bundleAction } from "../../../scripts/bundle-action";

const ROOT = path.join(__dirname, "../../..");
const read = (file: string): string => readFileSync(path.join(ROOT, file), "utf8");
const action = parse(read("review/action.yml")) as {
  inputs: Record<string, { default?: string }>;
  runs: { using: string; main: string };
};

describe("the built action", () => {
  test("is what npm run build:action makes of the sources", async () => {
    for (const [file, text] of Object.entries(await bundleAction()))
      expect({ file, isCurrent: read(file) === text, otherwise: "run npm run build:action, and commit" }).toMatchObject(
        { file, isCurrent: true },
      );
  });

  test("loads nothing of what synthesizes Terraform, and nothing but Node beside itself", () => {
    const bundle = read("review/dist/index.js");
    expect(bundle).not.toMatch(/node_modules\/(cdktf|constructs|@cdktf|commander|hono|undici)\//);
    const required = [...bundle.matchAll(/\brequire\("([^"]+)"\)/g)].map(([, name = ""]) => name.replace(/^node:/, ""));
    expect([...new Set(required)].filter((name) => !process.getBuiltinModule(name))).toEqual([]);
  });

  test("names the licence of every package that is in it", () => {
    const packages = new Set(
      [...read("review/dist/index.js").matchAll(/^\/\/ node_modules\/((?:@[^/]+\/)?[^/]+)\//gm)].map(
        ([, name = ""]) => name,
      ),
    );
    const licensed = [
      ...read("review/dist/licenses.txt").matchAll(/^(\S+) \d+\.\d+\.\d+ \((MIT|ISC|Apache-2\.0)\)$/gm),
    ].map(([, name = ""]) => name);
    expect(packages.size).toBeGreaterThan(5);
    expect(licensed.sort()).toEqual([...packages].sort());
  });
});

describe("action.yml", () => {
  test("runs the built file with Node 24", () => {
    expect(action.runs).toEqual({ using: "node24", main: "dist/index.js" });
  });

  test("has the inputs that are read", () => {
    expect(Object.keys(action.inputs)).toEqual([...INPUTS]);
  });
});
