/** Fails, with the difference, when the two sides do not write the same Terraform. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { Access } from "../../lib/config/access";
import type { AccessConfig } from "../../lib/config/schema";
import { synthesizeBare } from "../bare";
import { synthesizeBarePairs } from "../bare-pairs";
import { accessConfigOf, generateFleet } from "../generate";
import { generatePairs, pairsConfigOf } from "../generate-pairs";
import { assertSameJson } from "../same-json";
import { synthesizeToolkit } from "../toolkit";

function assertSame(config: AccessConfig, synthesize: (outdir: string) => void): void {
  const folder = mkdtempSync(path.join(tmpdir(), "github-oidc-bench-"));
  const [toolkit, bare] = [path.join(folder, "toolkit"), path.join(folder, "bare")];
  try {
    synthesizeToolkit(Access.from(config), toolkit);
    synthesize(bare);
    assertSameJson(toolkit, bare);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const [fleet, pairs] = [generateFleet(6, 3), generatePairs(12, 6)];
try {
  assertSame(accessConfigOf(fleet), (outdir) => synthesizeBare(fleet, outdir));
  assertSame(pairsConfigOf(pairs), (outdir) => synthesizeBarePairs(pairs, outdir));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
