import type { StatementModel, TrustModel } from "./trust-model";
import { isKnown, isLookup, type Lookup, type Text } from "./text";

/**
 * The trust policy as JSON, for whoever evaluates one; `undefined` where something in it is not known.
 *
 * @param lookUp the subject prefix of a repository that the plan looks up. @default it is not known
 */
export function printTrust(
  trust: TrustModel,
  lookUp: (lookup: Lookup) => string | undefined = () => undefined,
): string | undefined {
  if (!("statements" in trust)) return undefined;
  try {
    const Statement = trust.statements.map((statement) => statementOf(statement, (value) => plain(value, lookUp)));
    return JSON.stringify({ ...(trust.version === null ? {} : { Version: trust.version }), Statement });
  } catch (error) {
    if (error instanceof NotKnown) return undefined;
    throw error;
  }
}

class NotKnown extends Error {}

function plain(value: Text, lookUp: (lookup: Lookup) => string | undefined): string {
  if (isKnown(value)) return value;
  return value
    .map((part) => {
      const known = typeof part === "string" ? part : isLookup(part) ? lookUp(part) : undefined;
      if (known === undefined) throw new NotKnown();
      return known;
    })
    .join("");
}

function statementOf(
  { sid, effect, principals, notAction, actions, conditions }: StatementModel,
  known: (value: Text) => string,
): object {
  // Without a prototype: a key may have any name.
  const Principal = Object.create(null) as Record<string, string[]>;
  for (const { kind, value } of principals) (Principal[kind] ??= []).push(known(value));
  const Condition = Object.create(null) as Record<string, Record<string, string[]>>;
  for (const { operator, key, values } of conditions)
    (Condition[operator] ??= Object.create(null) as Record<string, string[]>)[key] = values.map(known);
  return {
    ...(sid === null ? {} : { Sid: sid }),
    Effect: effect,
    Principal: principals.some(({ kind }) => kind === "*") ? "*" : Principal,
    [notAction ? "NotAction" : "Action"]: actions,
    ...(conditions.length === 0 ? {} : { Condition }),
  };
}
