import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { runCli } from "../support/run-cli";
import found from "./trust.json";

/** A trust policy that was found in a public file, and what must be said of it. */
interface FoundCase {
  readonly id: string;
  readonly situation: string;
  readonly policy: object;
  /** Rule and severity of each finding. */
  readonly findings?: readonly string[];
  /** Why AWS refuses the policy. */
  readonly refused?: string;
  /** Of a token that is tried: claims that differ from the common ones. */
  readonly claims?: object;
  readonly decision?: string;
  /** The first reason that `explain` gives. */
  readonly hint?: string;
}

const CASES: readonly FoundCase[] = found.cases;

describe.each(CASES)("$id: $situation", ({ policy, findings, refused, claims, decision, hint }) => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), "github-oidc-found-"));
    writeFileSync(path.join(folder, "policy.json"), JSON.stringify(policy));
    writeFileSync(path.join(folder, "claims.json"), JSON.stringify({ ...found.token, ...claims }));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const checked = ["check", "--trust-policy", "policy.json", "--format", "json"];
  const explained = ["explain", "--trust-policy", "policy.json", "--claims", "claims.json", "--format", "json"];

  if (refused !== undefined) {
    test.each([[checked], [explained]])("is refused, and it is said why: %s", async (args) => {
      const { code, stdout, stderr } = await runCli(folder, ...args);
      expect([code, stdout]).toEqual([2, ""]);
      expect(stderr).toContain(refused);
    });
    return;
  }

  test("is judged so by check", async () => {
    const { stdout } = await runCli(folder, ...checked);
    const output = JSON.parse(stdout) as { findings: { rule: string; severity: string }[] };
    expect(output.findings.map(({ rule, severity }) => `${rule} ${severity}`)).toEqual(findings);
  });

  if (claims === undefined) return;
  test("is judged so by explain", async () => {
    const { stdout } = await runCli(folder, ...explained);
    const output = JSON.parse(stdout) as { decision: string; hints: { id: string }[] };
    expect([output.decision, output.hints[0]?.id]).toEqual([decision, hint]);
  });
});
