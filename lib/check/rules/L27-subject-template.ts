import type { SubjectSet } from "../../access/admitted";
import { intersects, parsePattern } from "../../aws/pattern";
import { quoted } from "../../aws/policy/position";
import { formatText, isKnown, type Text } from "../../access/text";
import type { Rule, RuleFinding } from "../rule";
import { exampleStatement, MAIN } from "../trust/examples";
import { SOURCES } from "../trust/sources";

const role = (sub: string): object => ({
  aws_iam_role: { deploy: { name: "deploy", assume_role_policy: JSON.stringify({ Version: "2012-10-17", Statement: [exampleStatement({ condition: { StringEquals: { sub, aud: "sts.amazonaws.com" } } })] }) } },
});
const template = (values: object): object => ({ github_actions_repository_oidc_subject_claim_customization_template: { web_shop: { repository: "octo-org/web-shop", ...values } } });
const WORKFLOW = "repo:octo-org/web-shop:job_workflow_ref:octo-org/ci/.github/workflows/release.yml@refs/heads/main";

export const subjectTemplate: Rule<"role"> = {
  id: "L27",
  title: "A subject that the repository does not mint",
  severity: "error",
  explanation:
    "A template decides what the subjects of a repository are made of. A trust policy that is written for another form than the repository's template mints admits none of its jobs. An organization's template binds only those repositories that opt in.",
  remedy: "Write the subject as the template makes it, or give the template up; let both change in one plan.",
  source: SOURCES.githubTemplates,
  appliesTo: "role",
  compliant: [
    { about: "GitHub's own form, and no template", terraform: { resource: role(MAIN) } },
    { about: "the form of the template", terraform: { resource: { ...role(WORKFLOW), ...template({ use_default: false, include_claim_keys: ["repo", "job_workflow_ref"] }) } } },
    { about: "the template of an organization, without opting in", terraform: { resource: { ...role(MAIN), github_actions_organization_oidc_subject_claim_customization_template: { octo: { include_claim_keys: ["repository_owner_id", "context"] } } } } },
  ],
  nonCompliant: [
    { about: "GitHub's own form beside a template", terraform: { resource: { ...role(MAIN), ...template({ use_default: false, include_claim_keys: ["repo", "job_workflow_ref"] }) } } },
    { about: "the form of a template, and none is set", terraform: { resource: { ...role(WORKFLOW), ...template({ use_default: true }) } } },
  ],
  check: ({ admissions, facts }) =>
    admissions.flatMap(({ subjects }) => subjects).flatMap((set): RuleFinding[] => {
      const { repository, text } = set;
      const found = repository === undefined ? undefined : facts.subjectClaims(repository);
      if (repository === undefined || !found || mayMint(found.claims, set)) return [];
      const minted = found.claims === "default" ? "GitHub's own form" : `the template ${found.claims.map(formatText).join(", ")}`;
      return [{ message: `${quoted(text)}: subjects of ${repository} are made by ${minted}, and none is like this one`, fix: "write the subject as the repository mints it, or change its template" }];
    }),
};

/** Whether subjects made so may be among those of a value. */
function mayMint(claims: "default" | readonly Text[], { kinds, term }: SubjectSet): boolean {
  if (claims === "default") return [...kinds].some((kind) => kind !== "other");
  if (term.some(({ anyCase }) => anyCase) || !claims.every(isKnown)) return true;
  const minted = parsePattern(claims.map((claim) => (claim === "context" ? "*" : `${claim}:*`)).join(":"));
  return term.every(({ pattern }) => intersects(minted, pattern));
}
