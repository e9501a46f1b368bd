import {
  allows,
  conditionKeys,
  type Decision,
  decide,
  explain,
  type PreparedPolicy,
  prepare,
  type RequestContext,
  type StatementRecord,
} from "../../../lib/aws/policy/evaluate";
import { parseTrustDocument, type TrustDocument } from "../../../lib/aws/policy/trust-document";

export const ISSUER = "token.actions.githubusercontent.com";
export const PROVIDER = `arn:aws:iam::111122223333:oidc-provider/${ISSUER}`;
export const WEB_IDENTITY = "sts:AssumeRoleWithWebIdentity";

export type Values = Readonly<Record<string, string | readonly string[] | undefined>>;

/** A sound statement, with whatever a test wants otherwise. An element set to `undefined` is left out. */
export const statement = (otherwise: object = {}): object => ({
  Effect: "Allow",
  Principal: { Federated: PROVIDER },
  Action: WEB_IDENTITY,
  ...otherwise,
});

/** The text of a policy with these statements. */
export const policyText = (statements: unknown = statement(), otherwise: object = {}): string =>
  JSON.stringify({ Version: "2012-10-17", Statement: statements, ...otherwise });

/** @throws Error for a text that AWS would refuse. */
export function read(text: string): TrustDocument {
  const { document, problems } = parseTrustDocument(text);
  if (!document) throw new Error(problems.map(({ message }) => message).join("\n"));
  return document;
}

/** What is wrong with a text, as `line:column message`. */
export const problemsOf = (text: string): string[] =>
  parseTrustDocument(text).problems.map(({ message, position }) => `${position.line}:${position.column} ${message}`);

export const request = (keys: Values, otherwise: Partial<RequestContext> = {}): RequestContext => ({
  action: WEB_IDENTITY,
  principal: { kind: "Federated", value: PROVIDER },
  keys: conditionKeys(keys),
  ...otherwise,
});

/** Decides by every entry point, which must agree. */
export function decideEvery(
  policy: PreparedPolicy,
  context: RequestContext,
): { decision: Decision; statements: readonly StatementRecord[] } {
  const explanation = explain(policy, context);
  expect(decide(policy, context)).toBe(explanation.decision);
  expect(allows(policy, context)).toBe(explanation.decision === "allow");
  return explanation;
}

/** Whether a request with these keys meets a condition block. */
export function meets(condition: object, keys: Values, version?: string): boolean {
  const text = JSON.stringify({
    ...(version === "" ? {} : { Version: version ?? "2012-10-17" }),
    Statement: statement({ Condition: condition }),
  });
  return decideEvery(prepare(read(text)), request(keys)).decision === "allow";
}

/** A document without the places of its parts. */
export const withoutPositions = (document: unknown): unknown =>
  JSON.parse(
    JSON.stringify(document, (key, value: unknown) => (/position$/i.test(key) ? undefined : value)),
  ) as unknown;
