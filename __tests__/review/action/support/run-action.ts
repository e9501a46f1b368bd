import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Review } from "../../../../lib/review/review";
import type { GithubApi } from "../../../../lib/sandbox/github-api";

const ACTION = path.join(__dirname, "../../../../review/dist/index.js");

/** What ran, and what it left behind. */
export interface ActionResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly summary: string;
  readonly outputs: Readonly<Record<string, string>>;
  /** Workflow commands, as `::warning title=…::…`. */
  readonly annotations: readonly string[];
  readonly folder: string;
}

export interface ActionOptions {
  /** @default no API: nothing listens at its address */
  readonly api?: GithubApi;
  /** Given as `reviews`. @default none */
  readonly review?: Review;
  /** By the names in action.yml. */
  readonly inputs?: Readonly<Record<string, string>>;
  /** @default "pull_request" */
  readonly event?: string;
  /** The event's payload. @default pull request 7 of octo-org/web-shop */
  readonly payload?: unknown;
  /** Of the workflow run. @default 1 */
  readonly run?: number;
  readonly attempt?: number;
  readonly env?: Readonly<Record<string, string>>;
  /** Files in the workspace, by name. */
  readonly files?: Readonly<Record<string, string>>;
}

export const TOKEN = "ghs_secretsecretsecret";
export const HEAD = "0123456789abcdef0123456789abcdef01234567";

export const pullRequest = (head = HEAD, from = "octo-org/web-shop"): unknown => ({
  action: "synchronize",
  pull_request: { number: 7, head: { sha: head, repo: { full_name: from } } },
});

/** Runs the built action as GitHub's runner does: a process of its own, told all by variables and files. */
export function runAction({
  api,
  review,
  inputs = {},
  event = "pull_request",
  payload = pullRequest(),
  run = 1,
  attempt = 1,
  env = {},
  files = {},
}: ActionOptions): Promise<ActionResult> {
  const folder = mkdtempSync(path.join(tmpdir(), "action-"));
  const file = (name: string): string => path.join(folder, name);
  for (const [name, text] of Object.entries({
    event: JSON.stringify(payload),
    output: "",
    summary: "",
    ...files,
    ...(review && { "review.json": JSON.stringify(review) }),
  }))
    writeFileSync(file(name), text);
  const given = { ...(review && { reviews: "review.json" }), "github-token": TOKEN, ...inputs };
  const child = spawn(process.execPath, [ACTION], {
    cwd: folder,
    env: {
      PATH: process.env["PATH"] ?? "",
      ...Object.fromEntries(Object.entries(given).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value])),
      GITHUB_API_URL: api ? `${api.url}api/v3` : "http://127.0.0.1:9",
      GITHUB_SERVER_URL: "https://github.com",
      GITHUB_REPOSITORY: "octo-org/web-shop",
      GITHUB_EVENT_NAME: event,
      GITHUB_EVENT_PATH: file("event"),
      GITHUB_WORKFLOW_REF: "octo-org/web-shop/.github/workflows/plan.yml@refs/pull/7/merge",
      GITHUB_JOB: "review",
      GITHUB_ACTION: "__octo-org_cdktf-github-oidc",
      GITHUB_RUN_ID: String(9_000 + run),
      GITHUB_RUN_NUMBER: String(run),
      GITHUB_RUN_ATTEMPT: String(attempt),
      GITHUB_OUTPUT: file("output"),
      GITHUB_STEP_SUMMARY: file("summary"),
      RUNNER_TEMP: folder,
      ...env,
    },
  });
  const output = { stdout: "", stderr: "" };
  child.stdout.setEncoding("utf8").on("data", (text: string) => (output.stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (output.stderr += text));
  return new Promise((resolve, reject) =>
    child.on("error", reject).on("close", (code) =>
      resolve({
        code,
        ...output,
        summary: readFileSync(file("summary"), "utf8"),
        outputs: existsSync(file("output")) ? outputsIn(readFileSync(file("output"), "utf8")) : {},
        annotations: output.stdout.split("\n").filter((line) => /^::(error|warning|notice)/.test(line)),
        folder,
      }),
    ),
  );
}

/** As the runner reads them: a name, a delimiter, lines up to the delimiter. */
function outputsIn(text: string): Record<string, string> {
  const outputs: Record<string, string> = {};
  for (let rest = text; rest !== "";) {
    const [all, name = "", , value = ""] = /^(.+?)<<(.+)\n([\s\S]*?)\n\2\n/.exec(rest) ?? [];
    if (all === undefined) throw new Error(`No output: ${rest}`);
    outputs[name] = value;
    rest = rest.slice(all.length);
  }
  return outputs;
}
