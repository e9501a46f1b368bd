import { parseTrustDocument, type TrustDocument } from "../../lib/aws/policy/trust-document";
import type { WebIdentityCall } from "../../lib/trust/sts/call";
import { bareClaims } from "../../lib/trust/sts/token";

export const ISSUER = "token.actions.githubusercontent.com";
export const ACCOUNT = "111122223333";
export const PROVIDER = `arn:aws:iam::${ACCOUNT}:oidc-provider/${ISSUER}`;

/** Condition keys of the issuer, by the claim. */
export const keys = (values: Readonly<Record<string, unknown>>, issuer = ISSUER): Record<string, unknown> =>
  Object.fromEntries(Object.entries(values).map(([claim, value]) => [`${issuer}:${claim}`, value]));

export const allow = (condition: object = {}, otherwise: object = {}): object => ({
  Effect: "Allow",
  Principal: { Federated: PROVIDER },
  Action: "sts:AssumeRoleWithWebIdentity",
  Condition: condition,
  ...otherwise,
});

/** @throws Error for statements that AWS would refuse. */
export function policy(...statements: object[]): TrustDocument {
  const { document, problems } = parseTrustDocument(JSON.stringify({ Version: "2012-10-17", Statement: statements }));
  if (!document) throw new Error(problems.map(({ message }) => message).join("\n"));
  return document;
}

export const SUBJECT = "repo:octo-org/web-shop:ref:refs/heads/main";
export const CLAIMS = {
  iss: `https://${ISSUER}`,
  aud: "sts.amazonaws.com",
  sub: SUBJECT,
  ref: "refs/heads/main",
  repository: "octo-org/web-shop",
  repository_id: "74",
  repository_owner: "octo-org",
  repository_owner_id: "65",
};

/** A policy that wants this subject, and STS's audience. */
export const wanting = (sub: string | readonly string[], operator = "StringEquals"): TrustDocument =>
  policy(
    allow({
      StringEquals: keys({ aud: "sts.amazonaws.com" }),
      ...(operator === "StringEquals"
        ? { StringEquals: keys({ aud: "sts.amazonaws.com", sub }) }
        : { [operator]: keys({ sub }) }),
    }),
  );

/** A call that is allowed, with whatever a test wants otherwise. */
export const call = (otherwise: Partial<WebIdentityCall> = {}): WebIdentityCall => ({
  token: bareClaims(CLAIMS),
  policy: wanting(SUBJECT),
  at: 1_795_000_000,
  ...otherwise,
});

/** The same with other claims; `undefined` leaves one out. */
export const withClaims = (claims: object, otherwise: Partial<WebIdentityCall> = {}): WebIdentityCall =>
  call({ token: bareClaims(JSON.parse(JSON.stringify({ ...CLAIMS, ...claims })) as object), ...otherwise });
