import { DEFAULT_TEMPLATE, type SubjectTemplate } from "../github/subject-template";
import { protectionDrift } from "./compare-environment";
import { secretStates, valuesDrift } from "./compare-values";
import { differ, located, type Difference } from "./difference";
import type { ExpectedEnvironment, ExpectedRepository, ExpectedSubject } from "./expected";
import type { EnvironmentFacts, RepositoryFacts } from "./facts";
import type { Drift, DriftOutput } from "./output";

/** How GitHub differs from the file. */
export function compareRepository(expected: ExpectedRepository, facts: RepositoryFacts): DriftOutput {
  const drift = [
    ...nameChange(expected, facts),
    ...expected.subjects.flatMap((each) =>
      subjectDrift(each, facts).map((difference) => located(difference, each.account, expected.fullName, null)),
    ),
    ...expected.protectedBranches.flatMap(({ account, branch }) =>
      branchDrift(branch, facts).map((difference) => located(difference, account, expected.fullName, null)),
    ),
    ...valuesDrift(expected.values, facts, expected.fullName, null),
    ...expected.environments.flatMap((each) => environmentDrift(each, expected, facts)),
  ];
  return {
    drift,
    secrets: [
      ...secretStates(expected.values, facts, expected.fullName, null),
      ...expected.environments.flatMap((each) =>
        secretStates(each.values, environmentOf(facts, each.name), expected.fullName, each.name),
      ),
    ],
  };
}

function nameChange(expected: ExpectedRepository, { fullName }: RepositoryFacts): Drift[] {
  if (!differ(expected.fullName, fullName)) return [];
  const account =
    [...expected.environments, ...expected.subjects, ...expected.values, ...expected.protectedBranches][0]?.account ??
    "";
  const fix =
    "correct the name in the file: GitHub only redirects to the new one, and gives the old name to whoever takes it";
  // Where the plan reads the subjects, it shows the new ones.
  const seenByPlan = expected.subjects.some(({ prefixes }) => prefixes === undefined);
  return [
    located(
      { kind: "repository", file: expected.fullName, github: fullName, seenByPlan, fix },
      account,
      expected.fullName,
      null,
    ),
  ];
}

function subjectDrift(
  { prefixes, template, sets, isPlanned }: ExpectedSubject,
  { subject }: RepositoryFacts,
): Difference[] {
  if (!subject) return [];
  const [file, github] = [template, subject.template].map(describeTemplate);
  if (file !== github)
    return [
      { kind: "subject", file: file ?? "", github: github ?? "", seenByPlan: isPlanned, fix: TEMPLATE_FIX[sets] },
    ];
  const { prefix } = subject;
  if (prefixes === undefined || prefix === undefined || prefixes.includes(prefix)) return [];
  return [
    {
      kind: "subject",
      file: prefixes.join(" or "),
      github: prefix,
      seenByPlan: false,
      fix: 'change "subjects", or the ids, of the repository in the file: no job of it can assume a role until then',
    },
  ];
}

function describeTemplate(template: SubjectTemplate): string {
  if (template === "organization") return "the organization's template";
  return template === "default" || template.join() === DEFAULT_TEMPLATE.join()
    ? "GitHub's default template"
    : `a template of ${template.join(", ")}`;
}

const TEMPLATE_FIX: Readonly<Record<ExpectedSubject["sets"], string | undefined>> = {
  "this stack": undefined,
  "another stack":
    "plan and apply the stack that sets the template, or change the file: no job of it can assume a role until then",
  nobody:
    "set the repository back to GitHub's default, or describe its subjects in the file: no job of it can assume a role until then",
};

function branchDrift(branch: string, { protectedBranches }: RepositoryFacts): Difference[] {
  const found = protectedBranches.find(({ name }) => name === branch);
  return found?.hasRules
    ? []
    : [
        {
          kind: "protectedBranches",
          name: branch,
          file: "protected",
          github: found ? "protected by a ruleset alone" : "not protected",
          seenByPlan: true,
        },
      ];
}

const environmentOf = ({ environments }: RepositoryFacts, name: string): EnvironmentFacts | undefined =>
  environments.find((each) => !differ(each.name, name));

function environmentDrift(
  expected: ExpectedEnvironment,
  { fullName }: ExpectedRepository,
  facts: RepositoryFacts,
): Drift[] {
  const found = environmentOf(facts, expected.name);
  const place = [expected.account, fullName, expected.name] as const;
  if (!found) return [located({ kind: "environment", file: "there", github: "not there", seenByPlan: true }, ...place)];
  return [
    ...protectionDrift(expected, found, facts).map((each) => located(each, ...place)),
    ...valuesDrift(expected.values, found, fullName, expected.name),
  ];
}
