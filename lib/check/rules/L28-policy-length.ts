import { TRUST_POLICY_LENGTH } from "../../aws/role-rules";
import { MAIN, subject } from "../trust/examples";
import type { TrustRule } from "../trust/rule";
import { SOURCES } from "../trust/sources";

const many = (count: number): string[] =>
  Array.from({ length: count }, (_, index) => `repo:octo-org/service-${index}:environment:production`);

/** A note: whether the account's quota has been raised, the policy does not say. AWS refuses what is over the highest. */
export const policyLength: TrustRule = {
  id: "L28",
  title: "A policy over the default quota",
  severity: "note",
  explanation: `AWS stores a trust policy of up to ${TRUST_POLICY_LENGTH.default} characters, not counting white space. The account's quota can be raised to ${TRUST_POLICY_LENGTH.max} at most.`,
  remedy: "Request an increase of the quota L-C07B4B0D, or split the role in two.",
  source: SOURCES.quotas,
  appliesTo: "trustPolicy",
  compliant: [subject("a short policy", MAIN)],
  nonCompliant: [subject("fifty repositories", many(50))],
  check: ({ document, length }) => {
    const [first] = document.statements;
    if (length <= TRUST_POLICY_LENGTH.default || !first) return [];
    return [
      {
        position: first.position,
        message: `the policy has ${length} characters and exceeds ${TRUST_POLICY_LENGTH.default}, the account's quota unless it has been raised`,
        fix: "request an increase of the quota L-C07B4B0D, or split the role in two",
      },
    ];
  },
};
