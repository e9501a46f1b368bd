import { readFileSync } from "node:fs";
import path from "node:path";
import { parse } from "yaml";
import { fromConfig } from "../../lib/readers/from-config";
import { modelSubjects } from "../../lib/check/model/subjects";
import { RULES } from "../../lib/check/registry";
import { runRules } from "../../lib/check/run";
import { Access } from "../../lib/config/access";
import type { AccessConfig } from "../../lib/config/schema";

const examples = ["plan-and-apply.md", "state-access.md"].flatMap((page) => {
  const text = readFileSync(path.join(__dirname, "../../docs", page), "utf8");
  return [...text.matchAll(/^```yaml access\n([\s\S]*?)^```$/gm)].map(
    ([, yaml = ""], index) => [`${page}, example ${index + 1}`, yaml] as const,
  );
});

test("there are examples of pairs and of states", () => expect(examples.length).toBeGreaterThanOrEqual(6));

test.each(examples)("%s is sound: nothing is worse than a note", (_, yaml) => {
  const model = fromConfig(Access.from(parse(yaml) as AccessConfig));
  const findings = runRules(RULES, modelSubjects(model, "config", "access.yaml"));
  expect(findings.filter(({ severity }) => severity !== "note")).toEqual([]);
});

test("a plan role that may lock its state only reads", () => {
  const [, yaml = ""] = examples[0] ?? [];
  const findings = runRules(
    RULES,
    modelSubjects(fromConfig(Access.from(parse(yaml) as AccessConfig)), "config", "access.yaml"),
  );
  expect(findings.map(({ rule, message }) => `${rule}: ${message}`)).toContain(
    'L7: "repo:octo-org/network:pull_request" admits the unreviewed code of pull requests, and the role only reads',
  );
});
