import type { Partition } from "../aws/partition";
import { WEB_IDENTITY_ACTION } from "../aws/policy/assume-calls";
import { allows, type PreparedPolicy } from "../aws/policy/evaluate";
import { conditionKeys } from "../aws/token-keys";
import type { MintedJob } from "./minted-job";
import type { TokenProvider } from "./policy-formula";

/** Whether the evaluator lets a job in that comes from a provider: what a search found is tried by it. */
export function isLetIn(policy: PreparedPolicy, provider: TokenProvider, { claims, sessionName }: MintedJob): boolean {
  const { issuer, partition, arn } = provider;
  const keys = conditionKeys(claims, { issuer, partition: partition as Partition, roleSessionName: sessionName });
  return allows(policy, { action: WEB_IDENTITY_ACTION, principal: { kind: "Federated", value: arn }, keys });
}
