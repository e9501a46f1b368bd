export { type Admission, claimOf, isAboutTokens, isKnown, withSubjects } from "./admission";
export { WEB_IDENTITY_ACTION } from "../../aws/policy/assume-calls";
export { AdmittedJobs, admits } from "./admitted-jobs";
export { type Breadth, BREADTHS, compareBreadth, isAtLeast, narrowest, widest } from "./breadth";
export { type ClaimExample, type Inclusion, inclusion, meeting, surelyIncludes } from "./compare";
export { binds, comparesTexts, excludes, valueAsSet, valuesAsSet } from "./condition-set";
export {
  GITHUB_ISSUER,
  isGithubIssuer,
  splitKey,
  tokenSource,
  type TokenSource,
  providerAlmostOfGithub,
} from "./github-provider";
export { type ContextKind, reachOf, type SubjectPart, type SubjectReach } from "./subject-form";
export { jobOf } from "./job";
export { type SubjectSet, subjectSet } from "./subject-set";
export {
  covers,
  exactTexts,
  intersect,
  isAnyText,
  setAdmits,
  type SetInclusion,
  type Term,
  termExample,
  type TextPattern,
  type TextSet,
  textSet,
} from "./text-set";
export { mayAdmitPullRequests } from "./decided";
