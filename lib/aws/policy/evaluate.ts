import { compileActions, type ActionTest } from "./action";
import { type ConditionRecord, type PreparedCondition, prepareCondition } from "./condition";
import type { ConditionKeys } from "./policy-variables";
import { compilePrincipals, type PrincipalTest, type RequestPrincipal } from "./principal";
import type { TrustDocument, TrustStatement } from "./trust-document";

/** What STS knows of a request to assume the role. */
export interface RequestContext {
  /** As in `sts:AssumeRoleWithWebIdentity`. */
  readonly action: string;
  readonly principal: RequestPrincipal;
  /** Values of the condition keys, by the key in lower case; see `conditionKeys`. */
  readonly keys: ConditionKeys;
}

/** `implicitDeny`: no statement speaks of the request. */
export type Decision = "allow" | "explicitDeny" | "implicitDeny";

/** How a statement was decided. */
export interface StatementRecord {
  readonly statement: TrustStatement;
  readonly index: number;
  readonly principalMatches: boolean;
  readonly actionMatches: boolean;
  /** Every one, also behind the first that does not hold. */
  readonly conditions: readonly ConditionRecord[];
  /** Whether the statement's effect takes place. */
  readonly applies: boolean;
}

export interface Explanation {
  readonly decision: Decision;
  readonly statements: readonly StatementRecord[];
}

/** A trust policy made ready to be decided many times. */
export interface PreparedPolicy {
  readonly statements: readonly PreparedStatement[];
  readonly denials: readonly PreparedStatement[];
  readonly permissions: readonly PreparedStatement[];
}

interface PreparedStatement {
  readonly statement: TrustStatement;
  readonly isPrincipal: PrincipalTest;
  readonly isAction: ActionTest;
  readonly conditions: readonly PreparedCondition[];
}

/** Prepares a policy; what takes time is done here, once. */
export function prepare(document: TrustDocument): PreparedPolicy {
  const variables = document.version === "2012-10-17";
  const statements = document.statements.map((statement) => ({
    statement,
    isPrincipal: compilePrincipals(statement.principals),
    isAction: compileActions(
      statement.actions.map(({ text }) => text),
      statement.notAction,
    ),
    conditions: statement.conditions.map((condition) => prepareCondition(condition, variables)),
  }));
  const having = (effect: TrustStatement["effect"]): PreparedStatement[] =>
    statements.filter(({ statement }) => statement.effect === effect);
  return { statements, denials: having("Deny"), permissions: having("Allow") };
}

/**
 * Whether the policy lets a request in. Made to be called millions of times: for a policy without variables
 * it allocates next to nothing.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export const allows = (policy: PreparedPolicy, context: RequestContext): boolean =>
  !anyApplies(policy.denials, context) && anyApplies(policy.permissions, context);

/** The decision alone: an explicit deny wins over whatever allows. */
export function decide(policy: PreparedPolicy, context: RequestContext): Decision {
  if (anyApplies(policy.denials, context)) return "explicitDeny";
  return anyApplies(policy.permissions, context) ? "allow" : "implicitDeny";
}

/** The decision, and of every statement and condition why. Agrees with `allows` and `decide`. */
export function explain(policy: PreparedPolicy, context: RequestContext): Explanation {
  const statements = policy.statements.map((prepared, index) => recordOf(prepared, index, context));
  const applies = (effect: TrustStatement["effect"]): boolean =>
    statements.some((record) => record.applies && record.statement.effect === effect);
  return { decision: applies("Deny") ? "explicitDeny" : applies("Allow") ? "allow" : "implicitDeny", statements };
}

/**
 * The keys of a request as the evaluator takes them.
 *
 * @param values one value or several of each key, in whatever case the key is written; `undefined` for a
 *   key that the request lacks.
 */
export function conditionKeys(values: Readonly<Record<string, string | readonly string[] | undefined>>): ConditionKeys {
  const keys = new Map<string, readonly string[]>();
  for (const [key, value] of Object.entries(values))
    if (value !== undefined) keys.set(key.toLowerCase(), typeof value === "string" ? [value] : value);
  return keys;
}

function anyApplies(statements: readonly PreparedStatement[], context: RequestContext): boolean {
  for (const statement of statements) if (applies(statement, context)) return true;
  return false;
}

function applies(
  { isPrincipal, isAction, conditions }: PreparedStatement,
  { action, principal, keys }: RequestContext,
): boolean {
  if (!isAction(action) || !isPrincipal(principal)) return false;
  for (const condition of conditions) if (!condition.holds(keys)) return false;
  return true;
}

function recordOf(
  { statement, isPrincipal, isAction, conditions }: PreparedStatement,
  index: number,
  { action, principal, keys }: RequestContext,
): StatementRecord {
  const records = conditions.map((condition) => condition.explain(keys));
  const principalMatches = isPrincipal(principal);
  const actionMatches = isAction(action);
  return {
    statement,
    index,
    principalMatches,
    actionMatches,
    conditions: records,
    applies: principalMatches && actionMatches && records.every(({ holds }) => holds),
  };
}
