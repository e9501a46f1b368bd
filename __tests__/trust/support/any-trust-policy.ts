import fc from "fast-check";
import {
  type ConditionEntry,
  ISSUER,
  keyOfClaim,
  type OneOrMany,
  type PolicyJson,
  type PrincipalJson,
  PROVIDER,
  type StatementJson,
  type ValueJson,
  WEB_IDENTITY,
  withEntries,
} from "./policy-json";
import { anyKey, valueFor, variableValue } from "./value-pool";

/** Which policies to make. */
export interface PolicyOptions {
  /** Whether values may have policy variables. @default false */
  readonly variables?: boolean;
  /** Whether a policy may be nearly as long as AWS takes, or a little longer. @default false */
  readonly long?: boolean;
}

export const STRING_OPERATORS = [
  "StringEquals",
  "StringNotEquals",
  "StringEqualsIgnoreCase",
  "StringNotEqualsIgnoreCase",
  "StringLike",
  "StringNotLike",
] as const;
export const QUANTIFIERS = ["", "ForAnyValue:", "ForAllValues:"] as const;

/** An operator of texts: every one of IAM's, with every quantifier, with and without `IfExists`. */
const stringOperator = fc
  .tuple(
    fc.constantFrom("", "", "", ...QUANTIFIERS),
    fc.constantFrom("StringEquals", "StringLike", ...STRING_OPERATORS),
    fc.constantFrom("", "", "IfExists"),
  )
  .map((parts) => parts.join(""));

const oneOrMany = (value: fc.Arbitrary<string>): fc.Arbitrary<OneOrMany<string>> =>
  fc.oneof(
    { weight: 12, arbitrary: value },
    { weight: 10, arbitrary: fc.array(value, { minLength: 1, maxLength: 3 }) },
    // AWS takes a list of no values: nothing matches it.
    { weight: 1, arbitrary: fc.constant([]) },
  );

const stringEntry = ({ variables = false }: PolicyOptions): fc.Arbitrary<ConditionEntry> =>
  fc.tuple(stringOperator, anyKey).chain(([operator, key]) => {
    const plain = { weight: 4, arbitrary: valueFor(key) };
    const value = variables ? fc.oneof(plain, { weight: 1, arbitrary: variableValue }) : plain.arbitrary;
    return oneOrMany(value).map((values) => ({ operator, key, values }));
  });

const truth = fc.constantFrom<OneOrMany<ValueJson>>("true", "false", "True", true, false, ["true", "false"]);
const nullEntry = fc.record({ operator: fc.constant("Null"), key: anyKey, values: truth });

/** Operators of other types than text. Most of these keys are the request's and not the token's. */
const otherEntry: fc.Arbitrary<ConditionEntry> = fc
  .tuple(
    fc.constantFrom<ConditionEntry>(
      { operator: "Bool", key: "aws:SecureTransport", values: "true" },
      { operator: "Bool", key: "aws:SecureTransport", values: "false" },
      { operator: "Bool", key: keyOfClaim("environment"), values: "true" },
      { operator: "DateLessThan", key: "aws:CurrentTime", values: "2027-01-01T00:00:00Z" },
      { operator: "DateGreaterThan", key: "aws:CurrentTime", values: "2026-06-30T12:00:00Z" },
      { operator: "DateNotEquals", key: "aws:EpochTime", values: "1800000000" },
      { operator: "NumericLessThanEquals", key: "aws:EpochTime", values: 1_800_000_000 },
      { operator: "NumericLessThan", key: "aws:MultiFactorAuthAge", values: "3600" },
      { operator: "NumericEquals", key: keyOfClaim("repository_id"), values: 74 },
      { operator: "IpAddress", key: "aws:SourceIp", values: ["203.0.113.0/24", "198.51.100.7"] },
      { operator: "NotIpAddress", key: "aws:SourceIp", values: "203.0.0.0/16" },
      { operator: "ArnLike", key: "aws:PrincipalArn", values: "arn:aws:iam::*:role/ci" },
    ),
    fc.constantFrom("", "", "", "ForAnyValue:", "ForAllValues:"),
    fc.constantFrom("", "", "IfExists"),
  )
  .map(([entry, quantifier, ifExists]) => ({ ...entry, operator: `${quantifier}${entry.operator}${ifExists}` }));

/** A condition of any kind. */
export const anyEntry = (options: PolicyOptions = {}): fc.Arbitrary<ConditionEntry> =>
  fc.oneof(
    { weight: 12, arbitrary: stringEntry(options) },
    { weight: 2, arbitrary: nullEntry },
    { weight: 1, arbitrary: otherEntry },
  );

/** Whom a statement is about. */
export const anyPrincipal: fc.Arbitrary<PrincipalJson> = fc.oneof(
  { weight: 14, arbitrary: fc.constant<PrincipalJson>({ Federated: PROVIDER }) },
  {
    weight: 5,
    arbitrary: fc.constantFrom<PrincipalJson>(
      "*",
      "*",
      { AWS: "*" },
      { Federated: "*" },
      { Federated: [PROVIDER, `${PROVIDER}/octo`] },
      { Federated: `${PROVIDER}/octo` },
      { Federated: `arn:aws:iam::444455556666:oidc-provider/${ISSUER}` },
      { Federated: "arn:aws:iam::111122223333:oidc-provider/gitlab.com" },
      { Federated: "arn:aws:iam::111122223333:saml-provider/Corp" },
      { AWS: "arn:aws:iam::111122223333:root" },
      { AWS: ["444455556666", "arn:aws:iam::111122223333:role/ci"] },
      { AWS: "arn:aws:iam::444455556666:role/ci", Federated: PROVIDER },
      { Service: "ec2.amazonaws.com" },
    ),
  },
);

/** What a statement is about: `Action` or `NotAction`. */
export const anyAction: fc.Arbitrary<Pick<StatementJson, "Action" | "NotAction">> = fc.oneof(
  { weight: 14, arbitrary: fc.constant({ Action: WEB_IDENTITY }) },
  {
    weight: 4,
    arbitrary: fc.constantFrom<Pick<StatementJson, "Action" | "NotAction">>(
      { Action: "sts:*" },
      { Action: "sts:AssumeRole*" },
      { Action: ["sts:assumerolewithwebidentity", "sts:TagSession"] },
      { Action: "sts:AssumeRole" },
      { Action: "sts:AssumeRoleWithSAML" },
      { Action: ["sts:TagSession", "sts:SetSourceIdentity"] },
      { NotAction: "sts:TagSession" },
      { NotAction: ["sts:AssumeRole", "sts:AssumeRoleWithSAML"] },
      { NotAction: "sts:AssumeRoleWith*" },
    ),
  },
);

const subject = valueFor(keyOfClaim("sub"));

/** What nearly every statement that allows tests. */
const usualEntries: fc.Arbitrary<ConditionEntry[]> = fc
  .tuple(fc.boolean(), fc.oneof(subject, fc.array(subject, { minLength: 1, maxLength: 3 })))
  .map(([audience, values]) => [
    ...(audience ? [{ operator: "StringEquals", key: keyOfClaim("aud"), values: "sts.amazonaws.com" }] : []),
    { operator: JSON.stringify(values).includes("*") ? "StringLike" : "StringEquals", key: keyOfClaim("sub"), values },
  ]);

const usualStatement = (entries: readonly ConditionEntry[]): StatementJson =>
  withEntries({ Effect: "Allow", Principal: { Federated: PROVIDER }, Action: WEB_IDENTITY }, entries);

/** A statement of any kind. */
export const anyStatement = (options: PolicyOptions = {}): fc.Arbitrary<StatementJson> =>
  fc
    .record({
      effect: fc.constantFrom<StatementJson["Effect"]>("Allow", "Allow", "Deny"),
      principal: anyPrincipal,
      action: anyAction,
      usual: usualEntries,
      isUsual: fc.constantFrom(true, true, false),
      others: fc.array(anyEntry(options), { maxLength: 2 }),
    })
    .map(({ effect, principal, action, usual, isUsual, others }) => {
      const entries = effect === "Allow" && isUsual ? [...usual, ...others] : others;
      return withEntries({ Effect: effect, Principal: principal, ...action }, entries);
    });

/** Longest trust policy that AWS takes, in characters. */
const MOST = 8_192;

/** The policy with one more statement, so that its text has about so many characters. */
function padded(policy: PolicyJson, length: number): PolicyJson {
  const names: string[] = [];
  const whole = (): PolicyJson => {
    const entry = { operator: "StringEquals", key: keyOfClaim("sub"), values: names };
    return { ...policy, Statement: [...policy.Statement, usualStatement([entry])] };
  };
  for (let left = length - JSON.stringify(whole()).length; left > 0; left = length - JSON.stringify(whole()).length)
    names.push(`repo:octo-org/service-${names.length}:environment:production`.slice(0, Math.max(20, left)));
  return whole();
}

/** A trust policy of any kind, in the language of IAM. All but some of the long ones are policies that AWS takes. */
export function anyTrustPolicy(options: PolicyOptions = {}): fc.Arbitrary<PolicyJson> {
  const policy = fc
    .record({
      version: fc.constantFrom<PolicyJson["Version"][]>(undefined, "2008-10-17", "2012-10-17", "2012-10-17"),
      statements: fc.array(anyStatement(options), { minLength: 1, maxLength: 5 }),
      first: usualEntries,
    })
    .map(({ version, statements, first }): PolicyJson => {
      // Without a statement that allows, whatever else there is would not matter.
      const allows = statements.some(({ Effect }) => Effect === "Allow");
      return {
        ...(version === undefined ? {} : { Version: version }),
        Statement: allows ? statements : [usualStatement(first), ...statements],
      };
    });
  if (!options.long) return policy;
  const length = fc.integer({ min: MOST - 60, max: MOST + 10 });
  const long = fc.tuple(policy, length).map(([each, about]) => padded(each, about));
  return fc.oneof({ weight: 60, arbitrary: policy }, { weight: 1, arbitrary: long });
}
