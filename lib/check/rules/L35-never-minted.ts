import { isTemplateKey } from "../../github/subject-template";
import { quoted } from "../../aws/policy/position";
import { MAIN, subject } from "../trust/examples";
import type { TrustRule } from "../trust/rule";
import { SOURCES } from "../trust/sources";
import { type SubjectValue, subjectValues } from "../trust/values";

export const neverMinted: TrustRule = {
  id: "L35",
  title: "A subject that GitHub never mints",
  severity: "warning",
  explanation:
    'Behind the repository a subject has "environment:NAME", "ref:refs/heads/BRANCH", "ref:refs/tags/TAG" or "pull_request", and with a template other claims by their names. A value of another form matches no token: the job is refused, and AWS does not say why.',
  remedy: "Write the subject as GitHub does.",
  source: SOURCES.githubOidc,
  appliesTo: "trustPolicy",
  compliant: [subject("GitHub's own form", MAIN), subject("a template's", "repo:octo-org/web-shop:repository_visibility:private")],
  nonCompliant: [subject("a ref that is not complete", "repo:octo-org/web-shop:ref:main"), subject("a claim that is none", "repo:octo-org/web-shop:branch:main"), subject('no "ref:"', "repo:octo-org/web-shop:refs/heads/main"), subject('no "repo:"', "octo-org/web-shop:ref:refs/heads/main")],
  check: (policy) =>
    subjectValues(policy)
      .filter(isNever)
      .map(({ value }) => ({ position: value.position, message: `${quoted(value.text)} is no subject that GitHub mints`, fix: 'write it as "repo:OWNER/REPO:ref:refs/heads/BRANCH", "…:environment:NAME" or "…:pull_request"' })),
};

function isNever({ set, value }: SubjectValue): boolean {
  if (set.kinds.size !== 1 || !set.kinds.has("other") || /^[^:]*[*?]/.test(value.text)) return false;
  if (set.leadingClaim !== undefined) return !/^[a-z_]+$/.test(set.leadingClaim);
  return set.context !== "*" && !/^[^:]*[*?]/.test(set.context) && !beginsWithClaim(set.context) && !/^ref:(?:refs\/|[*?])/.test(set.context);
}

/** Whether a template may have put this behind the repository: the job's context, or a claim. */
const beginsWithClaim = (context: string): boolean => {
  const [, claim = "", value] = /^([^:]+):(.)/.exec(context) ?? [];
  return value !== undefined && claim !== "ref" && (claim === "pull_request" || (isTemplateKey(claim) && claim !== "repo" && claim !== "context"));
};
