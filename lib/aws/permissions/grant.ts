import { matches } from "../pattern";
import { writingAction } from "./action-level";
import { type EscalationNeed, NEEDS } from "./escalation";
import type { Level } from "./level";
import { isStateLock } from "./state-lock";
import { isEveryAction, type PermissionsCondition, type PermissionsStatement } from "./read-policy";
import { remainingActions } from "./remaining";
import { allowedResources, allOfKind, certainlyDenies, isOfKind, withoutVariables } from "./resource";
import { patternOf, standsFor } from "./wildcards";

/** What one policy gives, after what is denied. */
export interface Grant {
  /** Name of the policy. */
  readonly policy: string;
  readonly level: Exclude<Level, "unknown" | "administrator">;
  /** Actions that make the level, as written; none where only the level is known. */
  readonly actions: readonly string[];
  /** Whether it allows every action on every resource. */
  readonly everything: Evidence | undefined;
  /** Which needs of escalations it fulfils, by their keys. */
  readonly needs: ReadonlyMap<string, Evidence>;
}

/** How something is allowed. */
export interface Evidence {
  /** The resource as written; `undefined` where any would do. */
  readonly on: string | undefined;
  /** What may narrow it, as `a condition on aws:SourceIp`. */
  readonly condition: string | undefined;
}

/**
 * What a policy gives, never less than it does. A Deny counts where it is sure to take an action away: without a
 * condition, and on all the resources that an Allow is about.
 *
 * @param own ARNs of the role itself and of policies of its own
 */
export function grantOf(
  policy: string,
  statements: readonly PermissionsStatement[],
  denies: readonly PermissionsStatement[],
  own: readonly string[],
): Grant {
  const allows = statements.filter(({ effect }) => effect === "Allow");
  return {
    policy,
    ...levelOf(allows, denies),
    everything: everythingOf(allows, denies),
    needs: needsOf(allows, denies, own),
  };
}

function levelOf(
  allows: readonly PermissionsStatement[],
  denies: readonly PermissionsStatement[],
): Pick<Grant, "level" | "actions"> {
  const remaining = allows.flatMap((allow) => remainingActions(allow, denies).map((each) => ({ ...each, allow })));
  const writing = remaining.flatMap(({ actions, except, allow }) =>
    actions.flatMap((action) => (onlyReads(action, allow) ? [] : (writingAction(action, except) ?? []))),
  );
  if (writing.length > 0) return { level: "writes", actions: [...new Set(writing)] };
  const reading = remaining.flatMap(({ actions }) => actions);
  return { level: reading.length > 0 ? "reads" : "nothing", actions: [...new Set(reading)] };
}

/** Whether an action that AWS counts as writing changes nothing where a statement allows it, but for the lock of a Terraform state. */
const onlyReads = (action: string, statement: PermissionsStatement): boolean =>
  isReadingSession(action, statement) || action.toLowerCase() === DATA_KEY || isStateLock(action, statement);

/** Answers with a key and keeps nothing. @see https://docs.aws.amazon.com/kms/latest/APIReference/API_GenerateDataKey.html */
const DATA_KEY = "kms:generatedatakey";

/**
 * A session of S3 Express One Zone may be asked to only read.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/s3-express-security-iam-identity-policies.html
 */
const isReadingSession = (action: string, { conditions }: PermissionsStatement): boolean =>
  action.toLowerCase() === "s3express:createsession" &&
  conditions.some(
    ({ operator, key, values }) =>
      operator === "StringEquals" &&
      key.toLowerCase() === "s3express:sessionmode" &&
      values.every((value) => value === "ReadOnly"),
  );

/** Where some of it is denied, what is left is told by the needs that it fulfils. */
function everythingOf(
  allows: readonly PermissionsStatement[],
  denies: readonly PermissionsStatement[],
): Evidence | undefined {
  if (denies.some((deny) => certainlyDenies(deny, "*"))) return undefined;
  const found = allows.filter(
    ({ actions, notAction, resources, notResource }) =>
      !notAction && actions.some(isEveryAction) && !notResource && resources.includes("*"),
  );
  return leastNarrow(found.map(({ conditions }) => ({ on: "*", condition: conditionOn(conditions) })));
}

function needsOf(
  allows: readonly PermissionsStatement[],
  denies: readonly PermissionsStatement[],
  own: readonly string[],
): Map<string, Evidence> {
  const found = new Map<string, Evidence>();
  const concerned = allows.filter(mayFulfil);
  if (concerned.length === 0) return found;
  for (const [key, need] of NEEDS) {
    const evidence = leastNarrow(concerned.flatMap((allow) => fulfilled(need, allow, denies, own) ?? []));
    if (evidence) found.set(key, evidence);
  }
  return found;
}

const NEEDED_ACTIONS = new Set([...NEEDS.values()].map(({ action }) => action.toLowerCase()));

/** Whether a statement may be about an action of any need: most name others. */
const mayFulfil = ({ actions, notAction }: PermissionsStatement): boolean =>
  notAction || actions.some((action) => /[*?]/.test(action) || NEEDED_ACTIONS.has(action.toLowerCase()));

/** How a statement fulfils a need. */
function fulfilled(
  need: EscalationNeed,
  allow: PermissionsStatement,
  denies: readonly PermissionsStatement[],
  own: readonly string[],
): Evidence | undefined {
  if (!allow.isAction(need.action) || (need.named && !allow.names(need.action)) || !passesTo(need, allow))
    return undefined;
  const found = allowedResources(allow).find((resource) =>
    wanted(need, withoutVariables(resource), own).some((each) => !denies.some((deny) => takesAway(deny, need, each))),
  );
  if (found === undefined) return undefined;
  return {
    on: need.all === undefined ? undefined : found,
    condition: conditionOn(allow.conditions.filter(({ key }) => key.toLowerCase() !== PASSED_TO)),
  };
}

/** Resources with which a need is fulfilled, of those that a statement's resource stands for. */
function wanted({ all, own: ownWillDo }: EscalationNeed, resource: string, own: readonly string[]): string[] {
  if (all === undefined) return [resource];
  const kind = allOfKind(resource, all);
  if (standsFor(resource, kind)) return [kind];
  return ownWillDo ? own.filter((arn) => isOfKind(arn, all) && standsFor(resource, arn)) : [];
}

/** Whether a Deny certainly takes away what fulfils a need, on a resource that is a pattern itself. */
export const takesAway = (deny: PermissionsStatement, { action }: EscalationNeed, resource: string): boolean =>
  deny.isAction(action) && certainlyDenies(deny, resource);

/** In lower case. @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#ck_PassedToService */
const PASSED_TO = "iam:passedtoservice";

/** Whether the conditions leave it open that a role is passed to the service. */
function passesTo({ passedTo }: EscalationNeed, { conditions }: PermissionsStatement): boolean {
  if (passedTo === undefined) return true;
  const limits = conditions.filter(
    ({ operator, key }) => key.toLowerCase() === PASSED_TO && NAMES_SERVICES.test(operator),
  );
  return limits.every(({ values }) => values.some((value) => isService(value, passedTo)));
}

const NAMES_SERVICES = /^(?:ForAnyValue:|ForAllValues:)?String(?:Equals|Like|EqualsIgnoreCase)(?:IfExists)?$/;

/** Whether a value of the condition may be the service, which in China has a name of its own. */
function isService(value: string, service: string): boolean {
  if (value.includes("${")) return true;
  const pattern = patternOf(value.toLowerCase());
  return matches(pattern, service) || matches(pattern, `${service}.cn`);
}

const conditionOn = (conditions: readonly PermissionsCondition[]): string | undefined =>
  conditions.length === 0
    ? undefined
    : `a condition on ${[...new Set(conditions.map(({ key }) => key))].join(" and ")}`;

/** The evidence without a condition, where there is one. */
export const leastNarrow = (found: readonly Evidence[]): Evidence | undefined =>
  found.find(({ condition }) => condition === undefined) ?? found[0];
