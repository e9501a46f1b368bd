import type { HintRule } from "../rule";
import { absentKey } from "./absent-key";
import { audienceMissing } from "./audience-missing";
import { branchInsteadOfEnvironment } from "./branch-instead-of-environment";
import { claimMissing } from "./claim-missing";
import { customisedSubject } from "./customised-subject";
import { defaultAudience } from "./default-audience";
import { environmentInsteadOfBranch } from "./environment-instead-of-branch";
import { explicitDeny } from "./explicit-deny";
import { hyphenIds } from "./hyphen-ids";
import { idsMissingInPolicy } from "./ids-missing-in-policy";
import { idsMissingInToken } from "./ids-missing-in-token";
import { issuerSlash } from "./issuer-slash";
import { issuerSlug } from "./issuer-slug";
import { keyOfOtherIssuer } from "./key-of-other-issuer";
import { letterCase } from "./letter-case";
import { malformedSubject } from "./malformed-subject";
import { mergeQueue } from "./merge-queue";
import { noOidcPrincipal } from "./no-oidc-principal";
import { oddTime } from "./odd-time";
import { otherAccount } from "./other-account";
import { otherAudience } from "./other-audience";
import { otherEnvironment } from "./other-environment";
import { otherIds } from "./other-ids";
import { otherIssuer } from "./other-issuer";
import { otherRef } from "./other-ref";
import { otherRepository } from "./other-repository";
import { otherSessionName } from "./other-session-name";
import { partitionAudience } from "./partition-audience";
import { pullRequest } from "./pull-request";
import { renamedRepository } from "./renamed-repository";
import { sessionLength } from "./session-length";
import { sessionName } from "./session-name";
import { severalInOne } from "./several-in-one";
import { signature } from "./signature";
import { tagAndBranch } from "./tag-and-branch";
import { templateClaim } from "./template-claim";
import { tokenExpired } from "./token-expired";
import { tokenForm } from "./token-form";
import { tokenTooEarly } from "./token-too-early";
import { unencodedColon } from "./unencoded-colon";
import { unknownKey } from "./unknown-key";
import { whiteSpace } from "./white-space";
import { wildcardInExact } from "./wildcard-in-exact";
import { workflowAtOtherRef } from "./workflow-at-other-ref";
import { wrongAction } from "./wrong-action";

/**
 * Every reason, in the order of the steps that they explain; of the trust policy first what makes
 * it dead for all tokens, then the likeliest.
 */
export const HINT_RULES: readonly HintRule[] = [
  tokenForm,
  signature,
  tokenExpired,
  tokenTooEarly,
  oddTime,
  explicitDeny,
  noOidcPrincipal,
  wrongAction,
  issuerSlash,
  issuerSlug,
  otherAccount,
  otherIssuer,
  unknownKey,
  keyOfOtherIssuer,
  absentKey,
  wildcardInExact,
  severalInOne,
  environmentInsteadOfBranch,
  branchInsteadOfEnvironment,
  letterCase,
  hyphenIds,
  idsMissingInPolicy,
  idsMissingInToken,
  otherIds,
  renamedRepository,
  otherRepository,
  pullRequest,
  tagAndBranch,
  mergeQueue,
  unencodedColon,
  customisedSubject,
  templateClaim,
  malformedSubject,
  whiteSpace,
  otherEnvironment,
  otherRef,
  defaultAudience,
  partitionAudience,
  audienceMissing,
  otherAudience,
  workflowAtOtherRef,
  claimMissing,
  otherSessionName,
  sessionLength,
  sessionName,
];
