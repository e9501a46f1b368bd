import { replaceVariables } from "../policy/replace-variables";
import type { PermissionsStatement } from "./read-policy";
import { standsFor } from "./wildcards";

/** Stands where a policy variable stood: one character that names nothing. */
const VARIABLE = "$";

/** The resources that an Allow may be about, as written: what `NotResource` does not list may be anything. */
export const allowedResources = ({ resources, notResource }: PermissionsStatement): readonly string[] =>
  notResource ? ["*"] : resources;

/**
 * A resource with its variables taken for names. A variable is worth one text of a request: it never makes a resource mean all of a kind. Those that tell a user are
 * absent from the requests of a role, whose statements then match nothing.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
 */
export const withoutVariables = (resource: string): string => replaceVariables(resource, VARIABLE);

/**
 * All resources of a kind: of the partition, region and account that a resource speaks of, where it does.
 *
 * @param kind service and last component of their ARNs, as in `iam:role/*`
 */
export function allOfKind(resource: string, kind: string): string {
  const [, partition = "aws", , region = "*", account = "*"] = resource.split(":");
  const [service, last] = splitAtColon(kind);
  return `arn:${partition}:${service}:${service === "iam" ? "" : region}:${account}:${last}`;
}

/** Whether an ARN is of a kind, as `allOfKind` takes it. */
export const isOfKind = (arn: string, kind: string): boolean => standsFor(allOfKind(arn, kind), arn);

const splitAtColon = (text: string): [before: string, after: string] => [
  text.slice(0, text.indexOf(":")),
  text.slice(text.indexOf(":") + 1),
];

/**
 * Whether a Deny certainly takes its actions away on a resource. One whose resources have variables takes none away:
 * "${" stands in no resource that is asked for.
 */
export const certainlyDenies = (
  { resources, notResource, conditions }: PermissionsStatement,
  resource: string,
): boolean => conditions.length === 0 && !notResource && resources.some((each) => standsFor(each, resource));
