import type { AccessModel, AccountModel } from "../model/model";
import { isUnknown } from "../trust/trust-model";
import { explainCall, type Explained } from "../trust/near-miss/explained";
import { parseRoleArn } from "../trust/sts/role-facts";
import { bareClaims } from "../trust/sts/token";
import { isKnown } from "../trust/text";
import type { GithubJob } from "../github/job";
import { mintClaims } from "../github/token";
import { findRole } from "./find-role";
import { knownPolicy } from "./known-policy";

/** Who asks for what. */
export interface RoleAndJob {
  /** Name of the role, or its ARN. */
  readonly role: string;
  /** The job, in short: its token is minted as GitHub does. */
  readonly job: GithubJob;
  /** What the job calls its session. @default GitHubActions, as `aws-actions/configure-aws-credentials` has it */
  readonly sessionName?: string;
}

/** Whether STS lets the job in and why, or why that cannot be told. */
export type Judgement = { readonly explained: Explained } | { readonly undecided: string };

/**
 * Whether a job may assume a role. Pure.
 *
 * @throws RangeError for a job that GitHub cannot have.
 */
export function allowsJob(model: AccessModel, { role: name, job, sessionName }: RoleAndJob): Judgement {
  const claims = mintClaims(job);
  const found = findRole(model, name);
  if ("undecided" in found) return found;
  const policy = knownPolicy(found, job);
  if ("undecided" in policy) return policy;
  const clientIds = clientIdsOf(found.account, claims.iss);
  const arn = isKnown(found.role.arn) ? parseRoleArn(found.role.arn) : undefined;
  return {
    explained: explainCall({
      token: bareClaims(claims),
      policy,
      at: claims.iat,
      ...(sessionName === undefined ? {} : { sessionName }),
      ...(arn ? { role: { arn } } : {}),
      ...(clientIds ? { clientIds } : {}),
    }),
  };
}

/** Client ids of the account's provider, where all of them are known. */
function clientIdsOf({ providers }: AccountModel, iss: string): string[] | undefined {
  const clientIds = providers.find(({ issuer }) => isKnown(issuer) && `https://${issuer}` === iss)?.clientIds;
  return clientIds === undefined || isUnknown(clientIds) || !clientIds.every(isKnown) ? undefined : clientIds;
}
