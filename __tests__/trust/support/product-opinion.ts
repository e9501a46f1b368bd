import { differenceOf } from "../../../lib/difference/difference";
import type { AdmissionChange } from "../../../lib/difference/schema";
import type { AccessModel } from "../../../lib/model/model";
import { allows, prepare, type PreparedPolicy } from "../../../lib/aws/policy/evaluate";
import { parseTrustDocument } from "../../../lib/aws/policy/trust-document";
import { conditionKeys, type WebIdentityRequest } from "../../../lib/aws/token-keys";
import { modelOf, role } from "../../difference/models";
import { ISSUER, type PolicyJson, PROVIDER, WEB_IDENTITY } from "./policy-json";
import type { Witness } from "./z3-opinion";

/** What the product makes of trust policies: the other side of the second opinion. */

/** `undefined` for a policy that AWS would refuse, one that is too long for instance. */
export function evaluatorOf(policy: PolicyJson): PreparedPolicy | undefined {
  const { document } = parseTrustDocument(JSON.stringify(policy));
  return document && prepare(document);
}

/** Whether a policy admits a request, by the evaluator behind `explain`. */
export function isAdmitted(policy: PreparedPolicy, { claims, sessionName, address, at }: Witness): boolean {
  const request: WebIdentityRequest = {
    issuer: ISSUER,
    partition: "aws",
    roleSessionName: sessionName,
    at,
    ...(address === undefined ? {} : { sourceIp: address }),
  };
  const keys = conditionKeys(claims, request);
  return allows(policy, { action: WEB_IDENTITY, principal: { kind: "Federated", value: PROVIDER }, keys });
}

/**
 * What a comparison of two policies says of who newly gets in: that some job of github.com certainly does, that one
 * may, that others do (principals of AWS, jobs of another issuer), that it is not known, or nothing.
 */
export type Verdict = "certain" | "perhaps" | "others" | "not known" | "nothing";

/** A way of comparing two policies. */
export type Comparison = (before: PolicyJson, after: PolicyJson) => Verdict;

/** The comparison behind `review`. */
export const reviewVerdict: Comparison = (before, after) => {
  const modelWith = (policy: PolicyJson): AccessModel => modelOf(role(JSON.stringify(policy)));
  const { gained, widened, unknown } = differenceOf(modelWith(before), modelWith(after));
  const entries = [...gained, ...widened];
  if (entries.some(isCertainOfJobs)) return "certain";
  if (entries.some(({ certain }) => !certain)) return "perhaps";
  if (entries.length > 0) return "others";
  return unknown.some(({ mayAdmit }) => mayAdmit) ? "not known" : "nothing";
};

/** About jobs of github.com: an entry may be certain of principals of AWS, or of jobs of an enterprise's own issuer. */
const isCertainOfJobs = ({ certain, who, example }: AdmissionChange): boolean =>
  certain && who.every(({ kind }) => kind === "jobs") && example?.issuer === ISSUER;
