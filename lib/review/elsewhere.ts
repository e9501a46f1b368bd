import { givenChanges } from "../difference/permissions";
import { policyChanges } from "../difference/policy-changes";
import type { PermissionChange, UnknownChange } from "../difference/schema";
import type { RoleModel } from "../model/model";
import type { PlanChange } from "../model/plan-change";

/** What a plan changes of roles that it does not have. */
export const permissionsElsewhere = ({ elsewhere }: PlanChange): PermissionChange[] =>
  (elsewhere?.roles ?? []).flatMap(givenChanges);

/** Policies that change, by meaning, of which the plan does not say which roles have them. */
export const policiesElsewhere = ({ elsewhere }: PlanChange): UnknownChange[] =>
  (elsewhere?.policies ?? []).flatMap(({ address, arn, before, after }) => {
    const [first, ...others] = policyChanges(having(arn, before), having(arn, after));
    const more = others.length === 0 ? "" : ` and ${others.length} more`;
    return first
      ? [
          {
            what: address,
            reason: `${first.change}: ${first.what}${more}; which roles have the policy, the plan does not say`,
            mayAdmit: false,
          },
        ]
      : [];
  });

const having = (
  arn: RoleModel["arn"],
  document: RoleModel["boundaryDocument"],
): Pick<RoleModel, "managedPolicies" | "inlinePolicies"> => ({
  managedPolicies: [{ arn, document }],
  inlinePolicies: [],
});
