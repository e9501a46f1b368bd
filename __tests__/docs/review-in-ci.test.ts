import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { parse } from "yaml";
import { runCli } from "../support/run-cli";

const ROOT = path.join(__dirname, "../..");
const PAGE = readFileSync(path.join(ROOT, "docs/review-in-ci.md"), "utf8");
const [, workflow = ""] = /^```yaml workflow\n([\s\S]*?)^```$/m.exec(PAGE) ?? [];

interface Job {
  readonly permissions: Record<string, string>;
  readonly steps: readonly { readonly uses?: string; readonly run?: string; readonly with?: Record<string, unknown> }[];
}
const { permissions, jobs } = parse(workflow) as { permissions: object; jobs: { plan: Job; review: Job } };
const action = parse(readFileSync(path.join(ROOT, "review/action.yml"), "utf8")) as { inputs: object; outputs: object };
const steps = [...jobs.plan.steps, ...jobs.review.steps];

describe("the ready workflow", () => {
  test("has nothing that check finds, not even a note", async () => {
    const folder = mkdtempSync(path.join(tmpdir(), "workflow-"));
    try {
      writeFileSync(path.join(folder, "plan.yml"), workflow);
      const { code, stdout, stderr } = await runCli(
        folder,
        "check",
        "--workflows",
        ".",
        "--fail-on",
        "note",
        "--format",
        "json",
      );
      expect({ code, stderr, findings: (JSON.parse(stdout) as { findings: unknown[] }).findings }).toEqual({
        code: 0,
        stderr: "",
        findings: [],
      });
    } finally {
      rmSync(folder, { recursive: true });
    }
  }, 60_000);

  test("gives no job more than it needs, and the one that writes runs nothing of the pull request's", () => {
    expect({ permissions, plan: jobs.plan.permissions, review: jobs.review.permissions }).toEqual({
      permissions: {},
      plan: { contents: "read", "id-token": "write" },
      review: { "pull-requests": "write" },
    });
    expect(
      jobs.review.steps.filter(({ uses, run }) => run !== undefined || /checkout|credentials/.test(uses ?? "")),
    ).toEqual([]);
  });

  test("pins every action to a commit", () => {
    expect(steps.flatMap(({ uses }) => uses ?? []).filter((uses) => !/@[0-9a-f]{40}$/.test(uses))).toEqual([]);
  });

  test("uploads the review, and no plan", () => {
    const uploaded = steps.filter(({ uses }) => uses?.includes("upload-artifact")).map((step) => step.with?.["path"]);
    expect(uploaded).toEqual(["${{ steps.review.outputs.report-json }}", "${{ steps.review.outputs.report }}"]);
  });

  test("gives the action only inputs that it has", () => {
    const given = steps
      .filter(({ uses }) => uses?.includes("/review@"))
      .flatMap((step) => Object.keys(step.with ?? {}));
    expect(given.length).toBeGreaterThan(0);
    expect(given.filter((name) => !(name in action.inputs))).toEqual([]);
  });
});

describe("the page", () => {
  const table = PAGE.slice(PAGE.indexOf("## Inputs"), PAGE.indexOf("## What happens when"));

  test("lists every input but the one to leave as it is, and every output", () => {
    const listed = [...table.matchAll(/^\| `([a-z-]+)` \|/gm)].map(([, name]) => name);
    expect(listed).toEqual(Object.keys(action.inputs).filter((name) => name !== "matrix"));
    const [, outputs = ""] = /^Outputs: ([\s\S]*?)\. In a later/m.exec(table) ?? [];
    expect([...outputs.matchAll(/`([a-z-]+)`/g)].map(([, name]) => name).sort()).toEqual(
      Object.keys(action.outputs).sort(),
    );
  });
});
