import type { Condition } from "../../aws/policy/condition";
import type { TrustDocument, TrustStatement } from "../../aws/policy/trust-document";
import type { AccountModel } from "../../model/model";
import type { StatementModel, TrustModel } from "../../trust/trust-model";
import { isUnjudged, reparsedTrust, type Unjudged } from "../../trust/reparsed-trust";
import { UNKNOWN_ACCOUNT } from "../../trust/sts/provider";
import { isKnown, isLookup, partsOf, unknownsOf, type Lookup, type Text } from "../../trust/text";

/** A trust policy, as far as it is known. */
export interface PartialPolicy {
  /** Without the values that are not known. */
  readonly document: TrustDocument;
  /** Conditions of it that lack values. */
  readonly incomplete: ReadonlySet<Condition>;
  /** Indices of statements that name a principal which is not known. */
  readonly someone: ReadonlySet<number>;
  /** What is not known of each statement: expressions and reasons. */
  readonly unknowns: readonly (readonly string[])[];
  /** Whether the account of a provider is not known, and is taken for the role's own. */
  readonly ownAccount: boolean;
}

export type KnownTrust = Extract<TrustModel, { readonly statements: unknown }>;

/** Stands for a value that is not known while the policy is read. A value that happens to be the same counts as not known. */
const UNKNOWN = "VALUETHATISNOTKNOWN";

/**
 * The policy as AWS reads it.
 *
 * @param lookUp what the subjects of a repository begin with.
 * @returns the policy, or why it cannot be judged.
 */
export function partialPolicy(
  trust: KnownTrust,
  account: AccountModel,
  lookUp: (lookup: Lookup) => string,
): PartialPolicy | Unjudged {
  const statements = trust.statements.map((statement) => withOwnProvider(statement, account));
  const reparsed = reparsedTrust({ version: trust.version, statements: statements.map(withStandIns) }, lookUp);
  if (isUnjudged(reparsed)) return reparsed;
  const { document } = reparsed;
  const incomplete = new Set<Condition>();
  return {
    document: {
      ...document,
      statements: document.statements.map((statement) => withoutStandIns(statement, incomplete)),
    },
    incomplete,
    someone: new Set(
      document.statements.flatMap(({ principals }, index) =>
        principals.some(({ value }) => value === UNKNOWN) ? [index] : [],
      ),
    ),
    unknowns: statements.map((statement) => textsOf(statement).flatMap(unknownsOf)),
    ownAccount: JSON.stringify(statements) !== JSON.stringify(trust.statements),
  };
}

/** What the plan looks up. */
export const lookupsIn = ({ statements }: KnownTrust): Lookup[] =>
  statements.flatMap(textsOf).flatMap(partsOf).filter(isLookup);

const textsOf = ({ principals, conditions }: StatementModel): Text[] => [
  ...principals.map(({ value }) => value),
  ...conditions.flatMap(({ values }) => values),
];

/** With the role's account for that of an OIDC provider, where it is not known. */
export const withOwnProvider = (statement: StatementModel, account: AccountModel): StatementModel => ({
  ...statement,
  principals: statement.principals.map(({ kind, value }) => ({
    kind,
    value: kind === "Federated" ? ownProvider(value, account) : value,
  })),
});

/** An OIDC provider of which only the account is not known is one of the role's account: STS looks nowhere else. */
function ownProvider(value: Text, { id, partition }: AccountModel): Text {
  if (isKnown(value)) return value;
  const pattern = partsOf(value)
    .map((part) => (typeof part === "string" ? part : "*"))
    .join("");
  const [, inPartition, inAccount, issuer] =
    /^arn:(aws[a-z-]*|\*):iam::([0-9]{12}|\*):oidc-provider\/([^*]+)$/.exec(pattern) ?? [];
  if (inPartition === undefined || inAccount === undefined) return value;
  return `arn:${inPartition === "*" ? (partition ?? "aws") : inPartition}:iam::${inAccount === "*" ? (id ?? UNKNOWN_ACCOUNT) : inAccount}:oidc-provider/${issuer}`;
}

const withStandIns = (statement: StatementModel): StatementModel => ({
  ...statement,
  principals: statement.principals.map(({ kind, value }) => ({ kind, value: standIn(value) })),
  conditions: statement.conditions.map((condition) => ({ ...condition, values: condition.values.map(standIn) })),
});

const standIn = (value: Text): Text => (unknownsOf(value).length > 0 ? UNKNOWN : value);

const withoutStandIns = (statement: TrustStatement, incomplete: Set<Condition>): TrustStatement => ({
  ...statement,
  conditions: statement.conditions.map((condition) => {
    const known = { ...condition, values: condition.values.filter(({ text }) => text !== UNKNOWN) };
    if (known.values.length < condition.values.length) incomplete.add(known);
    return known;
  }),
});
