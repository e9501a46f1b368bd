import { readFileSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { planChangeOfText } from "../../lib/readers/from-plan-change";
import { colors } from "../../lib/report/colors";
import { renderReviewText } from "../../lib/report/review-text";
import { reviewOf } from "../../lib/review/review-of";

const ROOT = path.join(__dirname, "../..");
const FOLDER = "examples/dangerous-change";
const PAGE = path.join(ROOT, FOLDER, "README.md");
const BLOCK = /```console review\n([\s\S]*?)```/;

const read = (file: string): string => readFileSync(path.join(ROOT, FOLDER, file), "utf8");

test("the example shows what the review of its plan prints (UPDATE_GOLDEN=1 writes it)", () => {
  const plan = `${FOLDER}/plan.json`;
  const printed = `$ npx github-oidc review ${plan}\n${renderReviewText(reviewOf([planChangeOfText(read("plan.json"), plan)]), { colors: colors(false), width: 80 })}\n`;
  const page = readFileSync(PAGE, "utf8");
  if (process.env["UPDATE_GOLDEN"])
    writeFileSync(
      PAGE,
      page.replace(BLOCK, () => `\`\`\`console review\n${printed}\`\`\``),
    );
  else expect(BLOCK.exec(page)?.[1]).toBe(printed);
});

test("the example's difference is the one between its two configurations", () => {
  const [, difference = ""] = /```diff\n([\s\S]*?)```/.exec(read("README.md")) ?? [];
  const lines = (sign: string): string[] =>
    difference.split("\n").flatMap((line) => (line.startsWith(sign) ? line.slice(1) : []));
  const [before, after] = [read("before/main.tf").split("\n"), read("after/main.tf").split("\n")];
  expect(lines("-").length + lines("+").length).toBeGreaterThan(10);
  const onlyIn = (some: readonly string[], others: readonly string[]): string[] =>
    some.filter((line) => !others.includes(line));
  expect(lines("-").filter((line) => line !== "  }")).toEqual(onlyIn(before, after));
  expect(lines("+")).toEqual(onlyIn(after, before));
});

test("the example is one command", () => {
  const { scripts } = JSON.parse(readFileSync(path.join(ROOT, "package.json"), "utf8")) as {
    scripts: Record<string, string>;
  };
  expect(scripts["example:review"]).toBe(`node dist/lib/cli/main.js review ${FOLDER}/plan.json`);
});

test("the page on reviews has its pictures, light and dark, none of them heavy", () => {
  const page = readFileSync(path.join(ROOT, "docs/review.md"), "utf8");
  const pictures = [...page.matchAll(/src(?:set)?="([^"]+)"/g)].map(([, file = ""]) => file);
  expect(pictures.length).toBe(6);
  for (const file of pictures)
    expect([file, statSync(path.join(ROOT, "docs", file)).size < 150_000]).toEqual([file, true]);
});
