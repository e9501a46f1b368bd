import { parseTrustDocument } from "../../lib/aws/policy/trust-document";
import { replaceVariables } from "../../lib/aws/policy/replace-variables";
import { RULES } from "../../lib/check/registry";
import { runRules } from "../../lib/check/run";
import { trustPolicySubject } from "../../lib/check/trust/policy-subject";
import { admitsPullRequests } from "../../lib/github/deployment-pattern";
import { rawSubjectRule } from "../../lib/github/raw-subject";
import { fromPlanText } from "../../lib/readers/from-plan";
import { grantsOf } from "../../lib/questions/grants";
import { renderGrants } from "../../lib/report/grants";
import { renderGrantsMarkdown } from "../../lib/report/grants-markdown";
import { renderGrantsMermaid } from "../../lib/report/grants-mermaid";
import { explainCall } from "../../lib/trust/near-miss/explained";
import { readToken } from "../../lib/trust/sts/token";
import { readWorkflow } from "../../lib/workflows/read-workflow";

const LENGTH = 30_000;

/** Openings without an end, and what a pattern could be taken apart by in many ways. */
const UNITS = [
  ...["a:", "repo:", " ", "${", "{", "[", "a/", "@1", "?", "*", "*a", "**/", "-", "_a", "1.", ":*", "\n"],
  ...["repo:,", "repo:o/r:environment:", ".yml@", "/.github/workflows/a.yml@", ":oidc-provider/", "/pr-", '["', "\\"],
];
const texts = UNITS.flatMap((unit) => {
  const text = unit.repeat(Math.ceil(LENGTH / unit.length));
  return [text, `repo:${text}\n`, `repo:a/${"b".repeat(5)}${text}:`, `repo:${",".repeat(LENGTH / 2)}${text}`];
});

const PROVIDER = "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com";
const policy = (sub: string, provider: string): string =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: {
      Effect: "Allow",
      Principal: { Federated: provider },
      Action: "sts:AssumeRoleWithWebIdentity",
      Condition: { StringLike: { "token.actions.githubusercontent.com:sub": sub } },
    },
  });

/** Each of these would take minutes or hours in quadratic or cubic time with a large factor; none has a bound of its own. */
describe("texts of 30,000 characters that a regular expression could try again at every place", () => {
  test("are parsed, judged and explained as trust policies, in the subject as in the provider", () => {
    for (const text of texts)
      for (const written of [policy(text, PROVIDER), policy("repo:o/r:*", text), text]) {
        const reading = parseTrustDocument(written);
        const subject = trustPolicySubject("policy.json", reading);
        if (subject) runRules(RULES, [subject]);
        if (!reading.document) continue;
        for (const sub of [text, "repo:o/r:ref:refs/heads/main"])
          expect(
            explainCall({ policy: reading.document, role: {}, token: tokenOf(sub), at: 1_950_000_000 }),
          ).toBeDefined();
      }
  }, 300_000);

  test("are read from a plan, and printed in every format", () => {
    for (const text of texts) {
      const plan = {
        format_version: "1.2",
        terraform_version: "1.13.4",
        planned_values: {
          root_module: {
            resources: [
              {
                address: `aws_iam_role.${text}`,
                mode: "managed",
                type: "aws_iam_role",
                name: text,
                provider_name: "registry.terraform.io/hashicorp/aws",
                values: { name: text, assume_role_policy: policy(text, PROVIDER) },
              },
            ],
          },
        },
      };
      const grants = grantsOf(fromPlanText(JSON.stringify(plan), "plan.json"));
      const layout = { colors: { bold: same, dim: same, warning: same }, width: 80 };
      expect(renderGrants(grants, layout)).not.toBe("");
      expect(renderGrantsMarkdown(grants)).not.toBe("");
      expect(renderGrantsMermaid(grants)).not.toBe("");
    }
  }, 300_000);

  test("are read as workflows and their expressions", () => {
    for (const text of texts) {
      const quoted = JSON.stringify(text);
      const job = `{runs-on: x, environment: ${quoted}, steps: [{uses: ${quoted}, with: {role-to-assume: ${quoted}}}]}`;
      expect(readWorkflow(`on: push\njobs: {a: ${job}}`, "a.yml")).toBeDefined();
    }
  }, 300_000);

  test("are judged as subjects, patterns of deployment and policy variables", () => {
    for (const text of texts) {
      rawSubjectRule(text);
      expect(admitsPullRequests(text)).toBe(true);
      expect(replaceVariables(text, "")).toHaveLength(text.length);
    }
  }, 300_000);
});

describe("what stays the same", () => {
  test.each([
    ["${aws:username}/x", "-/x"],
    ["a${b}c${d", "a-c${d"],
    ["${a${b}}", "-}"],
    ["plain", "plain"],
  ])("variables of %s are replaced", (text, replaced) => {
    expect(replaceVariables(text, "-")).toBe(replaced);
  });

  test.each([
    ["**/**/**/merge", true],
    ["refs/**/merge", true],
    ["refs/pull/[0-9]/merge", true],
    ["refs/pull/[!0-9]/merge", false],
    ["refs/pull/[0-9/merge", false],
    ["main", false],
    ["m".repeat(1_000), false],
    // Too long to be judged.
    ["m".repeat(1_001), true],
    ["[".repeat(1_000), false],
    ["**/".repeat(333), false],
  ])("pattern %# admits pull requests or does not", (pattern, admits) => {
    expect(admitsPullRequests(pattern)).toBe(admits);
  });
});

const same = (text: string): string => text;

const tokenOf = (sub: string): ReturnType<typeof readToken> =>
  readToken(
    JSON.stringify({
      ...{
        iss: "https://token.actions.githubusercontent.com",
        aud: "sts.amazonaws.com",
        sub,
        repository: sub,
        ref: sub,
      },
      ...{
        job_workflow_ref: sub,
        environment: sub,
        actor: sub,
        iat: 1_900_000_000,
        nbf: 1_900_000_000,
        exp: 2_000_000_000,
      },
    }),
  );
