import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import fc from "fast-check";
import { CLAIMS, everyCommand, WORKFLOW } from "./in-process";
import { plantedPlan } from "./planted-plan";
import { runs } from "../support/runs";

describe("no command writes what a plan marks sensitive", () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), "sensitive-"));
    mkdirSync(path.join(folder, "workflows/.github/workflows"), { recursive: true });
    writeFileSync(path.join(folder, "workflows/.github/workflows/deploy.yml"), WORKFLOW);
    writeFileSync(path.join(folder, "claims.json"), CLAIMS);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test("in any format, wherever it is marked", async () => {
    const property = fc.asyncProperty(fc.integer(), async (seed) => {
      const { text, canaries } = plantedPlan(seed);
      for (const each of await everyCommand(folder, text)) {
        const lower = each.text.toLowerCase();
        const shown = canaries.filter((canary) => lower.includes(canary.toLowerCase()));
        const at = lower.indexOf((shown[0] ?? "").toLowerCase());
        expect({
          seed,
          command: each.command,
          shown,
          text: shown.length === 0 ? "" : each.text.slice(Math.max(0, at - 150), at + 80),
        }).toEqual({ seed, command: each.command, shown: [], text: "" });
      }
    });
    await fc.assert(property, { numRuns: runs(60) });
  });
});
