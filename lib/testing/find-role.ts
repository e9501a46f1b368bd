import { rolesIn, type FoundRole } from "../model/find-role";
import type { AccessModel } from "../model/model";
import { formatText, isKnown } from "../trust/text";
import { nearest } from "../github/nearest";

/** The one role of a name or ARN, or why there is not one. */
export function findRole(model: AccessModel, wanted: string): FoundRole | { readonly undecided: string } {
  const all = rolesIn(model);
  const found = all.filter(({ role }) => role.name === wanted || role.arn === wanted);
  const [only] = found;
  if (found.length > 1)
    return {
      undecided: `${found.length} roles are named "${wanted}": give the ARN of one, ${found.map(({ role }) => formatText(role.arn)).join(" or ")}`,
    };
  return only ?? { undecided: absent(wanted, all, model.notes) };
}

function absent(wanted: string, all: readonly FoundRole[], notes: readonly string[]): string {
  const names = all.map(({ role }) => role.name).filter(isKnown);
  const near = nearest(wanted, names);
  const hidden = all.length - names.length;
  return [
    `there is no role "${wanted}"${near === undefined ? "" : `: did you mean "${near}"?`}`,
    names.length === 0 ? "No role has a known name" : `The roles are ${names.join(", ")}`,
    ...(hidden === 0 ? [] : [`The name of ${hidden} more is not known before the plan`]),
    ...notes,
  ].join("\n");
}
