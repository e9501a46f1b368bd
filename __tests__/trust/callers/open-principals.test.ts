import { openPrincipals } from "../../../lib/trust/callers/open-principals";
import { policyText, read } from "../../aws/policy/policies";

const ANYBODY = { AWS: "*" };
const allow = (principal: object | string, condition?: object, action: unknown = "sts:AssumeRole"): object => ({
  Effect: "Allow",
  Principal: principal,
  Action: action,
  ...(condition && { Condition: condition }),
});
const deny = (condition?: object, otherwise: object = {}): object => ({
  ...allow("*", condition),
  Effect: "Deny",
  ...otherwise,
});

/** Calls by which strangers get a role, a word each: `AssumeRole`, or `AssumeRole (limited)`. */
const openCalls = (statements: unknown, otherwise: object = {}): string[] =>
  openPrincipals(read(policyText(statements, otherwise))).map(
    ({ call, limited }) => `${call.replace("sts:", "")}${limited ? " (limited)" : ""}`,
  );

describe("strangers get a role", () => {
  const SAML = "AssumeRoleWithSAML";
  const ALL = ["AssumeRole", SAML, "AssumeRoleWithWebIdentity"];
  test.each<[string, unknown, string[]]>([
    ["by a star under AWS", allow(ANYBODY), ["AssumeRole"]],
    ["by a bare star", allow("*"), ["AssumeRole"]],
    ["by a star in a list", allow({ AWS: ["444455556666", "*"] }), ["AssumeRole"]],
    ["by SAML", allow(ANYBODY, undefined, "sts:AssumeRoleWithSAML"), [SAML]],
    ["by every SAML provider", allow({ Federated: "*" }, undefined, "sts:AssumeRoleWithSAML"), [SAML]],
    ["by every action of STS", allow(ANYBODY, undefined, "sts:*"), ALL],
    ["by a part of an action's name", allow("*", undefined, "sts:Assume*"), ALL],
    ["by a part of the name in capitals", allow("*", undefined, "STS:ASSUMEROLEW*"), ALL.slice(1)],
    ["by every action but one", { Effect: "Allow", Principal: "*", NotAction: "sts:AssumeRole" }, ALL.slice(1)],
    [
      "by an identity pool of any account",
      allow({ Federated: "cognito-identity.amazonaws.com" }, undefined, "sts:AssumeRoleWithWebIdentity"),
      ["AssumeRoleWithWebIdentity"],
    ],
    [
      "by an identity pool of any account whose users have signed in",
      allow(
        { Federated: "cognito-identity.amazonaws.com" },
        { "ForAnyValue:StringLike": { "cognito-identity.amazonaws.com:amr": "authenticated" } },
        "sts:AssumeRoleWithWebIdentity",
      ),
      ["AssumeRoleWithWebIdentity"],
    ],
  ])("%s", (_, statement, calls) => expect(openCalls(statement)).toEqual(calls));

  test.each<[string, unknown]>([
    ["by a service", allow({ Service: "ec2.amazonaws.com" })],
    ["by an account", allow({ AWS: "arn:aws:iam::444455556666:root" }, { StringEquals: { "sts:ExternalId": "x" } })],
    ["by a statement about tags alone", allow("*", undefined, ["sts:TagSession", "sts:SetSourceIdentity"])],
    ["by every provider, with the call of others", allow({ Federated: "*" })],
    [
      "by a SAML provider of the account",
      allow({ Federated: "arn:aws:iam::111122223333:saml-provider/staff" }, undefined, "sts:AssumeRoleWithSAML"),
    ],
    [
      "by one identity pool",
      allow(
        { Federated: "cognito-identity.amazonaws.com" },
        { StringEquals: { "cognito-identity.amazonaws.com:aud": "eu-west-1:1f5a6b7c" } },
        "sts:AssumeRoleWithWebIdentity",
      ),
    ],
  ])("but not %s", (_, statement) => expect(openCalls(statement)).toEqual([]));
});

describe("a condition keeps strangers out, or does not", () => {
  const OPEN = ["AssumeRole"];
  const LIMITED = ["AssumeRole (limited)"];
  const ORG = "aws:PrincipalOrgID";
  const ARN = "aws:PrincipalArn";
  const PATHS = "aws:PrincipalOrgPaths";
  test.each<[string, object, string[]]>([
    ["an organization", { StringEquals: { [ORG]: "o-1" } }, []],
    ["an organization, in small letters", { StringEquals: { [ORG.toLowerCase()]: "o-1" } }, []],
    ["an organization where the caller has one", { StringEqualsIfExists: { [ORG]: "o-1" } }, OPEN],
    [
      "an organization where the caller has one, and must have one",
      { StringEqualsIfExists: { [ORG]: "o-1" }, Null: { [ORG]: "false" } },
      [],
    ],
    [
      "an organization where the caller has one, and must have none",
      { StringEqualsIfExists: { [ORG]: "o-1" }, Null: { [ORG]: "true" } },
      OPEN,
    ],
    ["every organization but one", { StringNotEquals: { [ORG]: "o-1" } }, OPEN],
    ["any organization", { StringLike: { [ORG]: "*" } }, OPEN],
    ["organizations that begin alike", { StringLike: { [ORG]: "o-*" } }, OPEN],
    ["an organization, or any", { StringLike: { [ORG]: ["o-1", "*"] } }, OPEN],
    ["a star that is only a star", { StringEquals: { [ORG]: "*" } }, []],
    ["some organization", { Null: { [ORG]: "false" } }, OPEN],
    ["the caller's own organization", { StringEquals: { [ORG]: "${aws:PrincipalOrgID}" } }, OPEN],
    ["the role's own organization", { StringEquals: { [ORG]: "${aws:ResourceOrgID}" } }, []],
    [
      "the role's own organization, the other way round",
      { StringEquals: { "aws:ResourceOrgID": "${aws:PrincipalOrgID}" } },
      [],
    ],
    [
      "the role's organization, which says nothing of the caller",
      { StringEquals: { "aws:ResourceOrgID": "o-1" } },
      OPEN,
    ],
    ["a part of an organization", { "ForAnyValue:StringLike": { [PATHS]: "o-1/r-1/*" } }, []],
    ["a part of any organization", { "ForAnyValue:StringLike": { [PATHS]: "*/r-1/*" } }, OPEN],
    [
      "a part of an organization, of all that there may be",
      { "ForAllValues:StringLike": { [PATHS]: "o-1/r-1/*" } },
      OPEN,
    ],
    [
      "a part of an organization, of all that there are",
      { "ForAllValues:StringLike": { [PATHS]: "o-1/r-1/*" }, Null: { [PATHS]: "false" } },
      [],
    ],
    ["an account", { StringEquals: { "aws:PrincipalAccount": ["444455556666", "777788889999"] } }, []],
    ["accounts that begin alike", { StringLike: { "aws:PrincipalAccount": "4444*" } }, OPEN],
    ["roles of an account", { ArnLike: { [ARN]: "arn:aws:iam::444455556666:role/*" } }, []],
    ["roles of an account, as texts", { StringLike: { [ARN]: "arn:aws:iam::444455556666:*" } }, []],
    ["a role's name in any account", { ArnLike: { [ARN]: "arn:aws:iam::*:role/admin" } }, OPEN],
    ["a role's name in any account, as a text", { StringLike: { [ARN]: "*:role/admin" } }, OPEN],
    [
      "an account behind a wildcard that a path may fill",
      { StringLike: { [ARN]: "arn:*:iam::444455556666:role/x" } },
      OPEN,
    ],
    [
      "an account behind a wildcard that stays in its part",
      { ArnLike: { [ARN]: "arn:*:iam::444455556666:role/x" } },
      [],
    ],
    ["an account that the caller says", { StringLike: { [ARN]: "arn:aws:iam::${aws:PrincipalAccount}:role/x" } }, OPEN],
    ["a unique id", { StringLike: { "aws:userid": "AROAEXAMPLEID12345678:*" } }, []],
    ["a session's name", { StringLike: { "aws:userid": "*:admin" } }, OPEN],
    ["an account for which a service acts", { StringEquals: { "aws:SourceAccount": "444455556666" } }, []],
    [
      "a resource for which a service acts",
      { ArnLike: { "aws:SourceArn": "arn:aws:sns:eu-west-1:444455556666:*" } },
      [],
    ],
    ["a bucket's name for which a service acts", { ArnLike: { "aws:SourceArn": "arn:aws:s3:::octo*" } }, OPEN],
    ["an external id", { StringEquals: { "sts:ExternalId": "octo" } }, OPEN],
    ["a session's name, which the caller chooses", { StringEquals: { "sts:RoleSessionName": "octo" } }, OPEN],
    ["a tag, which the caller's account gives", { StringEquals: { "aws:PrincipalTag/team": "octo" } }, OPEN],
    ["a user's name", { StringEquals: { "aws:username": "octocat" } }, OPEN],
    ["a second factor", { Bool: { "aws:MultiFactorAuthPresent": "true" } }, OPEN],
    ["a tag of the role", { StringEquals: { "iam:ResourceTag/team": "octo" } }, OPEN],
    ["a network", { IpAddress: { "aws:SourceIp": ["203.0.113.0/24", "2001:db8::/32"] } }, LIMITED],
    ["every network", { IpAddress: { "aws:SourceIp": ["203.0.113.0/24", "0.0.0.0/0"] } }, OPEN],
    ["every network in two halves", { IpAddress: { "aws:SourceIp": ["0.0.0.0/1", "128.0.0.0/1"] } }, OPEN],
    ["a network endpoint", { StringEquals: { "aws:SourceVpce": "vpce-1" } }, LIMITED],
    [
      "an organization and a network",
      { StringEquals: { [ORG]: "o-1" }, IpAddress: { "aws:SourceIp": "203.0.113.0/24" } },
      [],
    ],
    [
      "a claim of a token, which no session keeps",
      { StringEquals: { "token.actions.githubusercontent.com:sub": "repo:octo-org/web-shop:pull_request" } },
      [],
    ],
  ])("%s", (_, condition, calls) => expect(openCalls(allow(ANYBODY, condition))).toEqual(calls));

  test("without a version, a variable is text, and its star a wildcard", () => {
    const own = allow(ANYBODY, { StringEquals: { [ORG]: "${aws:PrincipalOrgID}" } });
    expect([openCalls(own), openCalls(own, { Version: "2008-10-17" })]).toEqual([OPEN, []]);
    expect(openCalls(allow(ANYBODY, { StringLike: { [ORG]: "${*}" } }), { Version: "2008-10-17" })).toEqual(OPEN);
  });
});

describe("with an assertion of SAML, which nobody signs as a caller", () => {
  test.each<[string, object, boolean]>([
    ["an organization is never there", { StringEquals: { "aws:PrincipalOrgID": "o-1" } }, false],
    ["an organization may be missing", { StringEqualsIfExists: { "aws:PrincipalOrgID": "o-1" } }, true],
    ["the audience is everybody's", { StringEquals: { "SAML:aud": "https://signin.aws.amazon.com/saml" } }, true],
    ["an issuer is what a stranger's provider says", { StringEquals: { "SAML:iss": "https://idp.example.com" } }, true],
    ["the provider itself is one", { StringEquals: { "saml:doc": "111122223333/staff" } }, false],
    ["providers of an account are theirs", { StringLike: { "saml:doc": "111122223333/*" } }, false],
    ["a provider's name is anybody's", { StringLike: { "saml:doc": "*/staff" } }, true],
  ])("%s", (_, condition, isOpen) =>
    expect(openCalls(allow(ANYBODY, condition, "sts:AssumeRoleWithSAML"))).toEqual(
      isOpen ? ["AssumeRoleWithSAML"] : [],
    ),
  );
});

describe("a denial keeps strangers out, or does not", () => {
  const [OPEN, ORG] = [["AssumeRole"], "aws:PrincipalOrgID"];
  test.each<[string, object, string[]]>([
    ["of everybody", deny(), []],
    ["of everybody by another call", deny(undefined, { Action: "sts:AssumeRoleWithSAML" }), OPEN],
    ["of an account", deny(undefined, { Principal: { AWS: "444455556666" } }), OPEN],
    ["of all but an organization", deny({ StringNotEquals: { [ORG]: "o-1" } }), []],
    ["of all but an organization, where there is one or not", deny({ StringNotEqualsIfExists: { [ORG]: "o-1" } }), []],
    ["of those of another organization", deny({ "ForAnyValue:StringNotEquals": { [ORG]: "o-1" } }), OPEN],
    ["of all but any organization", deny({ StringNotLike: { [ORG]: "o-*" } }), OPEN],
    ["of an organization", deny({ StringEquals: { [ORG]: "o-1" } }), OPEN],
    ["of whoever has no organization", deny({ Null: { [ORG]: "true" } }), OPEN],
    [
      "of all but an organization and an account",
      deny({ StringNotEquals: { [ORG]: "o-1", "aws:PrincipalAccount": "444455556666" } }),
      [],
    ],
    [
      "of all but an organization, in a network alone",
      deny({ StringNotEquals: { [ORG]: "o-1" }, IpAddress: { "aws:SourceIp": "203.0.113.0/24" } }),
      OPEN,
    ],
    [
      "of all but an organization and services of AWS",
      deny({ StringNotEqualsIfExists: { [ORG]: "o-1" }, BoolIfExists: { "aws:PrincipalIsAWSService": "false" } }),
      ["AssumeRole (limited)"],
    ],
    [
      "of services that are not of an organization",
      deny({ StringNotEquals: { [ORG]: "o-1" }, Bool: { "aws:PrincipalIsAWSService": "true" } }),
      OPEN,
    ],
    [
      "of every network but one",
      deny({ NotIpAddress: { "aws:SourceIp": "203.0.113.0/24" } }),
      ["AssumeRole (limited)"],
    ],
  ])("%s", (_, denial, calls) => expect(openCalls([allow(ANYBODY), denial])).toEqual(calls));
});
