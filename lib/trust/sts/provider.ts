import { oidcProviderArn, parseIamArn } from "../../aws/arn";
import type { Partition } from "../../aws/partition";
import type { TrustDocument } from "../../aws/policy/trust-document";
import { GITHUB_ISSUER } from "../admitted";
import type { Provider, WebIdentityCall } from "./call";
import { textClaim } from "./token";

/** The provider that a call is judged with. */
export interface ProviderLookup {
  /** Issuer of the token without `https://`, or where that is unknown the provider's. */
  readonly issuer: string | undefined;
  /** The provider of the issuer; `undefined` when there is none in the account, as far as is known. */
  readonly provider: Provider | undefined;
  /** Every OIDC provider that the policy names. */
  readonly named: readonly Provider[];
  /** Whom STS takes the call to come from: the provider or, without one, what its ARN would be. Of an unknown issuer it is github.com's. */
  readonly principal: string;
  readonly partition: Partition;
}

/** Stands for an account of which nothing is known. */
export const UNKNOWN_ACCOUNT = "000000000000";

/**
 * Looks for the provider of the token's issuer. A policy knows only those that it names; the role must be
 * in the same account.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_create_oidc.html
 */
export function lookUpProvider({ token, policy, role }: WebIdentityCall): ProviderLookup {
  const iss = textClaim(token, "iss");
  const named = providersOf(policy);
  const near = named.filter(({ account }) => role?.arn === undefined || account === role.arn.account);
  const provider = iss === undefined ? near[0] : near.find(({ issuer }) => `https://${issuer}` === iss);
  const issuer = iss === undefined ? (near[0] ?? named[0])?.issuer : iss.replace(/^https:\/\//, "");
  const partition = provider?.partition ?? role?.arn?.partition ?? named[0]?.partition ?? "aws";
  const account = role?.arn?.account ?? named[0]?.account ?? UNKNOWN_ACCOUNT;
  return {
    issuer,
    provider,
    named,
    principal: provider?.arn ?? oidcProviderArn(partition, account, issuer ?? GITHUB_ISSUER),
    partition,
  };
}

function providersOf({ statements }: TrustDocument): Provider[] {
  const arns = new Set(
    statements.flatMap(({ principals }) =>
      principals.filter(({ kind }) => kind === "Federated").map(({ value }) => value),
    ),
  );
  return [...arns].flatMap((arn) => {
    const parsed = parseIamArn(arn);
    return parsed?.type === "oidc-provider"
      ? [{ arn, partition: parsed.partition as Partition, account: parsed.account, issuer: parsed.resource }]
      : [];
  });
}
