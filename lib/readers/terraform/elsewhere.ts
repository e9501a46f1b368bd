import type { AccountModel, RoleModel } from "../../model/model";
import type { PlanChange } from "../../model/plan-change";
import { formatText } from "../../trust/text";
import { keyOfRole, type RoleElsewhere } from "./attached-policies";
import type { Resources } from "./resources";
import { documentOf, type Roles } from "./roles";

/** One side of a plan. */
export interface Side {
  readonly roles: Roles;
  readonly resources: Resources;
}

/** What a plan changes of roles that it does not have itself: what it gives to them, and policies that they may have. */
export function elsewhere(before: Side, after: Side): PlanChange["elsewhere"] {
  const keys = new Set([...before.roles.elsewhere.keys(), ...after.roles.elsewhere.keys()]);
  // One that the plan makes, or deletes, is its own on the other side.
  const own =
    keys.size === 0
      ? new Set()
      : new Set(
          [before, after].flatMap(({ roles, resources }) =>
            roles.all.map(({ resource, model }) => keyOfRole(formatText(model.name), resource, resources)),
          ),
        );
  return {
    roles: [...keys].flatMap((key) => (own.has(key) ? [] : (roleElsewhere(key, before, after) ?? []))),
    policies: policiesElsewhere(before, after),
  };
}

function roleElsewhere(
  key: string,
  before: Side,
  after: Side,
): NonNullable<PlanChange["elsewhere"]>["roles"][number] | undefined {
  const [was, is] = [before.roles.elsewhere.get(key), after.roles.elsewhere.get(key)];
  const any = is ?? was;
  if (!any) return undefined;
  const { id, partition, region } = (is ? after : before).resources.accountOf(any.giver);
  const account: AccountModel = { name: null, id, partition, region, providers: [], roles: [] };
  return { account, before: modelOf(was, any, before), after: modelOf(is, any, after) };
}

/** With the policies that the plan gives it, and nothing else known. @param any of either side */
const modelOf = (given: RoleElsewhere | undefined, any: RoleElsewhere, { resources }: Side): RoleModel => ({
  name: any.name,
  arn: [{ unknown: NOT_HERE }],
  path: [{ unknown: NOT_HERE }],
  sessionSeconds: { unknown: NOT_HERE },
  permissionsBoundary: null,
  boundaryDocument: null,
  trust: { unknown: NOT_HERE },
  managedPolicies: (given?.managed ?? []).map((each) => ({ arn: each.arn, document: documentOf(each, resources) })),
  inlinePolicies: [...(given?.inline ?? [])],
  location: { address: any.giver.address },
});

const NOT_HERE = "the plan does not have the role";

/** Policies that are there before and after, and that no role of the plan has. What is new, no other role has yet. */
function policiesElsewhere(before: Side, after: Side): NonNullable<PlanChange["elsewhere"]>["policies"] {
  const earlier = new Map(before.resources.of("aws_iam_policy").map((each) => [each.address, each]));
  return after.resources.of("aws_iam_policy").flatMap((policy) => {
    const was = earlier.get(policy.address);
    if (!was || was === policy || before.roles.policiesUsed.has(was) || after.roles.policiesUsed.has(policy)) return [];
    return [
      {
        address: policy.address,
        arn: before.resources.attribute(was, "arn"),
        before: documentOf({ policy: was }, before.resources),
        after: documentOf({ policy }, after.resources),
      },
    ];
  });
}
