import fc from "fast-check";
import { parseTrustDocument } from "../../lib/aws/policy/trust-document";
import { RULES } from "../../lib/check/registry";
import { runRules, summarize } from "../../lib/check/run";
import { selectRules } from "../../lib/check/select";
import type { CheckSubject } from "../../lib/check/subject";
import { trustPolicySubject } from "../../lib/check/trust/policy-subject";
import { anyPolicy } from "../aws/policy/any-policy";
import { ISSUER, policyText, PROVIDER, statement } from "../aws/policy/policies";
import { runs } from "../support/runs";

function subjectOf(text: string, file = "trust.json"): CheckSubject {
  const subject = trustPolicySubject(file, parseTrustDocument(text));
  if (!subject) throw new Error("refused");
  return subject;
}

const rulesOf = (text: string): string[] => [...new Set(runRules(RULES, [subjectOf(text)]).map(({ rule }) => rule))];
const condition = (block: Record<string, Record<string, unknown>>): object => ({
  Condition: Object.fromEntries(
    Object.entries(block).map(([operator, keys]) => [
      operator,
      Object.fromEntries(Object.entries(keys).map(([claim, value]) => [`${ISSUER}:${claim}`, value])),
    ]),
  ),
});
const one = (block: Record<string, Record<string, unknown>>): string =>
  policyText(statement(condition({ ...block, StringEquals: { aud: "sts.amazonaws.com", ...block["StringEquals"] } })));

describe("runRules", () => {
  test("orders findings by file, place, severity and rule, however rules and subjects are listed", () => {
    const subjects = [
      subjectOf(one({ StringLike: { sub: ["repo:octo-org/*", "repo:*"] } }), "b.json"),
      subjectOf(one({ StringLike: { sub: "repo:*" } }), "a.json"),
    ];
    const findings = runRules(RULES, subjects);
    expect(findings.map(({ rule, location: { file } }) => [file, rule])).toEqual([
      ["a.json", "L2"],
      ["b.json", "L3"],
      ["b.json", "L2"],
    ]);
    expect(runRules(RULES.toReversed(), subjects.toReversed())).toEqual(findings);
    expect(summarize(findings)).toEqual({ error: 3, warning: 0, note: 0 });
  });

  test("says once what holds for two issuers of a statement", () => {
    const text = policyText(
      statement({
        Principal: { Federated: [PROVIDER, `${PROVIDER}/octo`] },
        ...condition({ StringEquals: { aud: "sts.amazonaws.com" }, StringLike: { sub: "repo:*" } }),
      }),
    );
    expect(runRules(RULES, [subjectOf(text)]).filter(({ rule }) => rule === "L2")).toHaveLength(1);
  });

  test("takes any policy that AWS takes, and says the same of it twice", () => {
    const values = fc.constantFrom(
      "*",
      "repo:*",
      "repo:o/*",
      "repo:o/r:*",
      "repo:o@*/r@*:*",
      "repo:o/r",
      "",
      ":",
      "repo:",
      "repo:/:",
      "environment:",
      "ref:*",
      "${*}",
      "repo:o/${x}:*",
      "repo:o-12345/r-67890:ref:refs/heads/*",
      "https://github.com/o",
      "o/ci/.github/workflows/a.yml@*",
      "?",
      "é",
    );
    const ours = fc
      .array(
        fc.tuple(
          fc.constantFrom(
            "StringEquals",
            "StringLike",
            "StringNotLike",
            "ForAllValues:StringLike",
            "StringEqualsIfExists",
            "StringEqualsIgnoreCase",
            "ArnLike",
            "Bool",
            "Null",
            "IpAddress",
          ),
          fc.constantFrom("sub", "aud", "job_workflow_ref", "ref", "repository", "event_name", "email"),
          fc.array(values, { maxLength: 3 }),
        ),
        { maxLength: 4 },
      )
      .map((list) => ({
        Version: "2012-10-17",
        Statement: [
          statement(
            condition(
              list.reduce<Record<string, Record<string, unknown>>>(
                (block, [operator, claim, texts]) => ({ ...block, [operator]: { ...block[operator], [claim]: texts } }),
                {},
              ),
            ),
          ),
          statement({ Effect: "Deny", ...condition({ StringNotLike: { sub: list.flatMap(([, , texts]) => texts) } }) }),
        ],
      }));
    fc.assert(
      fc.property(fc.oneof(anyPolicy, ours), (policy) => {
        const subject = trustPolicySubject("x", parseTrustDocument(JSON.stringify(policy)));
        if (!subject) return;
        const findings = runRules(RULES, [subject]);
        expect(runRules(RULES, [subject])).toEqual(findings);
        for (const { message, fix } of findings) expect(`${message}${fix}`).not.toMatch(/undefined|\[object|NaN/);
      }),
      { numRuns: runs(1500) },
    );
  });
});

describe("rules together", () => {
  test.each<[string, string[], string]>([
    [
      "a subject that another condition narrows is judged narrowed",
      [],
      one({
        StringLike: { sub: "repo:octo-org/*" },
        StringEquals: { sub: "repo:octo-org/web-shop:ref:refs/heads/main" },
      }),
    ],
    [
      "an id leaves every job of the one repository",
      ["L6"],
      one({ StringLike: { sub: "repo:*" }, StringEquals: { repository_id: "74" } }),
    ],
    [
      "a list is loose by one value",
      ["L2", "L9"],
      one({ StringLike: { sub: ["repo:octo-org/web-shop:ref:refs/heads/main", "*:environment:production"] } }),
    ],
    [
      "a subject that may be absent, which no token's is",
      ["L12"],
      one({ "ForAllValues:StringEquals": { sub: "repo:octo-org/web-shop:ref:refs/heads/main" } }),
    ],
    [
      "keys of another issuer are that alone",
      ["L24", "L25"],
      policyText(
        statement({
          Condition: {
            StringEquals: {
              [`${ISSUER}/octo:sub`]: "repo:o/r:pull_request",
              [`${ISSUER}/octo:aud`]: "sts.amazonaws.com",
            },
          },
        }),
      ),
    ],
    [
      "what is denied is not found",
      [],
      policyText([
        statement(condition({ StringEquals: { aud: "sts.amazonaws.com" }, StringLike: { sub: "repo:octo-org/*" } })),
        statement({
          Effect: "Deny",
          ...condition({ StringNotEquals: { sub: "repo:octo-org/web-shop:ref:refs/heads/main" } }),
        }),
      ]),
    ],
    [
      "roles of other services are not GitHub's business",
      [],
      policyText(statement({ Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" })),
    ],
  ])("%s", (_, rules, text) => expect(rulesOf(text).sort()).toEqual(rules));

  test("an id beside an open subject leaves a warning", () =>
    expect(
      runRules(RULES, [subjectOf(one({ StringLike: { sub: "repo:*" }, StringEquals: { repository_id: "74" } }))]).map(
        ({ severity }) => severity,
      ),
    ).toEqual(["warning"]));
});

test("selecting rules", () => {
  expect(selectRules([], [])).toEqual({ rules: RULES });
  expect(selectRules(["L1", "nonsense"], [])).toEqual({ unknown: "nonsense" });
  expect(selectRules([], ["L0"])).toEqual({ unknown: "L0" });
  expect(selectRules(["L2", "L1"], ["l02"])).toEqual({ rules: RULES.filter(({ id }) => id === "L1") });
});
