import type { PermissionsStatement } from "./read-policy";
import { allowedResources, certainlyDenies, withoutVariables } from "./resource";
import { meet, standsFor } from "./wildcards";

/** Actions that an Allow leaves after all that certainly denies them: those of `actions` that are none of `except`. */
export interface Remaining {
  /** As written. */
  readonly actions: readonly string[];
  /** In lower case. */
  readonly except: readonly string[];
}

/**
 * The actions that an Allow leaves on each of its resources, never fewer than it does: what is denied in part, or under a
 * condition, counts as allowed.
 */
export const remainingActions = (allow: PermissionsStatement, denies: readonly PermissionsStatement[]): Remaining[] =>
  distinct(
    allowedResources(allow).map((resource) =>
      denies.filter((deny) => certainlyDenies(deny, withoutVariables(resource))),
    ),
  ).map((certain) => without(allow, certain));

/** Most resources are denied alike. */
const distinct = (lists: readonly PermissionsStatement[][]): PermissionsStatement[][] =>
  lists.filter(
    (list, index) =>
      lists.findIndex((other) => other.length === list.length && other.every((each, at) => each === list[at])) ===
      index,
  );

function without(allow: PermissionsStatement, denies: readonly PermissionsStatement[]): Remaining {
  const denied = denies.filter(({ notAction }) => !notAction).flatMap(({ actions }) => actions);
  const except = [...(allow.notAction ? allow.actions : []), ...denied].map(lowered);
  const only = denies.filter(({ notAction }) => notAction).map(({ actions }) => actions);
  const allowed = allow.notAction ? ["*"] : allow.actions;
  const left = only.reduce<readonly string[]>(
    (actions, others) => actions.flatMap((action) => common(action, others)),
    allowed,
  );
  return { actions: left.filter((action) => !except.some((each) => standsFor(each, lowered(action)))), except };
}

/** What an action has in common with others, where one of the two holds the other; else all of it, if they have anything in common. */
const common = (action: string, others: readonly string[]): string[] =>
  others.flatMap((other) => {
    if (standsFor(lowered(action), lowered(other))) return [other];
    return meet(lowered(action), lowered(other)) ? [action] : [];
  });

/** Case does not matter in actions. */
const lowered = (action: string): string => action.toLowerCase();
