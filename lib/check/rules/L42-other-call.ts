import { type AssumeCall, callsOfActions, callsOfPrincipal } from "../../aws/policy/assume-calls";
import { quoted } from "../../aws/policy/position";
import type { TrustDocument, TrustPrincipal, TrustStatement } from "../../aws/policy/trust-document";
import type { RuleFinding } from "../rule";
import { assuming, MAIN, otherStatements, PROVIDER, subject } from "../trust/examples";
import type { TrustRule } from "../trust/rule";
import { SOURCES } from "../trust/sources";

const WEB_IDENTITY = "sts:AssumeRoleWithWebIdentity";
const SAML = { Federated: "arn:aws:iam::111122223333:saml-provider/staff" };
const ACCOUNT = { AWS: "arn:aws:iam::444455556666:root" };
const GITHUB = { Federated: PROVIDER };

export const otherCall: TrustRule = {
  id: "L42",
  title: "An action that the principal never calls",
  severity: "error",
  explanation:
    'Each kind of principal assumes a role by one call: users of an OIDC provider by sts:AssumeRoleWithWebIdentity, of a SAML provider by sts:AssumeRoleWithSAML, AWS principals and services by sts:AssumeRole. A statement that names one kind and the call of another admits nobody, and AWS says only "Not authorized". This is a warning where another statement admits the principal, or this one admits others.',
  remedy: "Write the action that the principal calls, in a separate statement.",
  source: SOURCES.requests,
  appliesTo: "trustPolicy",
  compliant: [
    subject("a token's action for GitHub's provider", MAIN),
    otherStatements("sts:AssumeRole for a service", assuming({ Service: "ec2.amazonaws.com" })),
    otherStatements(
      "a statement that only lets sessions have tags",
      assuming(ACCOUNT),
      assuming(ACCOUNT, undefined, "sts:TagSession"),
    ),
    otherStatements(
      "two kinds of principals, and both actions",
      assuming({ ...SAML, ...ACCOUNT }, undefined, ["sts:AssumeRole", "sts:AssumeRoleWithSAML"]),
    ),
  ],
  nonCompliant: [
    otherStatements("sts:AssumeRole for GitHub's provider", assuming(GITHUB)),
    otherStatements("a token's action for a SAML provider", assuming(SAML, undefined, WEB_IDENTITY)),
    otherStatements("a token's action for an account", assuming(ACCOUNT, undefined, WEB_IDENTITY)),
    otherStatements("every action but the one", {
      Effect: "Allow",
      Principal: SAML,
      NotAction: "sts:AssumeRoleWithSAML",
    }),
    otherStatements("one of two principals", assuming({ ...GITHUB, ...ACCOUNT })),
  ],
  check: ({ document }) =>
    document.statements.flatMap((each) => (each.effect === "Allow" ? findingsIn(each, document) : [])),
};

function findingsIn(statement: TrustStatement, document: TrustDocument): RuleFinding[] {
  const calls = callsOf(statement);
  // A statement about tags or the source identity alone stands beside the one that lets in.
  if (calls.length === 0) return [];
  const misfits = statement.principals.filter((principal) => !gets(principal, statement));
  const isAlone = misfits.length === statement.principals.length;
  return misfits.map((principal) => {
    const [call] = callsOfPrincipal(principal.kind, principal.value);
    return {
      position: principal.position,
      severity: isAlone && !isAdmitted(principal, document) ? "error" : "warning",
      message: `principal ${quoted(principal.value)} never calls ${calls.join(" or ")}: this statement grants it nothing`,
      fix: `use the action ${quoted(call ?? "sts:AssumeRole")} for it, or remove it`,
    };
  });
}

const callsOf = ({ actions, notAction }: TrustStatement): AssumeCall[] =>
  callsOfActions(
    actions.map(({ text }) => text),
    notAction,
  );

const gets = ({ kind, value }: TrustPrincipal, statement: TrustStatement): boolean => {
  const own = callsOfPrincipal(kind, value);
  return callsOf(statement).some((call) => own.includes(call));
};

/** Whether another statement lets a principal in. */
function isAdmitted({ kind, value }: TrustPrincipal, { statements }: TrustDocument): boolean {
  const isSame = (other: TrustPrincipal): boolean => other.kind === kind && other.value === value;
  return statements.some(
    (each) => each.effect === "Allow" && each.principals.some((other) => isSame(other) && gets(other, each)),
  );
}
