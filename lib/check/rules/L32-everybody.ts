import { openPrincipals, type OpenPrincipal } from "../../trust/callers/open-principals";
import type { AssumeCall } from "../../aws/policy/assume-calls";
import { quoted } from "../../aws/policy/position";
import type { TrustPrincipal } from "../../aws/policy/trust-document";
import type { RuleFinding } from "../rule";
import type { TrustPolicySubject } from "../subject";
import { assuming, MAIN, otherStatements, statements, subject } from "../trust/examples";
import type { TrustRule } from "../trust/rule";
import { SOURCES } from "../trust/sources";

const condition = { StringEquals: { aud: "sts.amazonaws.com", sub: MAIN } };
const EVERYBODY = { AWS: "*" };
const WEB_IDENTITY = "sts:AssumeRoleWithWebIdentity";
const SAML_CALL = "sts:AssumeRoleWithSAML";
const COGNITO = { Federated: "cognito-identity.amazonaws.com" };
const asOrganization = (operator: string): object => ({ [operator]: { "aws:PrincipalOrgID": "o-a1b2c3d4e5" } });

export const everybody: TrustRule = {
  id: "L32",
  title: "Everybody as principal",
  severity: "error",
  explanation:
    'A "*" as principal matches every principal of every AWS account, every identity provider, including one added tomorrow, and anonymous callers. A shared issuer, such as Amazon Cognito, is as open without a condition that names the application. A condition keeps strangers out only if it names an organization, an account or a principal, and fails when its key is absent. An external id does not do so, nor do IfExists, ForAllValues, negated operators or the value "*". A condition on networks makes it a warning.',
  remedy:
    "Name the account, the role or the identity provider as principal, or add a StringEquals condition on aws:PrincipalOrgID.",
  source: SOURCES.principal,
  appliesTo: "trustPolicy",
  compliant: [
    subject("the provider", MAIN),
    otherStatements("a service", assuming({ Service: "ec2.amazonaws.com" })),
    otherStatements(
      "an account, with a condition",
      assuming({ AWS: "arn:aws:iam::444455556666:root" }, { Bool: { "aws:MultiFactorAuthPresent": "true" } }),
    ),
    otherStatements("everybody of an organization", assuming(EVERYBODY, asOrganization("StringEquals"))),
    otherStatements("everybody, and all but an organization denied", assuming(EVERYBODY), {
      ...assuming("*", asOrganization("StringNotEquals")),
      Effect: "Deny",
    }),
    otherStatements(
      "one provider for SAML",
      assuming({ Federated: "arn:aws:iam::111122223333:saml-provider/staff" }, undefined, SAML_CALL),
    ),
  ],
  nonCompliant: [
    statements("everybody", { principal: "*", condition }),
    statements("any provider", { principal: { Federated: "*" }, condition }),
    otherStatements("every principal of every account", assuming(EVERYBODY)),
    otherStatements("every principal that knows a word", assuming("*", { StringEquals: { "sts:ExternalId": "octo" } })),
    otherStatements("an organization, if there is one", assuming(EVERYBODY, asOrganization("StringEqualsIfExists"))),
    otherStatements(
      "everybody by SAML",
      assuming(EVERYBODY, { StringEquals: { "SAML:aud": "https://signin.aws.amazon.com/saml" } }, SAML_CALL),
    ),
    otherStatements("everybody by every call", assuming(EVERYBODY, undefined, "sts:*")),
    otherStatements("everybody in a network", assuming(EVERYBODY, { IpAddress: { "aws:SourceIp": "203.0.113.0/24" } })),
    otherStatements("every identity pool", assuming(COGNITO, undefined, WEB_IDENTITY)),
  ],
  check: (policy) => [...principalsIn(policy)].map(([principal, open]) => findingOf(principal, open)),
};

/** Principals by which strangers get the role, each with the calls by which they do. */
function principalsIn({ document, admitted }: TrustPolicySubject): Map<TrustPrincipal, OpenPrincipal[]> {
  const open = new Map<TrustPrincipal, OpenPrincipal[]>();
  const add = (each: OpenPrincipal): void => void open.set(each.principal, [...(open.get(each.principal) ?? []), each]);
  for (const each of openPrincipals(document)) if (!isForTokens(each)) add(each);
  // Whatever the claims of one issuer must be: another issuer is let in as soon as a condition is changed.
  for (const { statement, index, source } of admitted.admissions)
    if (source.issuer === undefined)
      add({ statement, index, principal: source.principal, call: WEB_IDENTITY, limited: false });
  return open;
}

/** Whether it is everybody with a token: that is judged by the jobs which are let in. */
const isForTokens = ({ call, principal }: OpenPrincipal): boolean => call === WEB_IDENTITY && principal.value === "*";

function findingOf(principal: TrustPrincipal, open: readonly OpenPrincipal[]): RuleFinding {
  const isLimited = open.every(({ limited }) => limited);
  const { message, fix } = principal.value === "*" ? wordsOfEverybody(open) : wordsOfIssuer(principal.value);
  return {
    position: principal.position,
    ...(isLimited && { severity: "warning" }),
    message: `principal ${quoted(principal.value)} ${message}${isLimited ? LIMITED : ""}${open.some(hasExternalId) ? ID : ""}`,
    fix,
  };
}

type Words = Pick<RuleFinding, "message" | "fix">;

function wordsOfEverybody(open: readonly OpenPrincipal[]): Words {
  const calls = open.map(({ call }) => call);
  const who = calls.map((call) => WHO[call]).join(", ");
  const isJustTokens = calls.every((call) => call === WEB_IDENTITY);
  return {
    message: isJustTokens ? "is everybody, not only GitHub's provider" : `is everybody: ${who} may assume the role`,
    fix: calls.map((call) => FIX[call]).join("; "),
  };
}

const wordsOfIssuer = (issuer: string): Words => ({
  message: "matches every application there, of any account",
  fix: `require ${quoted(`${issuer}:${SAYS_WHICH.get(issuer.toLowerCase()) ?? "aud"}`)} by StringEquals`,
});

/** The claim by which an issuer says for which application a token is, where it is not the audience. */
const SAYS_WHICH: ReadonlyMap<string, string> = new Map([
  ["graph.facebook.com", "app_id"],
  ["www.amazon.com", "app_id"],
]);

const WHO: Readonly<Record<AssumeCall, string>> = {
  "sts:AssumeRole": "any principal of any AWS account",
  "sts:AssumeRoleWithSAML": "anyone whom any SAML provider signs in",
  "sts:AssumeRoleWithWebIdentity": "anyone with a token of any OIDC provider",
};

const FIX: Readonly<Record<AssumeCall, string>> = {
  "sts:AssumeRole":
    'for AWS principals write {"AWS": "arn:aws:iam::ACCOUNT:root"}, or require aws:PrincipalOrgID by StringEquals',
  "sts:AssumeRoleWithSAML": 'for SAML write {"Federated": "arn:aws:iam::ACCOUNT:saml-provider/NAME"}',
  "sts:AssumeRoleWithWebIdentity":
    'write {"Federated": "arn:aws:iam::ACCOUNT:oidc-provider/token.actions.githubusercontent.com"}',
};

const LIMITED = ", limited only to networks or to services of AWS";
const ID = "; an external id does not say who the caller is";

const hasExternalId = ({ call, statement }: OpenPrincipal): boolean =>
  call === "sts:AssumeRole" && statement.conditions.some(({ key }) => key.toLowerCase() === "sts:externalid");
