import type { AccessModel, ValueModel } from "../model/model";
import { isUnknown } from "../trust/trust-model";
import { formatText, isKnown, type Text } from "../trust/text";
import type { RolePair } from "./match";
import { occurrences } from "./occurrences";
import { sameText } from "./role-policies";
import type { ValueChange } from "./schema";

/**
 * What becomes of variables and secrets that are the ARN of a role, before or after: any other value is no way to one.
 * What a secret is, is never told, not even where the source knows.
 */
export function valueChanges(before: AccessModel, after: AccessModel, pairs: readonly RolePair[]): ValueChange[] {
  const names = new RoleNames(pairs);
  return occurrences(before.values, after.values, keyOf).flatMap(([was, is]) => {
    const value = is ?? was;
    if (!value || ((was?.role ?? null) === null && (is?.role ?? null) === null)) return [];
    const shown = ({ role }: ValueModel): string | null =>
      role === null || value.kind === "secret" ? null : names.arnOrName(role);
    const place = {
      kind: value.kind,
      name: formatText(value.name),
      repository: value.repository === null ? null : formatText(value.repository),
      environment: value.environment === null ? null : formatText(value.environment),
      before: was ? shown(was) : null,
      after: is ? shown(is) : null,
      location: value.location,
    };
    return changesOf(was, is).map((change): ValueChange => ({ ...place, change }));
  });
}

/** GitHub ignores case in these names. */
const keyOf = ({ kind, name, repository, environment }: ValueModel): string =>
  JSON.stringify([
    kind,
    ...[repository, environment, name].map((text) => (text === null ? null : formatText(text).toLowerCase())),
  ]);

function changesOf(before: ValueModel | undefined, after: ValueModel | undefined): ValueChange["change"][] {
  if (!before) return ["added"];
  if (!after) return ["removed"];
  return [...roleChange(before.role, after.role), ...visibilityChange(before.visibleTo, after.visibleTo)];
}

function roleChange(before: Text | null, after: Text | null): ValueChange["change"][] {
  if (before === after || (before !== null && after !== null && sameText(before, after))) return [];
  return [[before, after].every((role) => role === null || isKnown(role)) ? "points elsewhere" : "known after apply"];
}

/** A change of which it is not known whom it concerns is both. */
function visibilityChange(before: ValueModel["visibleTo"], after: ValueModel["visibleTo"]): ValueChange["change"][] {
  if (isUnknown(before) && isUnknown(after) && before.unknown === after.unknown) return [];
  return [
    ...(isAmong(after, before) ? [] : ["seen by more" as const]),
    ...(isAmong(before, after) ? [] : ["seen by fewer" as const]),
  ];
}

/** Whether a value is surely seen by no repository beside those that see another one. Public ones are not among `private`. */
function isAmong(some: ValueModel["visibleTo"], all: ValueModel["visibleTo"]): boolean {
  if (some === all || all === "all") return true;
  if (!Array.isArray(some)) return false;
  if (some.length === 0) return true;
  if (!Array.isArray(all)) return false;
  const names = new Set(all.map(lower));
  return some.every((each) => names.has(lower(each)));
}

const lower = (text: Text): string => formatText(text).toLowerCase();

/** Roles by the ARNs that are not known yet, for what refers to one. */
class RoleNames {
  private readonly byArn = new Map<string, string>();

  constructor(pairs: readonly RolePair[]) {
    for (const { before, after } of pairs)
      for (const found of [before, after])
        if (found && !isKnown(found.role.arn)) this.byArn.set(formatText(found.role.arn), formatText(found.role.name));
  }

  arnOrName(arn: Text): string {
    if (isKnown(arn)) return arn;
    const written = formatText(arn);
    const last = arn.at(-1);
    return (
      this.byArn.get(written) ??
      (typeof last === "string" && last.includes("/") ? last.slice(last.lastIndexOf("/") + 1) : written)
    );
  }
}
