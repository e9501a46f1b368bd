/** What may be told of a role: of itself, or of its account. */
export const ROLE_FACTS = ["arn", "region", "accountId", "partition", "name"] as const;
export type RoleFact = (typeof ROLE_FACTS)[number];

/** Names under which an environment's role is published, unless the file says otherwise. */
export const ROLE_ARN_VARIABLE = "AWS_ROLE_ARN";
/** The region always stands beside the role, under this name. */
export const REGION_VARIABLE = "AWS_REGION";

/**
 * What a published name ends in: `_<KEY>` of one role among several, `_<ACCOUNT>` of a role in several
 * accounts. In capitals, with "_" in the place of all that a name cannot have.
 */
export const nameSuffix = (...parts: readonly (string | undefined)[]): string =>
  parts
    .flatMap((part) => (part === undefined ? [] : [`_${part.toUpperCase().replaceAll(/[^A-Z0-9]/g, "_")}`]))
    .join("");
