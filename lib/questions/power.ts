import { parseIamArn } from "../aws/arn";
import { awsManagedGrant, awsManagedPoliciesDate } from "../aws/permissions/aws-managed";
import { type Grant, grantOf } from "../aws/permissions/grant";
import { compareLevels, type Power } from "../aws/permissions/level";
import { combinedPower, withinBoundary } from "../aws/permissions/power";
import { type PermissionsStatement, readPermissions } from "../aws/permissions/read-policy";
import { quoted } from "../aws/policy/position";
import type { RoleModel } from "../model/model";
import { isUnknown } from "../trust/trust-model";
import { formatText, isKnown, type Text } from "../trust/text";

/** A policy of a role: one that AWS manages, one that was read, or why neither. */
type Policy =
  | { readonly awsManaged: string }
  /** `arn` only of a managed policy. */
  | { readonly name: string; readonly arn?: string; readonly statements: readonly PermissionsStatement[] }
  | { readonly unknown: string };

/**
 * What a role can do, in one word with reasons. Never less than the role's policies give, as far as they are known: a
 * Deny counts only where it is sure to take something away, and a condition counts as fulfilled. Whatever AWS looks at
 * beside the role's own policies and boundary (policies of resources and of the organization) is left out.
 *
 * A permissions boundary caps the level where AWS manages it or its document is known; of any other the reasons say that it may.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export function powerOf(role: RoleModel): Power {
  const known = powers.get(role) ?? worked(role);
  powers.set(role, known);
  return known;
}

/** Several ask of the same role. */
const powers = new WeakMap<RoleModel, Power>();

function worked(role: RoleModel): Power {
  const policies = policiesOf(role);
  const read = policies.flatMap((policy) => ("statements" in policy ? [policy] : []));
  const denies = read.flatMap(({ statements }) => statements.filter(({ effect }) => effect === "Deny"));
  const own = [role.arn, ...read.map(({ arn }) => arn)].filter((arn) => typeof arn === "string");
  const grants: Grant[] = [];
  const unknowns: string[] = [];
  for (const policy of policies) {
    if ("unknown" in policy) unknowns.push(policy.unknown);
    else if ("statements" in policy) grants.push(grantOf(policy.name, policy.statements, denies, own));
    else {
      const grant = awsManagedGrant(policy.awsManaged, denies);
      if (grant) grants.push(grant);
      else unknowns.push(`AWS's list of ${awsManagedPoliciesDate} does not have policy ${quoted(policy.awsManaged)}`);
    }
  }
  return bounded(role, grants, unknowns, own);
}

/** Caps what policies give by a permissions boundary. @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html */
function bounded(
  { permissionsBoundary: arn, boundaryDocument: document }: RoleModel,
  grants: readonly Grant[],
  unknowns: readonly string[],
  own: readonly string[],
): Power {
  const power = combinedPower(grants, unknowns);
  if (arn === null) return power;
  const limit = limitOf(managedPolicy({ arn, document }), own);
  if (!limit)
    return {
      ...power,
      because: [
        ...power.because,
        `permissions boundary ${quoted(formatText(arn))} may allow less: its document is not known`,
      ],
    };
  const within = combinedPower(
    grants.map((grant) => withinBoundary(grant, limit)),
    unknowns,
  );
  const most = combinedPower([limit]).level;
  const level = compareLevels(most, within.level) < 0 ? most : within.level;
  return level === power.level
    ? power
    : { level, because: [...within.because, `permissions boundary ${quoted(limit.policy)} allows no more`] };
}

/** What a boundary lets through; `undefined` where it is not known. */
function limitOf(boundary: Policy, own: readonly string[]): Grant | undefined {
  if ("awsManaged" in boundary) return awsManagedGrant(boundary.awsManaged, []);
  if ("unknown" in boundary) return undefined;
  return grantOf(
    boundary.name,
    boundary.statements,
    boundary.statements.filter(({ effect }) => effect === "Deny"),
    own,
  );
}

function policiesOf({ managedPolicies, inlinePolicies }: RoleModel): Policy[] {
  const managed: Policy[] = isUnknown(managedPolicies)
    ? [{ unknown: `its managed policies are not known: ${managedPolicies.unknown}` }]
    : managedPolicies.map(managedPolicy);
  const inline: Policy[] = isUnknown(inlinePolicies)
    ? [{ unknown: `its inline policies are not known: ${inlinePolicies.unknown}` }]
    : inlinePolicies.map(({ name, document }) => readPolicy(formatText(name), document));
  return [...managed, ...inline];
}

function managedPolicy({ arn, document }: { readonly arn: Text; readonly document: Text | null }): Policy {
  const awsManaged = awsManagedName(arn);
  if (awsManaged !== undefined) return { awsManaged };
  const name = isKnown(arn) ? arn.slice(arn.lastIndexOf("/") + 1) : formatText(arn);
  if (document === null) return { unknown: `the document of policy ${quoted(name)} is not known` };
  const policy = readPolicy(name, document);
  return "statements" in policy && isKnown(arn) ? { ...policy, arn } : policy;
}

function readPolicy(name: string, document: Text): Policy {
  if (!isKnown(document)) return { unknown: `the document of policy ${quoted(name)} is not all known` };
  const reading = readPermissions(document);
  return "refused" in reading
    ? { unknown: `the document of policy ${quoted(name)} is no permissions policy: ${reading.refused}` }
    : { name, statements: reading.statements };
}

/** Path and name of a policy that AWS manages, or `undefined` for any other. */
export function awsManagedName(arn: Text): string | undefined {
  const parsed = isKnown(arn) ? parseIamArn(arn) : undefined;
  return parsed?.account === "aws" && parsed.type === "policy" ? parsed.resource : undefined;
}
