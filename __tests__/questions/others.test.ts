import { grantsOf } from "../../lib/questions/grants";
import { otherWords } from "../../lib/report/grant-words";
import { PROVIDER, policyText, statement } from "../aws/policy/policies";
import { modelOf, role } from "../difference/models";

const SAML_PROVIDER = "arn:aws:iam::111122223333:saml-provider/staff";
const SAML = "sts:AssumeRoleWithSAML";
const WEB_IDENTITY = "sts:AssumeRoleWithWebIdentity";
const allow = (principal: object | string, action: unknown = "sts:AssumeRole", condition?: object): object => ({
  Effect: "Allow",
  Principal: principal,
  Action: action,
  ...(condition && { Condition: condition }),
});

/** Who may assume a role without a token of GitHub's, a line each. */
const othersIn = (...statements: readonly object[]): string[] =>
  grantsOf(modelOf(role(policyText(statements)))).others.map(otherWords);

describe("others who may assume a role", () => {
  test.each<[string, object, string[]]>([
    ["an account", allow({ AWS: "arn:aws:iam::444455556666:root" }), ["account 444455556666"]],
    ["a service", allow({ Service: "ec2.amazonaws.com" }), ["service ec2.amazonaws.com"]],
    ["everybody", allow({ AWS: "*" }), ["anyone"]],
    [
      "everybody of an organization",
      allow("*", "sts:AssumeRole", { StringEquals: { "aws:PrincipalOrgID": "o-1" } }),
      ["anyone, with aws:PrincipalOrgID o-1"],
    ],
    [
      "a role of everybody's",
      allow("*", "sts:AssumeRole", { ArnLike: { "aws:PrincipalArn": "arn:aws:iam::444455556666:role/ci" } }),
      ["arn:aws:iam::444455556666:role/ci"],
    ],
    ["whom a SAML provider signs in", allow({ Federated: SAML_PROVIDER }, SAML), [`${SAML_PROVIDER} by SAML`]],
    ["everybody by SAML", allow({ AWS: "*" }, SAML), ["anyone by SAML"]],
    ["every SAML provider", allow({ Federated: "*" }, SAML), ["anyone by SAML"]],
    [
      "everybody by every call",
      allow("*", "sts:*"),
      ["anyone in AWS or by SAML or by web identity, with session tags"],
    ],
    ["a part of the actions' name", allow({ AWS: "*" }, "sts:AssumeRole?ith*"), ["anyone by SAML or by web identity"]],
    [
      "every action but one",
      { ...allow("*"), Action: undefined, NotAction: "sts:AssumeRole" },
      ["anyone by SAML or by web identity, with session tags"],
    ],
    [
      "an identity pool",
      allow({ Federated: "cognito-identity.amazonaws.com" }, WEB_IDENTITY, {
        StringEquals: { "cognito-identity.amazonaws.com:aud": "x" },
      }),
      ["cognito-identity.amazonaws.com by web identity, with cognito-identity.amazonaws.com:aud x"],
    ],
    [
      "another OIDC provider",
      allow({ Federated: "arn:aws:iam::111122223333:oidc-provider/gitlab.com" }, WEB_IDENTITY),
      ["arn:aws:iam::111122223333:oidc-provider/gitlab.com by web identity"],
    ],
    ["nobody by a call that is another's", allow({ Federated: SAML_PROVIDER }, WEB_IDENTITY), []],
    ["no account by a token's call", allow({ AWS: "444455556666" }, [WEB_IDENTITY, "sts:TagSession"]), []],
    [
      "no account by every action but the one",
      { ...allow({ AWS: "444455556666" }), Action: undefined, NotAction: "sts:AssumeRole" },
      [],
    ],
    ["nobody but GitHub's jobs", statement(), []],
    ["GitHub's provider by another call", statement({ Action: "sts:AssumeRole" }), []],
  ])("%s", (_, given, lines) => expect(othersIn(given)).toEqual(lines));

  test("a token of GitHub's alone has its claims, so that everybody is its jobs there", () => {
    const asks = (operator: string): string[] =>
      othersIn(
        allow({ Federated: "*" }, WEB_IDENTITY, {
          [operator]: { "token.actions.githubusercontent.com:sub": "repo:octo-org/web-shop:pull_request" },
        }),
      );
    expect([asks("StringEquals"), asks("StringEqualsIfExists").length]).toEqual([[], 1]);
  });

  test("a principal that is not known yet is there", () => {
    const unknown = (kind: string, action: string): string[] => {
      const [head = "", tail = ""] = policyText(allow({ [kind]: "HERE" }, action)).split("HERE");
      return grantsOf(modelOf(role([head, { unknown: "x.arn" }, tail]))).others.map(
        ({ principal, calls }) => `${principal} ${calls.join()}`,
      );
    };
    expect([unknown("Federated", SAML), unknown("AWS", "sts:AssumeRole"), unknown("AWS", SAML)]).toEqual([
      [`{?x.arn} ${SAML}`],
      ["{?x.arn} sts:AssumeRole"],
      [`{?x.arn} ${SAML}`],
    ]);
  });

  test("a provider that everybody may be meant by stands among jobs too", () => {
    expect(
      grantsOf(modelOf(role(policyText(allow("*", "sts:*"))))).grants.map(({ repository, breadth }) => [
        repository,
        breadth,
      ]),
    ).toEqual([["*", "anyone"]]);
    expect(
      grantsOf(modelOf(role(policyText(allow("*", "sts:*", { StringEquals: { "aws:PrincipalOrgID": "o-1" } })))))
        .grants,
    ).toEqual([]);
    expect(grantsOf(modelOf(role(policyText(allow({ Federated: PROVIDER }, "sts:*"))))).grants).toHaveLength(1);
  });
});
