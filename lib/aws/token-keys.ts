import { CERTAIN_CLAIM_KEYS, GITHUB_CLAIM_KEYS, knowsGithubClaims, OIDC_CLAIM_KEYS } from "./condition-keys";
import type { Partition } from "./partition";

/** What is known of a call of AssumeRoleWithWebIdentity, beside the token. */
export interface WebIdentityRequest {
  /** The issuer without `https://`: what the condition keys begin with. */
  readonly issuer: string;
  readonly partition: Partition;
  /** Whether somebody vouches that AWS makes keys of GitHub's own claims, also where it does not document them. @default false */
  readonly assertsClaimKeys?: boolean;
  /**
   * ARN of the OIDC provider that stands for the issuer, for `aws:FederatedProvider`. AWS documents that
   * key for sessions that exist already, so leave this out to have the key absent. @default absent
   */
  readonly providerArn?: string;
  /** @default absent */
  readonly roleSessionName?: string;
  /** Address that the call comes from. @default absent */
  readonly sourceIp?: string;
  /** Region of the STS endpoint. @default absent */
  readonly region?: string;
  /** Time of the call, in seconds since 1970. @default absent */
  readonly at?: number;
}

/** Values of condition keys, by the key in lower case: IAM does not tell cases of keys apart. */
export type RequestKeys = ReadonlyMap<string, readonly string[]>;

/**
 * The condition keys that a trust policy sees for a token. A claim without a condition key is absent,
 * whatever the token says: a condition on it never holds, and a negated one always does.
 *
 * @param claims the token's payload. Only strings are claims here; `aud` and `amr` may be lists of them.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#condition-keys-wif
 */
export function conditionKeys(claims: object, request: WebIdentityRequest): RequestKeys {
  const known =
    request.assertsClaimKeys || knowsGithubClaims(request.issuer, request.partition)
      ? [...OIDC_CLAIM_KEYS, ...GITHUB_CLAIM_KEYS]
      : CERTAIN_CLAIM_KEYS;
  const keys = new Map<string, readonly string[]>(globalKeys(request));
  for (const claim of known) {
    const values = valuesOf(claim, claims);
    if (values.length > 0) keys.set(`${request.issuer}:${claim}`.toLowerCase(), values);
  }
  return keys;
}

/** Only these have several values; a list in place of another claim is none that AWS documents. */
const LISTS: readonly string[] = ["amr", "aud"];

function valuesOf(claim: string, claims: object): readonly string[] {
  const value: unknown = Object.hasOwn(claims, claim) ? (claims as Record<string, unknown>)[claim] : undefined;
  if (typeof value === "string") return [value];
  return LISTS.includes(claim) && Array.isArray(value) && value.every((each) => typeof each === "string") ? value : [];
}

/**
 * Keys that do not come from the token. Those of the caller (`aws:PrincipalArn`, `aws:userid`) are absent:
 * nobody has signed the call. STS is reached by TLS alone.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#ck_rolesessionname
 */
function globalKeys({
  providerArn,
  roleSessionName,
  sourceIp,
  region,
  at,
}: WebIdentityRequest): [string, readonly string[]][] {
  const keys: readonly (readonly [string, string | undefined])[] = [
    ["aws:securetransport", "true"],
    ["aws:federatedprovider", providerArn],
    ["sts:rolesessionname", roleSessionName],
    ["aws:sourceip", sourceIp],
    ["aws:requestedregion", region],
    ["aws:currenttime", at === undefined ? undefined : new Date(at * 1_000).toISOString().replace(".000Z", "Z")],
    ["aws:epochtime", at === undefined ? undefined : String(at)],
  ];
  return keys.flatMap(([key, value]) => (value === undefined ? [] : [[key, [value]]]));
}
