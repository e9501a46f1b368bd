import type { AssumeCall } from "../../aws/policy/assume-calls";
import type { Condition } from "../../aws/policy/condition";
import { isGithubIssuer, splitKey } from "../admitted/github-provider";

/**
 * What the values of a condition say of a caller: `caller`, who it is, so that no stranger is it; `limited`, only where
 * it is or that it is a service of AWS.
 */
export type Naming = "caller" | "limited";

/**
 * Keys of whoever signs a call, which AWS fills in and no stranger can choose. They are absent from calls that nobody
 * signs: those with an assertion or a token. A tag of the principal is none: its own account gives it.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
const WHOLE_NAMES = [
  "aws:principalorgid",
  "aws:principalaccount",
  "aws:principalservicename",
  "aws:principalservicenameslist",
  "aws:sourceaccount",
  "aws:sourceorgid",
];
const SIGNER_ARNS = ["aws:principalarn", "aws:sourcearn", "lambda:sourcefunctionarn", "ec2:sourceinstancearn"];
const ORGANIZATION_PATHS = ["aws:principalorgpaths", "aws:sourceorgpaths"];
const USER_ID = "aws:userid";

const SIGNER_KEYS: ReadonlySet<string> = new Set([...WHOLE_NAMES, ...SIGNER_ARNS, ...ORGANIZATION_PATHS, USER_ID]);

/** Whether a key says who has signed the call. */
const isOfSigner = (key: string): boolean => SIGNER_KEYS.has(key.toLowerCase());

/** Whether a key is a claim of GitHub's tokens. */
export const isGithubKey = (key: string): boolean => isGithubIssuer(splitKey(key)?.issuer ?? "");

/**
 * Whether no request of such a call has a key: nobody signs a call with an assertion or a token, and a session that was
 * got by a token of GitHub's does not keep its claims.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#condition-keys-wif
 */
export const isAbsentFrom = (call: AssumeCall, key: string): boolean =>
  (call !== "sts:AssumeRole" && isOfSigner(key)) || (call !== "sts:AssumeRoleWithWebIdentity" && isGithubKey(key));

/** Networks that are somebody's: a stranger has others. */
const NETWORKS: ReadonlySet<string> = new Set(["aws:sourcevpc", "aws:sourcevpce", "aws:vpceaccount", "aws:vpceorgid"]);

/** The role's own account or organization, which a caller's is compared with. */
const OWN: ReadonlySet<string> = new Set(
  ["account", "orgid", "orgpaths"].flatMap((what) => [
    `aws:principal${what} \${aws:resource${what}}`,
    `aws:resource${what} \${aws:principal${what}}`,
    `aws:source${what} \${aws:resource${what}}`,
    `aws:resource${what} \${aws:source${what}}`,
  ]),
);

/** How an operator compares, by its name without `Not`. */
const COMPARES: ReadonlyMap<string, Comparison> = new Map([
  ["StringEquals", "text"],
  ["StringEqualsIgnoreCase", "text"],
  ["StringLike", "pattern"],
  ["ArnEquals", "arn"],
  ["ArnLike", "arn"],
  ["IpAddress", "address"],
] as const);

/**
 * What the values of a condition say of a caller, whichever of them it is; `undefined` where one of them may be
 * anybody's. Of a negated operator: what is said of whom it does not exclude.
 *
 * @param variables whether `${…}` is a variable there, and not text
 */
export function namedBy({ operator, key, values }: Condition, variables: boolean): Naming | undefined {
  const compares = COMPARES.get(operator.base.replace("Not", ""));
  if (compares === undefined) return undefined;
  const namings = values.map(({ text }) => namingOf(key.toLowerCase(), text, compares, variables));
  if (namings.includes(undefined)) return undefined;
  return namings.includes("limited") ? "limited" : "caller";
}

type Comparison = "text" | "pattern" | "arn" | "address";

function namingOf(key: string, value: string, compares: Comparison, variables: boolean): Naming | undefined {
  if (compares === "address") return key === "aws:sourceip" && isSmallRange(value) ? "limited" : undefined;
  // What a variable stands for may be the caller's own choice.
  if (variables && value.includes("${")) return OWN.has(`${key} ${value.toLowerCase()}`) ? "caller" : undefined;
  const isOpen = compares !== "text" && /[*?]/.test(value);
  if (NETWORKS.has(key)) return isOpen ? undefined : "limited";
  return (isOpen ? patternNames(key, value, compares === "arn") : literalNames(key, value)) ? "caller" : undefined;
}

/** A text without wildcards is one caller, or none at all. */
function literalNames(key: string, value: string): boolean {
  // An issuer that AWS knows by itself has users of every account.
  if (key === "aws:federatedprovider") return value.startsWith("arn:");
  return isOfSigner(key) || key === "saml:doc" || key === "saml:namequalifier" || isIssuersKey(key);
}

/** A pattern says who it is where the account, the organization or the unique id stands before its wildcards. */
function patternNames(key: string, value: string, bySegments: boolean): boolean {
  if (SIGNER_ARNS.includes(key) || key === "aws:federatedprovider") return hasAccount(value, bySegments);
  if (ORGANIZATION_PATHS.includes(key)) return /^[^/*?]+\//.test(value);
  if (key === USER_ID) return /^(?:[A-Z0-9]{16,}|[0-9]{12}:)/.test(value);
  return key === "saml:doc" && /^[0-9]{12}\//.test(value);
}

/** A wildcard among texts reaches over colons; in an ARN it stays in its part. */
function hasAccount(pattern: string, bySegments: boolean): boolean {
  if (!bySegments) return /^[^:*?]+:[^:*?]+:[^:*?]+:[^:*?]*:[^:*?]+:/.test(pattern);
  const account = pattern.split(":")[4] ?? "";
  return account !== "" && !/[*?]/.test(account);
}

/**
 * A claim of an OIDC issuer, which has signed it. `amr` says only that somebody has signed in. What an assertion of
 * SAML says is worth nothing here: a stranger's own provider says whatever the stranger wants.
 */
function isIssuersKey(key: string): boolean {
  const split = splitKey(key);
  return split !== undefined && split.issuer.includes(".") && split.claim !== "amr";
}

/** Ranges of more than a 256th of all addresses keep nobody out. */
function isSmallRange(range: string): boolean {
  const [address = "", length] = range.split("/");
  return length === undefined || Number(length) >= (address.includes(":") ? 16 : 8);
}
