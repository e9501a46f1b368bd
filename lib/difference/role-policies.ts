import { inLanguageOf2012 } from "../aws/permissions/excess";
import { type PermissionsStatement, readPermissions } from "../aws/permissions/read-policy";
import type { RoleModel } from "../model/model";
import { isUnknown } from "../trust/trust-model";
import { awsManagedName } from "../questions/power";
import { formatText, isKnown, type Text, unknownsOf } from "../trust/text";

/** A policy of a role, as far as it can be compared with others. */
export interface RolePolicy {
  /** The same before and after for the same policy. */
  readonly key: string;
  /** As people know it: of AWS's own `ReadOnlyAccess`, of any other managed one its ARN, of an inline one its name. */
  readonly name: string;
  /** `undefined` of an inline policy. */
  readonly arn: Text | undefined;
  /** Path and name of one that AWS manages. */
  readonly awsManaged: string | undefined;
  readonly content: PolicyContent;
}

/** What a policy says; that it stands in no source; or why it was not read. */
export type PolicyContent =
  | { readonly statements: readonly PermissionsStatement[] }
  | "elsewhere"
  | { readonly unread: string; readonly document: Text };

/** What a role has of one kind of policies, or why that is not known. */
export type RolePolicies = { readonly policies: readonly RolePolicy[] } | { readonly unknown: string };

export function managedPoliciesOf({ managedPolicies }: Pick<RoleModel, "managedPolicies">): RolePolicies {
  if (isUnknown(managedPolicies)) return managedPolicies;
  return { policies: managedPolicies.map(managedPolicy) };
}

const managedPolicy = ({ arn, document }: { readonly arn: Text; readonly document: Text | null }): RolePolicy => ({
  key: `managed ${formatText(arn)}`,
  name: nameOfManaged(arn),
  arn,
  awsManaged: awsManagedName(arn),
  content: document === null ? "elsewhere" : contentOf(document),
});

export function inlinePoliciesOf({ inlinePolicies }: Pick<RoleModel, "inlinePolicies">): RolePolicies {
  if (isUnknown(inlinePolicies)) return inlinePolicies;
  return {
    policies: inlinePolicies.map(({ name, document }): RolePolicy => ({
      key: `inline ${formatText(name)}`,
      name: formatText(name),
      arn: undefined,
      awsManaged: undefined,
      content: contentOf(document),
    })),
  };
}

/** The policy that bounds a role; `null` where none does. */
export function boundaryOf({ permissionsBoundary: arn, boundaryDocument: document }: RoleModel): RolePolicy | null {
  return arn === null ? null : managedPolicy({ arn, document });
}

/** Whoever names a policy of an account as one of AWS's is not taken at that word. */
export const nameOfManaged = (arn: Text): string => awsManagedName(arn) ?? formatText(arn);

function contentOf(document: Text): PolicyContent {
  if (!isKnown(document)) return { unread: `it is not all known: ${unknownsOf(document).join(", ")}`, document };
  const reading = readPermissions(document);
  if ("refused" in reading) return { unread: `it is no permissions policy: ${reading.refused}`, document };
  if (!MAY_HAVE_VARIABLES.test(document)) return { statements: reading.statements };
  return { statements: inLanguageOf2012(reading.statements, versionOf(document)) };
}

/** What begins a variable, in JSON also where either of its two characters is escaped. */
const MAY_HAVE_VARIABLES = /(?:\$|\\u0024)(?:\{|\\u007b)/i;

function versionOf(document: string): string | undefined {
  const { Version } = JSON.parse(document) as { readonly Version?: string };
  return Version;
}

/** When the document of a policy is not known that is there before and after; `undefined` where nothing tells that it changes, or both are read. */
export function unreadWhen(was: PolicyContent, is: PolicyContent): "before" | "after" | "before and after" | undefined {
  if (typeof was === "object" && "statements" in was) return statementsIn(is) ? undefined : "after";
  if (typeof is === "object" && "statements" in is) return "before";
  if (was === "elsewhere" || is === "elsewhere") return was === is ? undefined : "before and after";
  return sameText(was.document, is.document) ? undefined : "before and after";
}

/** The statements of a policy that was read; `undefined` of any other. */
export const statementsIn = (content: PolicyContent): readonly PermissionsStatement[] | undefined =>
  typeof content === "object" && "statements" in content ? content.statements : undefined;

export const sameText = (a: Text, b: Text): boolean => a === b || formatText(a) === formatText(b);

/**
 * Whether an ARN of which part is not known until apply may be that of a policy that is there: its name is known, and
 * nothing else of it differs.
 */
export function mayBeArn(planned: Text, arn: Text): boolean {
  if (isKnown(planned) || !isKnown(arn)) return false;
  const last = planned.at(-1);
  if (typeof last !== "string" || !last.includes("/")) return false;
  let from = 0;
  for (const [index, part] of planned.entries()) {
    if (typeof part !== "string") continue;
    const at = index === planned.length - 1 ? arn.length - part.length : arn.indexOf(part, from);
    if (at < from || (index === 0 && at !== 0) || !arn.startsWith(part, at)) return false;
    from = at + part.length;
  }
  return true;
}
