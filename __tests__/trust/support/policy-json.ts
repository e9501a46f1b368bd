/** Trust policies as plain JSON: what the generators make, and what the second opinion reads without the product. */

export type OneOrMany<T> = T | readonly T[];
export type ValueJson = string | number | boolean;

/** Keys and values of an operator, by the operator as it is written. */
export type ConditionJson = Readonly<Record<string, Readonly<Record<string, OneOrMany<ValueJson>>>>>;

export type PrincipalJson = "*" | Readonly<Partial<Record<"AWS" | "Federated" | "Service", OneOrMany<string>>>>;

export interface StatementJson {
  readonly Sid?: string;
  readonly Effect: "Allow" | "Deny";
  readonly Principal: PrincipalJson;
  readonly Action?: OneOrMany<string>;
  readonly NotAction?: OneOrMany<string>;
  readonly Condition?: ConditionJson;
}

export interface PolicyJson {
  readonly Version?: "2008-10-17" | "2012-10-17";
  readonly Statement: readonly StatementJson[];
}

export const ISSUER = "token.actions.githubusercontent.com";
export const ACCOUNT = "111122223333";
export const PROVIDER = `arn:aws:iam::${ACCOUNT}:oidc-provider/${ISSUER}`;
export const WEB_IDENTITY = "sts:AssumeRoleWithWebIdentity";

/** The condition key of a claim of GitHub's. */
export const keyOfClaim = (claim: string): string => `${ISSUER}:${claim}`;

export const listOf = <T>(oneOrMany: OneOrMany<T> | undefined): readonly T[] => {
  if (oneOrMany === undefined) return [];
  return Array.isArray(oneOrMany) ? (oneOrMany as readonly T[]) : [oneOrMany as T];
};

/** One key of one operator: a test that holds or does not. */
export interface ConditionEntry {
  readonly operator: string;
  readonly key: string;
  readonly values: OneOrMany<ValueJson>;
}

export const entriesOf = (block: ConditionJson | undefined): ConditionEntry[] =>
  Object.entries(block ?? {}).flatMap(([operator, keys]) =>
    Object.entries(keys).map(([key, values]) => ({ operator, key, values })),
  );

/** The block of these entries. Where an operator has a key twice, the values of both are alternatives. */
export function blockOf(entries: readonly ConditionEntry[]): ConditionJson {
  const block: Record<string, Record<string, OneOrMany<ValueJson>>> = {};
  for (const { operator, key, values } of entries) {
    const keys = (block[operator] ??= {});
    const earlier = keys[key];
    keys[key] = earlier === undefined ? values : [...listOf(earlier), ...listOf(values)];
  }
  return block;
}

/** A statement with these conditions in the place of its own. */
export const withEntries = (statement: StatementJson, entries: readonly ConditionEntry[]): StatementJson =>
  entries.length === 0 ? withoutCondition(statement) : { ...statement, Condition: blockOf(entries) };

const withoutCondition = ({ Condition: _, ...rest }: StatementJson): StatementJson => rest;
