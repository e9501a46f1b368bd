/**
 * Limits of an IAM role. Each rule answers `undefined`, or says what is allowed.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html
 */

/** Most characters of a role's name. */
export const ROLE_NAME_LENGTH = 64;
/** Shortest and longest session of a role, in seconds. */
export const SESSION_SECONDS = { min: 3_600, max: 43_200 } as const;
/** Most managed policies of one role, after the quota has been raised as far as it goes. */
export const MAX_MANAGED_POLICIES = 25;
/** Most characters of all inline policies of one role together; white space is not counted. */
export const INLINE_POLICIES_LENGTH = 10_240;
/** Most characters of one managed policy; white space is not counted. */
export const MANAGED_POLICY_LENGTH = 6_144;
/** Most characters of a trust policy: the default quota and how far AWS raises it. */
export const TRUST_POLICY_LENGTH = { default: 2_048, max: 8_192 } as const;
/** Most audiences, which are client ids, of a provider. @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
export const MAX_AUDIENCES = 100;
/** Most tags of a role or provider. */
export const MAX_TAGS = 50;

export function roleNameRule(name: string): string | undefined {
  if (name.length > ROLE_NAME_LENGTH) return `use at most ${ROLE_NAME_LENGTH} characters, this has ${name.length}`;
  return /^[\w+=,.@-]+$/.test(name) ? undefined : 'use letters, digits and "+=,.@_-"';
}

export const rolePathRule = (path: string): string | undefined =>
  path.length <= 512 && (path === "/" || /^\/[\u0021-\u007e]+\/$/.test(path)) && !path.includes("//")
    ? undefined
    : 'begin and end with "/", as in "/github/", with at most 512 characters and no spaces';

/** Description of a role: Latin-1, at most 1,000 characters. */
export const descriptionRule = (text: string): string | undefined =>
  text.length <= 1_000 && /^[\u0009\u000A\u000D\u0020-\u007E\u00A1-\u00FF]*$/.test(text)
    ? undefined
    : "use at most 1,000 characters of Latin-1";

/** Name of an inline policy: shares its characters with a role's name, at most 128 of them. */
export const policyNameRule = (name: string): string | undefined =>
  /^[\w+=,.@-]{1,128}$/.test(name) ? undefined : 'use 1 to 128 letters, digits and "+=,.@_-"';

/** Name in IAM of a managed policy that is made for a role. */
export const customerPolicyName = (role: string, key: string): string => `${role}-${key}`;

/** Path of a managed policy: of fewer characters than a role's. @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreatePolicy.html */
export const policyPathRule = (path: string): string | undefined =>
  path.length <= 512 && /^(?:\/[A-Za-z0-9.,+@=_-]+)*\/$/.test(path)
    ? undefined
    : 'a policy\'s path has letters, digits and ".,+@=_-" between "/"';

export const sessionDurationRule = (seconds: number): string | undefined =>
  Number.isInteger(seconds) && seconds >= SESSION_SECONDS.min && seconds <= SESSION_SECONDS.max
    ? undefined
    : "a session lasts 1h to 12h";

/** Shortest and longest name of a session. @see https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html */
export const SESSION_NAME_LENGTH = { min: 2, max: 64 } as const;

/** Name of a session, or pattern with `*` and `?` of names. */
export function sessionNameRule(pattern: string): string | undefined {
  const { min, max } = SESSION_NAME_LENGTH;
  if (pattern.length < min || pattern.length > max)
    return `use ${min} to ${max} characters, this has ${pattern.length}`;
  if (!/^[\w+=,.@*?-]+$/.test(pattern)) return 'use letters, digits and "+=,.@_-", with "*" and "?" for a pattern';
  return /^[*?]+$/.test(pattern)
    ? "a wildcard alone admits every name: write a part of it, or leave it out"
    : undefined;
}

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_tags.html */
export function tagKeyRule(key: string): string | undefined {
  if (/^aws:/i.test(key)) return 'choose a key that does not start with "aws:": AWS keeps those for itself';
  return /^[\p{L}\p{Z}\p{N}_.:/=+\-@]{1,128}$/u.test(key)
    ? undefined
    : 'use 1 to 128 letters, digits, spaces and "_.:/=+-@"';
}

export const tagValueRule = (value: string): string | undefined =>
  /^[\p{L}\p{Z}\p{N}_.:/=+\-@]{0,256}$/u.test(value)
    ? undefined
    : 'use at most 256 letters, digits, spaces and "_.:/=+-@"';

/** An audience is a client id of the provider. @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateOpenIDConnectProvider.html */
export const audienceRule = (audience: string): string | undefined =>
  /^[\u0021-\u007e]{1,255}$/.test(audience) && !/[*?]|[$%]\{/.test(audience)
    ? undefined
    : 'use 1 to 255 characters without spaces, "*", "?" or "${", as in "sts.amazonaws.com"';
