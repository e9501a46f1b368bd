import type { AdmittedJobs } from "../access/admitted";
import { admits } from "../access/admitted";
import { findDocument } from "../aws/policy/find-document";
import { policyLength } from "../aws/policy-document";
import type { TrustDocument, TrustReading } from "../aws/policy/trust-document";

/** A trust policy alone: what the role may do, and what protects its environments, is not known. */
export interface TrustPolicySubject {
  readonly kind: "trustPolicy";
  /** Where it stands, as it was given. */
  readonly file: string;
  readonly document: TrustDocument;
  /** What it lets in. */
  readonly admitted: AdmittedJobs;
  /** Characters that AWS counts. */
  readonly length: number;
}

/** What rules look at. Each rule says which kind. */
export type CheckSubject = TrustPolicySubject;

/** Makes a subject of a policy; `undefined` for one that AWS refuses, of which nothing can be said. */
export function trustPolicySubject(file: string, { document, text }: TrustReading): TrustPolicySubject | undefined {
  return document && { kind: "trustPolicy", file, document, admitted: admits(document), length: policyLength(findDocument(text).source) };
}
