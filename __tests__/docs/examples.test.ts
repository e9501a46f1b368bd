import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { parse } from "yaml";
import { fromConfig } from "../../lib/readers/from-config";
import { modelSubjects } from "../../lib/check/model/subjects";
import { RULES } from "../../lib/check/registry";
import { runRules } from "../../lib/check/run";
import { Access } from "../../lib/config/access";
import type { AccessConfig } from "../../lib/config/schema";

const ROOT = path.join(__dirname, "../..");
const PAGES = [
  "README.md",
  ...readdirSync(path.join(ROOT, "docs"))
    .filter((file) => file.endsWith(".md"))
    .map((file) => `docs/${file}`),
];

/** The blocks of a page whose fence says what they are, as in "```yaml access". */
function blocks(page: string, fence: string): string[] {
  const text = readFileSync(path.join(ROOT, page), "utf8");
  return [...text.matchAll(new RegExp(`^\`\`\`${fence}\n([\\s\\S]*?)^\`\`\`$`, "gm"))].map((match) => match[1] ?? "");
}

const examples = (fence: string): [string, string][] =>
  PAGES.flatMap((page) =>
    blocks(page, fence).map((text, index): [string, string] => [`${page}, example ${index + 1}`, text]),
  );

describe("examples in the documentation", () => {
  test.each(examples("yaml access"))("%s is an access file without mistakes", (_, text) => {
    expect(Access.from(parse(text) as AccessConfig).accounts.length).toBeGreaterThan(0);
  });

  test.each(examples("yaml access"))("%s has nothing that check calls an error", (_, text) => {
    const findings = runRules(
      RULES,
      modelSubjects(fromConfig(Access.from(parse(text) as AccessConfig)), "config", "access.yaml"),
    );
    expect(findings.filter(({ severity }) => severity === "error")).toEqual([]);
  });

  test("there are examples of access files and of TypeScript", () => {
    expect(examples("yaml access").length).toBeGreaterThanOrEqual(5);
    expect(examples("ts run").length).toBe(2);
  });

  test("a part of an account is accepted where it belongs", () => {
    const [part = ""] = examples("yaml part of an account").map(([, text]) => text);
    const account = { id: "111122223333", region: "eu-west-1", ...(parse(part) as object) };
    expect(() =>
      Access.from({ github: { owner: "octo-org" }, accounts: { production: account }, repositories: {} }),
    ).not.toThrow();
  });

  test("every example in TypeScript compiles, runs and writes a stack", () => {
    const folder = mkdtempSync(path.join(__dirname, "run-"));
    try {
      const files = examples("ts run").map(([, text], index) => {
        const file = path.join(folder, `example-${index}.ts`);
        writeFileSync(file, text);
        return file;
      });
      writeFileSync(
        path.join(folder, "tsconfig.json"),
        JSON.stringify({
          extends: path.join(ROOT, "tsconfig.json"),
          compilerOptions: {
            rootDir: ROOT,
            noEmit: true,
            paths: { "cdktf-github-oidc": [path.join(ROOT, "index.ts")] },
          },
          include: [folder],
        }),
      );
      const run = (script: string, ...args: string[]): string =>
        execFileSync(process.execPath, [path.join(ROOT, "node_modules", script), ...args], {
          cwd: folder,
          encoding: "utf8",
          stdio: "pipe",
        });
      expect(run("typescript/bin/tsc", "-p", folder)).toBe("");
      for (const file of files) {
        run("tsx/dist/cli.mjs", "--tsconfig", path.join(folder, "tsconfig.json"), file);
        const stack = JSON.parse(
          readFileSync(path.join(folder, "cdktf.out/stacks/production/cdk.tf.json"), "utf8"),
        ) as { resource: object };
        expect(Object.keys(stack.resource)).toEqual(
          expect.arrayContaining(["aws_iam_role", "github_repository_environment"]),
        );
        rmSync(path.join(folder, "cdktf.out"), { recursive: true });
      }
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }, 120_000);

  test("every link between pages leads to a page", () => {
    for (const page of PAGES) {
      const text = readFileSync(path.join(ROOT, page), "utf8");
      for (const [, target = ""] of text.matchAll(/\]\((?!https?:|#)([^)#]+)/g))
        expect([page, target, readable(path.join(ROOT, path.dirname(page), target))]).toEqual([page, target, true]);
    }
  });
});

function readable(file: string): boolean {
  try {
    readFileSync(file);
    return true;
  } catch {
    return false;
  }
}
