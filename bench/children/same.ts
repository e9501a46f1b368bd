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
const [toolkit, bare] = ["toolkit", "bare"].map((side) => mkdtempSync(path.join(tmpdir(), `github-oidc-bench-${side}-`))) as [string, string];
try {
  synthesizeToolkit(Access.from(accessConfigOf(fleet)), toolkit);
  synthesizeBare(fleet, bare);
  assertSameJson(toolkit, bare);
} finally {
  for (const folder of [toolkit, bare]) rmSync(folder, { recursive: true, force: true });
}
