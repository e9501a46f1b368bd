import { compileActions } from "./action";
import type { PrincipalKind } from "./principal";

/**
 * The calls that give somebody a role: signed by a principal of AWS or made by a service, with an assertion of a
 * SAML provider, with a token of an OIDC provider.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_temp_request.html
 */
export const ASSUME_CALLS = ["sts:AssumeRole", "sts:AssumeRoleWithSAML", "sts:AssumeRoleWithWebIdentity"] as const;

/** What a job of GitHub's calls to get a role. */
export const WEB_IDENTITY_ACTION = "sts:AssumeRoleWithWebIdentity" satisfies (typeof ASSUME_CALLS)[number];

export type AssumeCall = (typeof ASSUME_CALLS)[number];

/** The calls that a statement's actions are about; wildcards and `NotAction` are taken as AWS does. */
export function callsOfActions(actions: readonly string[], notAction: boolean): AssumeCall[] {
  const isAbout = compileActions(actions, notAction);
  return ASSUME_CALLS.filter(isAbout);
}

/** Whether a principal stands for everybody: users of every account, of every provider, and callers without a name. */
export const isEverybody = ({ kind, value }: { readonly kind: PrincipalKind; readonly value: unknown }): boolean =>
  value === "*" && (kind === "*" || kind === "AWS");

/**
 * The calls that a principal makes: in a statement about others alone it gets nothing.
 *
 * @param value what is known of it
 * @param isWhole whether that is all of it: of which type the rest makes it is then not known.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 */
export function callsOfPrincipal(kind: PrincipalKind, value: string, isWhole = true): readonly AssumeCall[] {
  const mayBeEverybody = isWhole ? isEverybody({ kind, value }) : kind === "AWS" && value === "";
  if (mayBeEverybody) return ASSUME_CALLS;
  if (kind !== "Federated") return ["sts:AssumeRole"];
  if (value.includes(":saml-provider/")) return ["sts:AssumeRoleWithSAML"];
  const isOidc = value.includes(":oidc-provider/") || (isWhole && isBuiltInIssuer(value));
  return isOidc ? ["sts:AssumeRoleWithWebIdentity"] : ["sts:AssumeRoleWithSAML", "sts:AssumeRoleWithWebIdentity"];
}

/**
 * Whether a federated principal is an issuer that AWS knows without a provider of the account. Anybody may have an
 * identity pool or an application there, so that a condition must say whose tokens are meant.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-federated-web-identity
 */
export const isBuiltInIssuer = (value: string): boolean =>
  /^cognito-identity[a-z0-9.-]*\.amazonaws\.com(?:\.cn)?$/i.test(value) ||
  /^(?:accounts\.google\.com|graph\.facebook\.com|www\.amazon\.com)$/i.test(value);
