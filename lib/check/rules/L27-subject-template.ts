import type { SubjectSet } from "../../trust/admitted";
import { intersects, parsePattern } from "../../aws/pattern";
import { quoted } from "../../aws/policy/position";
import { formatText, isKnown, type Text } from "../../trust/text";
import type { ModelFacts } from "../model/facts";
import type { Rule, RuleFinding } from "../rule";
import { exampleStatement, MAIN } from "../trust/examples";
import { SOURCES } from "../trust/sources";

const role = (sub: string | readonly string[]): object => ({
  aws_iam_role: {
    deploy: {
      name: "deploy",
      assume_role_policy: JSON.stringify({
        Version: "2012-10-17",
        Statement: [exampleStatement({ condition: { StringEquals: { sub, aud: "sts.amazonaws.com" } } })],
      }),
    },
  },
});
const template = (values: object): object => ({
  github_actions_repository_oidc_subject_claim_customization_template: {
    web_shop: { repository: "octo-org/web-shop", ...values },
  },
});
const WORKFLOW = "repo:octo-org/web-shop:job_workflow_ref:octo-org/ci/.github/workflows/release.yml@refs/heads/main";

export const subjectTemplate: Rule<"role"> = {
  id: "L27",
  title: "A subject that the repository does not mint",
  severity: "error",
  explanation:
    "A template decides which claims the subjects of a repository consist of. A trust policy written for a different form admits none of its jobs. An organization's template applies only to repositories that opt in. A different form next to the minted one is a note: a change of template leaves it behind.",
  remedy: "Write the subject as the template mints it, or remove the template; change both in one plan.",
  source: SOURCES.githubTemplates,
  appliesTo: "role",
  compliant: [
    { about: "GitHub's own form, and no template", terraform: { resource: role(MAIN) } },
    {
      about: "the form of the template",
      terraform: {
        resource: {
          ...role(WORKFLOW),
          ...template({ use_default: false, include_claim_keys: ["repo", "job_workflow_ref"] }),
        },
      },
    },
    {
      about: "the template of an organization, without opting in",
      terraform: {
        resource: {
          ...role(MAIN),
          github_actions_organization_oidc_subject_claim_customization_template: {
            octo: { include_claim_keys: ["repository_owner_id", "context"] },
          },
        },
      },
    },
  ],
  nonCompliant: [
    {
      about: "GitHub's own form beside a template",
      terraform: {
        resource: {
          ...role(MAIN),
          ...template({ use_default: false, include_claim_keys: ["repo", "job_workflow_ref"] }),
        },
      },
    },
    {
      about: "both forms side by side, while the template changes",
      terraform: {
        resource: {
          ...role([MAIN, WORKFLOW]),
          ...template({ use_default: false, include_claim_keys: ["repo", "job_workflow_ref"] }),
        },
      },
    },
    {
      about: "the form of a template, and none is set",
      terraform: { resource: { ...role(WORKFLOW), ...template({ use_default: true }) } },
    },
  ],
  check: ({ admissions, facts }) => {
    const sets = admissions.flatMap(({ subjects }) => subjects);
    const minted = new Set(sets.filter((set) => isMinted(set, facts)).map(repositoryOf));
    return sets.flatMap((set): RuleFinding[] => {
      const found = set.repository === undefined ? undefined : facts.subjectClaims(set.repository);
      if (!found || isMinted(set, facts)) return [];
      const made =
        found.claims === "default" ? "GitHub's own form" : `the template ${found.claims.map(formatText).join(", ")}`;
      const message = `${quoted(set.text)}: subjects of ${set.repository} follow ${made}, and none matches this one`;
      // Both forms side by side are a change that is under way.
      if (minted.has(repositoryOf(set)))
        return [
          {
            severity: "note",
            message,
            fix: 'remove the old form (the file\'s "also") once the change of template is applied everywhere',
          },
        ];
      return [{ message, fix: "write the subject as the repository mints it, or change its template" }];
    });
  },
};

const repositoryOf = ({ repository = "" }: SubjectSet): string => repository.toLowerCase();

/** Whether a subject may be one that its repository mints; so it is where nothing says how those are made. */
function isMinted(set: SubjectSet, facts: ModelFacts): boolean {
  const found = set.repository === undefined ? undefined : facts.subjectClaims(set.repository);
  return !found || mayMint(found.claims, set);
}

/** Whether subjects made so may be among those of a value. */
function mayMint(claims: "default" | readonly Text[], { kinds, term }: SubjectSet): boolean {
  if (claims === "default") return [...kinds].some((kind) => kind !== "other");
  if (term.some(({ anyCase }) => anyCase) || !claims.every(isKnown)) return true;
  const minted = parsePattern(claims.map((claim) => (claim === "context" ? "*" : `${claim}:*`)).join(":"));
  return term.every(({ pattern }) => intersects(minted, pattern));
}
