import data from "./data/aws-managed-policies.json";
import { type EscalationNeed, NEEDS } from "./escalation";
import { type Evidence, type Grant, takesAway } from "./grant";
import { isEveryAction, type PermissionsStatement } from "./read-policy";
import { allOfKind, certainlyDenies } from "./resource";

/**
 * The policies that AWS manages: of each name the level, and the needs of escalations that its document fulfils, as
 * `scripts/aws-data.ts` worked them out.
 *
 * @see https://docs.aws.amazon.com/aws-managed-policy/latest/reference/about-managed-policy-reference.html
 */
const byName: ReadonlyMap<string, string> = new Map(
  Object.entries(data.policies).flatMap(([path, policies]) =>
    Object.entries(policies as Record<string, string>).map(([name, coded]) => [`${path}${name}`, coded] as const),
  ),
);

/** Names of the policies that AWS manages, each with its path as it stands in an ARN: `job-function/ViewOnlyAccess`. */
export const awsManagedPolicies: readonly string[] = [...byName.keys()];

/** Day of the newest policy of the list: `YYYY-MM-DD`. Of a name that is newer nothing is known. */
export const awsManagedPoliciesDate: string = data.updated;

/** Whether AWS's list has a policy, by path and name: `job-function/ViewOnlyAccess`. Case matters, as in an ARN. */
export const isAwsManagedPolicy = (pathAndName: string): boolean => byName.has(pathAndName);

const LEVELS = { n: "nothing", r: "reads", w: "writes" } as const;

/**
 * What a policy that AWS manages gives, or `undefined` when the list does not have it. What such a policy denies is
 * taken off what it allows itself, and off nothing else.
 *
 * @param denies statements of the role's other policies. They take away escalations; the level, whose actions the list
 *   does not have, only where they deny everything
 */
export function awsManagedGrant(pathAndName: string, denies: readonly PermissionsStatement[]): Grant | undefined {
  const coded = byName.get(pathAndName);
  if (coded === undefined) return undefined;
  const certain = denies.filter((deny) => certainlyDenies(deny, "*"));
  const deniesAll = certain.some(({ notAction, actions }) => !notAction && actions.some(isEveryAction));
  const { level, everything, needs } = decode(coded);
  return {
    policy: nameOf(pathAndName),
    level: deniesAll ? "nothing" : level,
    actions: [],
    everything: everything && certain.length === 0 ? { on: "*", condition: undefined } : undefined,
    needs: denies.length === 0 ? needs : new Map([...needs].filter(([key]) => !isTakenAway(NEEDS.get(key), denies))),
  };
}

/** The list has the needs of its policies on every resource. */
const isTakenAway = (need: EscalationNeed | undefined, denies: readonly PermissionsStatement[]): boolean =>
  need !== undefined &&
  denies.some((deny) => takesAway(deny, need, need.all === undefined ? "*" : allOfKind("*", need.all)));

const nameOf = (pathAndName: string): string => pathAndName.slice(pathAndName.lastIndexOf("/") + 1);

const decoded = new Map<string, Decoded>();

interface Decoded {
  readonly level: Grant["level"];
  readonly everything: boolean;
  readonly needs: ReadonlyMap<string, Evidence>;
}

/** `w*0,3?`: the level's letter, `*` for everything, then the places of needs in the data's list, with `?` for those under a condition. */
function decode(coded: string): Decoded {
  const known = decoded.get(coded);
  if (known) return known;
  const [, letter = "n", star, list = ""] = /^([nrw])(\*?)(.*)$/.exec(coded) ?? [];
  const needs = list === "" ? [] : list.split(",").map(decodeNeed);
  const result = { level: LEVELS[letter as keyof typeof LEVELS], everything: star === "*", needs: new Map(needs) };
  decoded.set(coded, result);
  return result;
}

function decodeNeed(coded: string): [key: string, evidence: Evidence] {
  const key = data.needs[Number.parseInt(coded, 10)] ?? "";
  return [
    key,
    {
      on: NEEDS.get(key)?.all === undefined ? undefined : "*",
      condition: coded.endsWith("?") ? "a condition" : undefined,
    },
  ];
}
