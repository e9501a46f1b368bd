import type { Partition } from "../../aws/partition";
import type { TrustDocument } from "../../aws/policy/trust-document";
import type { KeySet } from "./jwks";
import type { RoleFacts } from "./role-facts";
import type { PresentedToken } from "./token";

/** A call of AssumeRoleWithWebIdentity, and what is known of the account that it goes to. */
export interface WebIdentityCall {
  readonly token: PresentedToken;
  readonly policy: TrustDocument;
  /** What the policy takes for granted, for people: it was put together from parts that are not all known. @default nothing */
  readonly assumptions?: readonly string[];
  /** @default nothing: the provider is taken from the policy's principals */
  readonly role?: RoleFacts;
  /** Whether somebody vouches that AWS compares GitHub's own claims, also where it does not document that. @default false */
  readonly assertsClaimKeys?: boolean;
  /** Client ids of the OIDC provider. @default unknown */
  readonly clientIds?: readonly string[];
  /** The issuer's keys. @default unknown, the signature is not verified */
  readonly keys?: KeySet;
  /** Time of the call, in seconds since 1970. */
  readonly at: number;
  /** Length of the session that is asked for, in seconds. @default 3600, as STS has it */
  readonly durationSeconds?: number;
  /** @default GitHubActions, as aws-actions/configure-aws-credentials has it */
  readonly sessionName?: string;
}

/** An OIDC provider of IAM, as its ARN says. */
export interface Provider {
  readonly arn: string;
  readonly partition: Partition;
  readonly account: string;
  /** URL without `https://`. */
  readonly issuer: string;
}
