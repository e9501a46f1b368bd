/** Fails, with the difference, when the two sides do not write the same Terraform. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { Access } from "../../lib/config/access";
import { synthesizeBare } from "../bare";
import { accessConfigOf, generateFleet } from "../generate";
import { assertSameJson } from "../same-json";
import { synthesizeToolkit } from "../toolkit";

const fleet = generateFleet(6, 3);
const folder = mkdtempSync(path.join(tmpdir(), "github-oidc-bench-"));
const [toolkit, bare] = [path.join(folder, "toolkit"), path.join(folder, "bare")];
try {
  synthesizeToolkit(Access.from(accessConfigOf(fleet)), toolkit);
  synthesizeBare(fleet, bare);
  assertSameJson(toolkit, bare);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
