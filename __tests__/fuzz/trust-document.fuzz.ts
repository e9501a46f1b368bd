import { isDeepStrictEqual } from "node:util";
import { allows, conditionKeys, decide, explain, prepare, type RequestContext } from "../../lib/aws/policy/evaluate";
import { printTrustDocument } from "../../lib/aws/policy/print-trust-document";
import { parseTrustDocument, type TrustDocument } from "../../lib/aws/policy/trust-document";
import type { FuzzTarget } from "./harness";

const ISSUER = "token.actions.githubusercontent.com";
const PROVIDER = `arn:aws:iam::111122223333:oidc-provider/${ISSUER}`;

const STATEMENT = { Effect: "Allow", Principal: { Federated: PROVIDER }, Action: "sts:AssumeRoleWithWebIdentity" };
const DOCUMENTS = [
  {
    Version: "2012-10-17",
    Statement: [
      {
        ...STATEMENT,
        Condition: {
          StringEquals: {
            [`${ISSUER}:aud`]: "sts.amazonaws.com",
            [`${ISSUER}:sub`]: "repo:octo-org/web:ref:refs/heads/main",
          },
        },
      },
    ],
  },
  {
    Version: "2012-10-17",
    Id: "x",
    Statement: [
      {
        Sid: "a",
        ...STATEMENT,
        Condition: { StringLike: { [`${ISSUER}:sub`]: ["repo:octo-org/*", "repo:${a:x, 'b'}/${*}?"] } },
      },
      {
        Effect: "Deny",
        Principal: "*",
        NotAction: ["sts:TagSession"],
        Condition: { "ForAllValues:StringNotEqualsIfExists": { a: [] } },
      },
    ],
  },
  {
    Statement: {
      Effect: "Allow",
      Principal: { AWS: ["*", "111122223333"], Service: "ec2.amazonaws.com" },
      Action: ["sts:AssumeRole*"],
      Condition: {
        Null: { a: true },
        NumericLessThan: { b: 1.5 },
        DateLessThan: { c: "2020-01-01T00:00:00Z" },
        IpAddress: { d: ["::1/64", "10.0.0.0/8"] },
        ArnLike: { e: "arn:aws:iam::*:role/?" },
        Bool: { f: "true" },
        BinaryEquals: { g: "YQ==" },
      },
    },
  },
];
const texts = DOCUMENTS.flatMap((document) => [JSON.stringify(document), JSON.stringify(document, undefined, 2)]);

/** Requests that a policy of the corpus lets in, or nearly. */
const CONTEXTS: readonly RequestContext[] = [
  {
    action: "sts:AssumeRoleWithWebIdentity",
    principal: { kind: "Federated", value: PROVIDER },
    keys: conditionKeys({
      [`${ISSUER}:aud`]: "sts.amazonaws.com",
      [`${ISSUER}:sub`]: "repo:octo-org/web:ref:refs/heads/main",
    }),
  },
  {
    action: "sts:AssumeRole",
    principal: { kind: "AWS", value: "arn:aws:iam::111122223333:role/x" },
    keys: conditionKeys({ b: "1", c: "0", d: "10.1.2.3", e: "arn:aws:iam::111122223333:role/x", f: "true", g: "YQ" }),
  },
  {
    action: "sts:TagSession",
    principal: { kind: "Federated", value: PROVIDER },
    keys: conditionKeys({ a: ["x", ""], [`${ISSUER}:sub`]: "", "a:x": "octo-org" }),
  },
];

/** The parser, printer and evaluator of trust policies. */
export const trustDocumentFuzz: FuzzTarget = {
  name: "trust document",
  corpus: [
    ...texts,
    ...texts.map((text) => encodeURIComponent(text)),
    ...DOCUMENTS.map((document) => JSON.stringify({ Role: { AssumeRolePolicyDocument: document } })),
    JSON.stringify({ Role: { AssumeRolePolicyDocument: encodeURIComponent(texts[0] ?? "") } }),
    "",
    "{}",
    "null",
  ],
  dictionary: [
    '"Statement"',
    '"Effect"',
    '"Allow"',
    '"Deny"',
    '"Principal"',
    '"NotPrincipal"',
    '"Resource"',
    '"Action"',
    '"Condition"',
    '"__proto__"',
    "StringLike",
    "ForAnyValue:",
    "IfExists",
    "sts:AssumeRole",
    "${",
    "${*}",
    "*",
    "?",
    "null",
    "true",
    "{}",
    "[]",
    "%7B",
    "%22",
    "%",
    "\\u0000",
    "\\ud800",
    '\\"',
    '":"',
    '","',
  ],
  run: (input) => check(typeof input === "string" ? input : new TextDecoder().decode(input)),
};

/** @throws Error when the parser breaks one of its laws. */
function check(text: string): void {
  const { document, problems, text: read } = parseTrustDocument(text);
  if ((document === undefined) !== problems.length > 0) throw new Error("a document and problems, or neither");
  for (const { position } of problems)
    if (position.line < 1 || position.column < 1 || position.line > read.split("\n").length)
      throw new Error(`no such place: ${position.line}:${position.column}`);
  if (!document) return;
  refusesNothing(document, read);
  const printed = printTrustDocument(document);
  const again = parseTrustDocument(printed);
  // What is printed is never longer, white space aside, but for escapes: a document at the limit may then be refused.
  if (again.document && printTrustDocument(again.document) !== printed) throw new Error("printed twice, it differs");
  if (!again.document && printed.length < 4_000)
    throw new Error(`printed, it is refused: ${again.problems[0]?.message}`);
  decides(document, again.document ?? document);
}

/** Every entry point says the same, and the printed document what the first one said. */
function decides(document: TrustDocument, printed: TrustDocument): void {
  const [policy, same] = [prepare(document), prepare(printed)];
  for (const context of CONTEXTS) {
    const { decision } = explain(policy, context);
    if (
      decision !== decide(policy, context) ||
      decision !== decide(same, context) ||
      (decision === "allow") !== allows(policy, context)
    )
      throw new Error("the entry points differ");
  }
}

/** What AWS refuses, found again in the plain JSON by other means: such a document must not come this far. */
function refusesNothing(document: TrustDocument, text: string): void {
  const parsed: unknown = JSON.parse(text);
  const role = (parsed as { Role?: unknown }).Role ?? parsed;
  const policy =
    (parsed as { Statement?: unknown }).Statement === undefined
      ? ((role as { AssumeRolePolicyDocument?: unknown }).AssumeRolePolicyDocument ?? parsed)
      : parsed;
  const statements = [(policy as { Statement: unknown }).Statement].flat() as Readonly<Record<string, unknown>>[];
  if (statements.length === 0 || statements.length !== document.statements.length)
    throw new Error("it has other statements");
  for (const { Effect, Principal, Action, NotAction, Resource, NotResource, NotPrincipal } of statements) {
    if (Effect !== "Allow" && Effect !== "Deny") throw new Error(`its effect is ${JSON.stringify(Effect)}`);
    if (Resource !== undefined || NotResource !== undefined || NotPrincipal !== undefined)
      throw new Error("it has a prohibited element");
    if (!Principal || isDeepStrictEqual(Principal, {})) throw new Error("it has no principal");
    const actions = [Action ?? NotAction].flat();
    if (actions.length === 0 || !actions.every((action) => typeof action === "string" && /^sts:/i.test(action)))
      throw new Error("its actions are not of STS");
  }
}
