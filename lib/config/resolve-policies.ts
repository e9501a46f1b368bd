import { awsManagedPolicyArn, foreignArnProblem, parseIamArn } from "../aws/arn";
import { awsManagedPolicies, awsManagedPoliciesDate, isAwsManagedPolicy } from "../aws/permissions/aws-managed";
import { policyLength, type PolicyDocument } from "../aws/policy-document";
import {
  customerPolicyName,
  INLINE_POLICIES_LENGTH,
  MANAGED_POLICY_LENGTH,
  MAX_MANAGED_POLICIES,
  policyNameRule,
  policyPathRule,
} from "../aws/role-rules";
import type { RoleAccess } from "./account-access";
import { nearest } from "../github/nearest";
import { fillPlaceholders } from "./placeholders";
import { quote, renderPath, type Path } from "../yaml/problem";
import type { RoleContext } from "./resolve-role";
import type { EnvironmentRoleConfig } from "./schema";

/** Where policies of a role are, and what they are read with. */
export type PoliciesContext = Pick<RoleContext, "account" | "path" | "policies" | "written" | "report">;

type PoliciesConfig = Pick<
  EnvironmentRoleConfig,
  "managedPolicies" | "customerPolicies" | "inlinePolicies" | "permissionsBoundary"
>;

/** An inline policy that is made for the role beside those of the file. */
export interface MadePolicy {
  readonly name: string;
  readonly document: PolicyDocument;
  /** The key of the role that makes it. */
  readonly by: string;
}

/** What a role may do: everything of it that its policies say. */
export function resolvePolicies(
  role: PoliciesConfig,
  name: string,
  context: PoliciesContext,
  made: readonly MadePolicy[] = [],
): Pick<RoleAccess, "managedPolicies" | "customerPolicies" | "inlinePolicies" | "permissionsBoundary"> {
  const managed = managedPolicies(role.managedPolicies ?? [], context);
  const customer = customerPolicies(role.customerPolicies ?? {}, name, context);
  const count = managed.length + customer.length;
  if (count > MAX_MANAGED_POLICIES)
    context.report({
      path: [...context.path, managed.length > 0 ? "managedPolicies" : "customerPolicies"],
      message: `${count} managed policies: IAM attaches at most ${MAX_MANAGED_POLICIES} to a role, make one of several`,
    });
  return {
    managedPolicies: managed,
    customerPolicies: customer,
    inlinePolicies: inlinePolicies(role.inlinePolicies ?? {}, context, made),
    permissionsBoundary: permissionsBoundary(role.permissionsBoundary, context),
  };
}

function managedPolicies(policies: readonly string[], { account, path, report }: PoliciesContext): string[] {
  const arns = policies.map((policy, index) => {
    const isArn = policy.startsWith("arn:");
    const wrong = isArn
      ? foreignArnProblem(parseIamArn(policy), "policy", account.id, account.partition, true)
      : unknownName(policy, account.partition);
    if (wrong) report({ path: [...path, "managedPolicies", index], message: `policy ${quote(policy)}: ${wrong}` });
    return isArn ? policy : awsManagedPolicyArn(account.partition, policy);
  });
  const distinct = [...new Set(arns)].sort();
  const names = new Map<string, string>();
  for (const arn of distinct) {
    const name = /^arn:[a-z-]+:iam::aws:policy\/(?:.*\/)?([^/]+)$/.exec(arn)?.[1];
    const twin = name === undefined ? undefined : names.get(name);
    if (twin !== undefined)
      report({
        path: [...path, "managedPolicies"],
        message: `${quote(twin)} and ${quote(arn)}: AWS has no two policies of one name, keep the one that it has`,
      });
    if (name !== undefined) names.set(name, arn);
  }
  return distinct;
}

/** Why AWS has no policy of that name. One that is newer than the list is named by its ARN. */
function unknownName(name: string, partition: RoleContext["account"]["partition"]): string | undefined {
  if (isAwsManagedPolicy(name)) return undefined;
  const meant = awsManagedPolicies.find((each) => each.endsWith(`/${name}`)) ?? nearest(name, awsManagedPolicies);
  const remedy =
    meant === undefined
      ? `write the ARN of a newer one, or of your own, as in "${awsManagedPolicyArn(partition, name)}"`
      : `did you mean "${meant}"? If it is newer, write its ARN`;
  return `AWS's list of ${awsManagedPoliciesDate} has none of that name: ${remedy}`;
}

/** @returns their names in IAM, and their documents */
function customerPolicies(
  policies: NonNullable<EnvironmentRoleConfig["customerPolicies"]>,
  role: string,
  context: PoliciesContext,
): RoleAccess["customerPolicies"] {
  const { account, path, report } = context;
  const loaded = documents(policies, "customerPolicies", context).map(({ name: key, document }) => ({
    key,
    name: customerPolicyName(role, key),
    document,
  }));
  const wrongPath = loaded.length > 0 ? policyPathRule(account.rolePath) : undefined;
  if (wrongPath)
    report({
      path: [...path, "customerPolicies"],
      atKey: true,
      message: `policies are made under the account's "rolePath" ${quote(account.rolePath)}: ${wrongPath}`,
    });
  for (const { key, name, document } of loaded) {
    const place: Path = [...path, "customerPolicies", key];
    const wrong = policyNameRule(key) === undefined ? policyNameRule(name) : undefined;
    if (wrong) report({ path: place, atKey: true, message: `policy name ${quote(name)}, of role and key: ${wrong}` });
    const twin = account.policyNames.get(name.toLowerCase());
    if (twin)
      report({
        path: place,
        atKey: true,
        message: `policy name ${quote(name)}, of role and key, is also at ${renderPath(context.written(twin))}, in the same account (IAM does not regard case): choose another key`,
      });
    else account.policyNames.set(name.toLowerCase(), place);
    const length = policyLength(JSON.stringify(document));
    if (length > MANAGED_POLICY_LENGTH)
      report({
        path: place,
        message: `policy ${quote(key)} of ${length} characters exceeds IAM's limit of ${MANAGED_POLICY_LENGTH} for a managed policy: split it in two`,
      });
  }
  return loaded;
}

function inlinePolicies(
  policies: NonNullable<EnvironmentRoleConfig["inlinePolicies"]>,
  context: PoliciesContext,
  made: readonly MadePolicy[],
): Pick<MadePolicy, "name" | "document">[] {
  const { path, report } = context;
  for (const { name, by } of made)
    if (Object.hasOwn(policies, name))
      report({
        path: [...path, "inlinePolicies", name],
        atKey: true,
        message: `policy ${quote(name)} is what "${by}" makes: give it another name`,
      });
  const loaded = inOrder([
    ...documents(policies, "inlinePolicies", context),
    ...made.map(({ name, document }) => ({ name, document })),
  ]);
  const length = loaded.reduce((sum, { document }) => sum + policyLength(JSON.stringify(document)), 0);
  if (length > INLINE_POLICIES_LENGTH)
    report({
      path: [...path, "inlinePolicies"],
      message: `inline policies of ${length} characters together exceed IAM's limit of ${INLINE_POLICIES_LENGTH}: put the largest under "customerPolicies", where each may have ${MANAGED_POLICY_LENGTH}`,
    });
  return loaded;
}

/** The documents, by name and in its order, with the account's values in place of placeholders. */
function documents(
  policies: NonNullable<EnvironmentRoleConfig["inlinePolicies"]>,
  kind: "inlinePolicies" | "customerPolicies",
  { account, path, policies: files, report }: PoliciesContext,
): { name: string; document: PolicyDocument }[] {
  const values = { accountId: account.id, region: account.region, partition: account.partition };
  const loaded = Object.entries(policies).flatMap(([name, source]) => {
    const result = files.load(source);
    if ("document" in result)
      return [{ name, document: result.hasPlaceholders ? fillPlaceholders(result.document, values) : result.document }];
    for (const { where, message } of result.problems)
      report({
        path: [...path, kind, name, ...where],
        message: typeof source === "string" ? message : `policy ${quote(name)}: ${message}`,
      });
    return [];
  });
  return inOrder(loaded);
}

const inOrder = <T extends { readonly name: string }>(policies: T[]): T[] =>
  policies.sort((a, b) => (a.name < b.name ? -1 : 1));

/** The role's own, or else the account's. */
function permissionsBoundary(
  own: EnvironmentRoleConfig["permissionsBoundary"],
  { account, path, report }: PoliciesContext,
): string | undefined {
  if (own === undefined) return account.permissionsBoundary;
  const place: Path = [...path, "permissionsBoundary"];
  if (own === false) {
    report({
      path: place,
      message:
        account.permissionsBoundary === undefined
          ? '"permissionsBoundary: false", and the account sets none: leave it out'
          : `"permissionsBoundary: false", and the account sets one, which holds for all its roles: leave it out, or name another policy`,
    });
    return undefined;
  }
  const wrong = foreignArnProblem(parseIamArn(own), "policy", account.id, account.partition, true);
  if (wrong) report({ path: place, message: `"permissionsBoundary" ${quote(own)}: ${wrong}` });
  return own;
}
