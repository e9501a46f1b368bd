import type { PublishedValue, RoleScope, ValuePlace } from "./account-access";
import { nameSuffix, REGION_VARIABLE, ROLE_ARN_VARIABLE } from "./published-names";
import type { Path } from "../yaml/problem";
import { sortedReach } from "./resolve-organization";
import type { PublishConfig, PublishItem } from "./schema";

/** What decides where a role's values go, and under which names. */
export interface PublishContext {
  readonly scope: RoleScope;
  /** Where the values go, unless they say otherwise. */
  readonly place: ValuePlace;
  /** Name of the account, where the role is in several: it ends every name. */
  readonly account: string | undefined;
}

/**
 * The values that a role publishes. In an environment these are its ARN and, beside it, its region, unless
 * a list names each; in a repository only what is named.
 */
export function publishedValues(
  publish: PublishConfig | undefined,
  { scope, place, account }: PublishContext,
): PublishedValue[] {
  if (publish === false) return [];
  const suffix = nameSuffix(account);
  if (Array.isArray(publish)) return publish.map((item) => published(item, suffix, place));
  const key = "environment" in scope ? nameSuffix(scope.key) : undefined;
  const arn = publish
    ? published(publish, suffix, place)
    : key === undefined
      ? undefined
      : variable(`${ROLE_ARN_VARIABLE}${key}${suffix}`, "arn", place);
  if (!arn) return [];
  return key === undefined || arn.place !== place
    ? [arn]
    : [arn, variable(`${REGION_VARIABLE}${key}${suffix}`, "region", place)];
}

/** What of the file says that a value is published. */
export function pathOfPublished(publish: PublishConfig | undefined, index: number, role: Path): Path {
  if (publish === undefined) return role;
  return Array.isArray(publish) ? [...role, "publish", index] : [...role, "publish"];
}

function published(item: PublishItem, suffix: string, own: ValuePlace): PublishedValue {
  const [kind, name] = "variable" in item ? (["variable", item.variable] as const) : (["secret", item.secret] as const);
  return {
    kind,
    name: `${name}${suffix}`,
    value: item.value ?? "arn",
    place: item.organization === undefined ? own : { organization: sortedReach(item.organization) },
  };
}

const variable = (name: string, value: PublishedValue["value"], place: ValuePlace): PublishedValue => ({
  kind: "variable",
  name,
  value,
  place,
});
