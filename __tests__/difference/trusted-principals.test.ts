import { differenceOf } from "../../lib/difference/difference";
import type { Difference } from "../../lib/difference/schema";
import { readTrust } from "../../lib/trust/read-trust";
import type { Text } from "../../lib/trust/text";
import { ISSUER, PROVIDER, policyText, statement } from "../aws/policy/policies";
import { modelOf, NO_ACCESS, role, trusting } from "./models";

const SAML = "sts:AssumeRoleWithSAML";
const WEB_IDENTITY = "sts:AssumeRoleWithWebIdentity";
const STAFF = "arn:aws:iam::111122223333:saml-provider/staff";
const GITLAB = "arn:aws:iam::111122223333:oidc-provider/gitlab.com";
const EVERYBODY = { AWS: "*" };
const allow = (principal: object | string, action: unknown = "sts:AssumeRole", condition?: object): object => ({
  Effect: "Allow",
  Principal: principal,
  Action: action,
  ...(condition && { Condition: condition }),
});
const deny = (principal: object | string, action: unknown, condition?: object): object => ({
  ...allow(principal, action, condition),
  Effect: "Deny",
});
const SERVICE = allow({ Service: "ec2.amazonaws.com" });
const ORGANIZATION = { StringEquals: { "aws:PrincipalOrgID": "o-1" } };

/** Principals of each list and their calls: `widened: * by SAML`. */
const linesOf = (difference: Difference): string[] =>
  (["gained", "widened", "lost", "narrowed"] as const).flatMap((list) =>
    difference[list].map(
      ({ who, certain }) =>
        `${list}: ${who.flatMap(({ principal, calls }) => (principal === null ? "jobs" : `${principal} by ${calls.map((call) => call.replace(/^sts:AssumeRole(?:With)?/, "") || "signature").join(" and ")}`)).join(", ")}${certain ? "" : ", perhaps"}`,
    ),
  );
const between = (before: readonly object[], after: readonly object[]): string[] =>
  linesOf(differenceOf(modelOf(role(policyText(before))), modelOf(role(policyText(after)))));

/** The same lists where before and after change places. */
const SWAPPED: Readonly<Record<string, string>> = {
  gained: "lost",
  lost: "gained",
  widened: "narrowed",
  narrowed: "widened",
};
const mirrored = (lines: readonly string[]): string[] =>
  lines.map((line) => line.replace(/^\w+/, (list) => SWAPPED[list] ?? list));

describe("whoever is newly let in has an entry, and so has whoever is shut out", () => {
  test.each<[string, object[], object[], string[]]>([
    [
      "everybody by SAML",
      [SERVICE],
      [SERVICE, allow(EVERYBODY, SAML, { StringEquals: { "SAML:aud": "https://signin.aws.amazon.com/saml" } })],
      ["widened: * by SAML"],
    ],
    ["everybody by SAML, written barely", [SERVICE], [SERVICE, allow("*", SAML)], ["widened: * by SAML"]],
    ["every SAML provider", [SERVICE], [SERVICE, allow({ Federated: "*" }, SAML)], ["widened: * by SAML"]],
    ["one SAML provider", [SERVICE], [SERVICE, allow({ Federated: STAFF }, SAML)], [`widened: ${STAFF} by SAML`]],
    ["everybody in AWS", [SERVICE], [SERVICE, allow(EVERYBODY)], ["widened: * by signature"]],
    [
      "everybody in AWS, of an organization",
      [SERVICE],
      [SERVICE, allow(EVERYBODY, "sts:AssumeRole", ORGANIZATION)],
      ["widened: * by signature"],
    ],
    [
      "everybody by SAML, beside everybody in AWS",
      [allow(EVERYBODY)],
      [allow(EVERYBODY, ["sts:AssumeRole", SAML])],
      ["widened: * by SAML"],
    ],
    [
      "everybody in AWS, beside everybody by SAML",
      [allow(EVERYBODY, SAML)],
      [allow(EVERYBODY, [SAML, "sts:AssumeRole"])],
      ["widened: * by signature"],
    ],
    [
      "everybody by a part of an action's name",
      [allow(EVERYBODY)],
      [allow(EVERYBODY, "sts:AssumeRole*AML"), allow(EVERYBODY)],
      ["widened: * by SAML"],
    ],
    [
      "everybody by every action but one",
      [allow(EVERYBODY)],
      [allow(EVERYBODY), { ...allow("*"), Action: undefined, NotAction: ["sts:AssumeRole", WEB_IDENTITY] }],
      ["widened: * by SAML"],
    ],
    [
      "everybody by SAML without a condition",
      [allow("*", SAML, { StringEquals: { "saml:doc": "111122223333/staff" } })],
      [allow("*", SAML)],
      ["widened: * by SAML"],
    ],
    [
      "another OIDC provider",
      [SERVICE],
      [SERVICE, allow({ Federated: GITLAB }, WEB_IDENTITY)],
      [`widened: ${GITLAB} by WebIdentity`],
    ],
    [
      "identity pools of everybody",
      [SERVICE],
      [SERVICE, allow({ Federated: "cognito-identity.amazonaws.com" }, WEB_IDENTITY)],
      ["widened: cognito-identity.amazonaws.com by WebIdentity"],
    ],
    ["everybody by a token", [SERVICE], [SERVICE, allow("*", WEB_IDENTITY)], ["widened: jobs, * by WebIdentity"]],
  ])("%s", (_, before, after, lines) => {
    expect(between(before, after)).toEqual(lines);
    expect(between(after, before)).toEqual(mirrored(lines));
  });

  test("a role that is made for everybody by SAML gains", () => {
    const made = modelOf(role(policyText(allow(EVERYBODY, SAML))));
    expect([linesOf(differenceOf(NO_ACCESS, made)), linesOf(differenceOf(made, NO_ACCESS))]).toEqual([
      ["gained: * by SAML"],
      ["lost: * by SAML"],
    ]);
  });

  test("a provider that is not known yet may be let in", () => {
    const [head = "", tail = ""] = policyText([SERVICE, allow({ Federated: "HERE" }, SAML)]).split("HERE");
    const later: Text = [head, { unknown: "aws_iam_saml_provider.staff.arn" }, tail];
    const { widened, unknown } = differenceOf(modelOf(role(policyText([SERVICE]))), modelOf(role(readTrust(later))));
    expect(widened).toMatchObject([
      { certain: false, who: [{ principal: "{?aws_iam_saml_provider.staff.arn}", calls: [SAML] }] },
    ]);
    expect(unknown).toMatchObject([{ mayAdmit: true }]);
  });
});

describe("a denial counts for the calls that it is about", () => {
  test.each<[string, object[], object[], string[]]>([
    [
      "of SAML that is lifted",
      [allow("*", ["sts:AssumeRole", SAML]), deny("*", SAML)],
      [allow("*", ["sts:AssumeRole", SAML])],
      ["widened: * by SAML"],
    ],
    [
      "that shrinks to another call",
      [allow("*", ["sts:AssumeRole", SAML]), deny("*", "sts:*")],
      [allow("*", ["sts:AssumeRole", SAML]), deny("*", "sts:AssumeRole")],
      ["gained: * by SAML"],
    ],
    [
      "of an account that everybody includes",
      [allow("*"), deny({ AWS: "444455556666" }, "sts:AssumeRole")],
      [allow("*")],
      ["widened: * by signature, perhaps"],
    ],
    [
      "of a provider that everybody includes",
      [allow("*", SAML), deny({ Federated: STAFF }, SAML)],
      [allow("*", SAML)],
      ["widened: * by SAML, perhaps"],
    ],
    ["of another call alone", [SERVICE, deny("*", SAML)], [SERVICE], []],
  ])("%s", (_, before, after, lines) => expect(between(before, after)).toEqual(lines));
});

describe("nobody is let in, and nothing is said", () => {
  test.each<[string, object[]]>([
    ["a SAML provider by a token's call", [SERVICE, allow({ Federated: STAFF }, WEB_IDENTITY)]],
    ["an OIDC provider by the call of SAML", [SERVICE, allow({ Federated: GITLAB }, SAML)]],
    [
      "GitHub's provider by the call of a principal",
      [SERVICE, statement({ Principal: { Federated: PROVIDER }, Action: "sts:AssumeRole" })],
    ],
    ["an account by the call of SAML", [SERVICE, allow({ AWS: "444455556666" }, SAML)]],
    ["tags of everybody's sessions", [SERVICE, allow("*", "sts:TagSession")]],
    ["everybody of an organization by SAML, which nobody signs", [SERVICE, allow("*", SAML, ORGANIZATION)]],
    [
      "an account by a claim of GitHub's, which no session keeps",
      [
        SERVICE,
        allow({ AWS: "444455556666" }, "sts:AssumeRole", { StringEquals: { [`${ISSUER}:ref`]: "refs/heads/main" } }),
      ],
    ],
    ["a service twice", [SERVICE, allow({ Service: "ec2.amazonaws.com" }, ["sts:AssumeRole", "sts:TagSession"])]],
  ])("%s", (_, after) => expect([between([SERVICE], after), between(after, [SERVICE])]).toEqual([[], []]));

  test("conditions in another order are the same", () => {
    const both = (first: string, second: string): object =>
      allow(EVERYBODY, SAML, { StringEquals: { [first]: "x", [second]: "x" } });
    expect(between([both("saml:iss", "saml:aud")], [both("saml:aud", "SAML:iss")])).toEqual([]);
  });

  test("everybody by signature alone is none of GitHub's jobs", () => {
    const production = trusting("repo:octo-org/web-shop:environment:production");
    const after = policyText([
      ...(JSON.parse(production) as { Statement: object[] }).Statement,
      allow("*", "sts:*", ORGANIZATION),
    ]);
    expect(linesOf(differenceOf(modelOf(role(production)), modelOf(role(after))))).toEqual(["widened: * by signature"]);
  });
});
