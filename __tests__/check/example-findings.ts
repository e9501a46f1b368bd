import { fromConfig } from "../../lib/readers/from-config";
import { fromStackJson } from "../../lib/readers/from-synth";
import { parseTrustDocument } from "../../lib/aws/policy/trust-document";
import type { Finding } from "../../lib/check/finding";
import { migrationSubjects } from "../../lib/check/migration-subjects";
import { modelSubjects } from "../../lib/check/model/subjects";
import { RULES } from "../../lib/check/registry";
import type { AnyRule, RuleExample } from "../../lib/check/rule";
import { runRules } from "../../lib/check/run";
import type { CheckSubject } from "../../lib/check/subject";
import { suppress } from "../../lib/check/suppress";
import { trustPolicySubject } from "../../lib/check/trust/policy-subject";
import { agreementSubjects, workflowSubjects } from "../../lib/check/workflows/subjects";
import { readWorkflow } from "../../lib/workflows";
import { Access } from "../../lib/config/access";
import { migrationsOf } from "../../lib/config/migrations";
import type { AccessConfig } from "../../lib/config/schema";

/** What an example leaves out because it is the same in all. */
export const exampleConfig = ({
  account,
  repositories,
}: {
  readonly account?: object;
  readonly repositories: object;
}): AccessConfig =>
  ({
    github: { owner: "octo-org", ownerId: "1" },
    accounts: { production: { id: "111122223333", region: "eu-west-1", ...account } },
    repositories,
  }) as AccessConfig;

/** What a rule says of one of its examples. */
export function exampleFindings(rule: AnyRule, example: RuleExample, today = "2026-11-21"): Finding[] {
  if (rule.appliesTo === "migration" && "access" in example) {
    const placed = migrationsOf(Access.from(exampleConfig(example.access), { today: new Date(today) })).map((each) => ({
      ...each,
      location: { file: "access.yaml", line: 2, column: 1 },
    }));
    return runRules([rule], migrationSubjects(placed, new Date(today)));
  }
  if (rule.appliesTo !== "suppression" || !("access" in example)) return runRules([rule], subjectsOf(example));
  const { suppressions } = Access.from(exampleConfig(example.access));
  const placed = suppressions.map((each) => ({ ...each, location: { file: "access.yaml", line: 2, column: 1 } }));
  return runRules([rule], suppress(runRules(RULES, subjectsOf(example)), placed, RULES, today).subjects);
}

function subjectsOf(example: RuleExample): CheckSubject[] {
  if ("policy" in example) {
    const reading = parseTrustDocument(JSON.stringify(example.policy, null, 2));
    expect(reading.problems).toEqual([]);
    const subject = trustPolicySubject("trust.json", reading);
    return subject ? [subject] : [];
  }
  if ("workflow" in example) return workflowExample(example);
  if ("access" in example) return withPaths(Access.from(exampleConfig(example.access)));
  return modelSubjects(fromStackJson(example.terraform), "synth", "cdktf.out");
}

/** What was written as an object has no places: suppressions go by the path alone. */
const located = (access: Access): Access =>
  Object.assign(Object.create(access) as Access, { locate: () => ({ file: "access.yaml", line: 2, column: 1 }) });

const withPaths = (access: Access): CheckSubject[] =>
  modelSubjects(fromConfig(located(access)), "config", "access.yaml");

function workflowExample({
  workflow: text,
  beside,
}: {
  readonly workflow: string;
  readonly beside?: object;
}): CheckSubject[] {
  const reading = readWorkflow(text, ".github/workflows/deploy.yml");
  if (!("workflow" in reading)) throw new Error(JSON.stringify(reading.problems));
  if (!beside) return workflowSubjects([reading.workflow]);
  const model = fromConfig(located(Access.from(exampleConfig({ repositories: beside }))));
  return agreementSubjects(model, [reading.workflow], "octo-org/web-shop", "access.yaml");
}
