import type { TrustDocument } from "../aws/policy/trust-document";
import { GITHUB_ISSUER, splitKey } from "./admitted";
import type { StatementModel, TrustModel } from "./trust-model";
import { isUnjudged, reparsedTrust, type Unjudged } from "./reparsed-trust";
import { isKnown, partsOf, prefixWithoutIds, text, unknownsOf, type Lookup, type Text } from "./text";

export interface WidenedTrust {
  readonly document: TrustDocument;
  /** Those of the trust that it has: a denial that is not all known is left out. */
  readonly statements: readonly StatementModel[];
  /** Why something in it is not known. */
  readonly unknown: string[];
}

/**
 * A policy in which what is not known may be anything: it admits no fewer jobs than the true one. A prefix
 * that the plan looks up is the one by name, or where it looks up the ids one with no repository's.
 *
 * @param lookUp another prefix to take for one that is looked up.
 */
export function widenedTrust(
  trust: Extract<TrustModel, { statements: unknown }>,
  lookUp: (lookup: Lookup) => string = placeholderOf,
): WidenedTrust | Unjudged {
  const unknown = new Set<string>();
  const statements = trust.statements.filter((statement) => statement.effect === "Allow" || !isOpen(statement));
  const reparsed = reparsedTrust(
    { version: trust.version, statements: statements.map((statement) => widenedStatement(statement, unknown)) },
    lookUp,
  );
  return isUnjudged(reparsed) ? reparsed : { document: reparsed.document, statements, unknown: [...unknown] };
}

/** What stands in a widened policy for a prefix that is looked up. */
export const placeholderOf = ({ lookup, withIds }: Lookup): string =>
  withIds ? prefixWithoutIds(lookup) : `repo:${lookup}`;

/** Whether something of a statement is not known; what is looked up is. */
export const isOpen = (statement: StatementModel): boolean =>
  textsOfStatement(statement).some((each) => unknownsOf(each).length > 0);

/** Every text of a statement that may not be known. */
export const textsOfStatement = ({ principals, conditions }: StatementModel): Text[] => [
  ...principals.map(({ value }) => value),
  ...conditions.flatMap(({ values }) => values),
];

function widenedStatement(statement: StatementModel, unknown: Set<string>): StatementModel {
  const issuer =
    statement.conditions.map(({ key }) => splitKey(key)?.issuer).find((each) => each !== undefined) ?? GITHUB_ISSUER;
  return {
    ...statement,
    principals: statement.principals.map(({ kind, value }) => ({
      kind,
      value: isKnown(value) ? value : principalLike(kind, value, issuer, unknown),
    })),
    conditions: statement.conditions.map((condition) => {
      const reasons = condition.values.flatMap(unknownsOf);
      for (const reason of reasons) unknown.add(reason);
      // An exact comparison knows no wildcards: as a pattern it is wider, never narrower.
      return reasons.length === 0
        ? condition
        : {
            ...condition,
            operator: condition.operator.replace(/StringEquals(IgnoreCase)?/, "StringLike"),
            values: condition.values.map(withWildcards),
          };
    }),
  };
}

const withWildcards = (value: Text): Text =>
  text(...partsOf(value).map((part) => (typeof part === "object" && "unknown" in part ? "*" : part)));

/** A principal in the place of one that is not all known: the provider of the issuer that the conditions are about. */
function principalLike(kind: string, value: Text, issuer: string, unknown: Set<string>): string {
  const known = partsOf(value)
    .map((part) => (typeof part === "string" ? part : ""))
    .join("");
  const named = /:oidc-provider\/(.+)$/s.exec(known)?.[1];
  // Of a provider whose issuer is known only the account is not, and that is the role's own.
  if (named === undefined) for (const reason of unknownsOf(value)) unknown.add(reason);
  return kind === "Federated" ? `arn:aws:iam::000000000000:oidc-provider/${named ?? issuer}` : "000000000000";
}
