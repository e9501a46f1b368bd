import type { StatementRecord } from "../../aws/policy/evaluate";
import { audienceStep } from "./audience-step";
import type { WebIdentityCall } from "./call";
import { durationStep } from "./duration-step";
import { issuerStep } from "./issuer-step";
import { lookUpProvider, type ProviderLookup } from "./provider";
import { sessionNameStep } from "./session-name-step";
import { signatureStep } from "./signature-step";
import type { Step, StsError } from "./step";
import { timeStep } from "./time-step";
import { tokenStep } from "./token-step";
import { evaluateTrust, trustStep } from "./trust-step";

/** What STS answers, and how it comes to it. */
export interface Verdict {
  readonly decision: "allow" | "deny";
  /** That of the first step that fails. */
  readonly error: StsError | null;
  readonly steps: readonly Step[];
  /** Every statement of the trust policy, and why it does or does not take place. */
  readonly statements: readonly StatementRecord[];
  readonly lookup: ProviderLookup;
}

/**
 * Plays what STS does with a call of AssumeRoleWithWebIdentity. Every step is taken, also behind one that
 * fails: who has two mistakes wants to hear of both. What cannot be judged is skipped and says so.
 *
 * Pure: no clock, no network, no file.
 *
 * @see https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html
 */
export function playSts(call: WebIdentityCall): Verdict {
  const lookup = lookUpProvider(call);
  const trust = evaluateTrust(call, lookup);
  const steps = [
    tokenStep(call),
    issuerStep(call, lookup),
    audienceStep(call),
    signatureStep(call),
    timeStep(call),
    trustStep(call, trust),
    durationStep(call),
    sessionNameStep(call),
  ];
  const failed = steps.find(({ outcome }) => outcome === "fail");
  return {
    decision: failed ? "deny" : "allow",
    error: failed?.error ?? null,
    steps,
    statements: trust.statements,
    lookup,
  };
}
