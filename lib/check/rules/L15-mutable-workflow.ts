import { quoted } from "../../aws/policy/position";
import { conditions, MAIN } from "../trust/examples";
import type { TrustRule } from "../trust/rule";
import { SOURCES } from "../trust/sources";
import { bindingConditions, subjectValues } from "../trust/values";

const FILE = "octo-org/ci/.github/workflows/release.yml";
const at = (ref: string): Readonly<Record<string, string>> => ({ sub: MAIN, job_workflow_ref: `${FILE}@${ref}` });

export const mutableWorkflow: TrustRule = {
  id: "L15",
  title: "A workflow at a mutable ref",
  severity: "warning",
  explanation:
    'With a wildcard after the "@" of job_workflow_ref, whoever can push a branch or tag to the workflow\'s repository changes what runs. Even an exact tag can be moved, unless a tag rule forbids it: that is a note.',
  remedy: "Name a commit or a protected branch.",
  source: SOURCES.githubReusable,
  appliesTo: "trustPolicy",
  compliant: [
    conditions("a protected branch", { StringEquals: at("refs/heads/main") }),
    conditions("a commit", { StringEquals: at("10040c56a8c0253d69db7c1f26a0d227275512e2") }),
  ],
  nonCompliant: [
    conditions("any ref", { StringLike: at("*") }),
    conditions("any branch", { StringLike: at("refs/heads/*") }),
    conditions("any tag", { StringLike: at("refs/tags/*") }),
    conditions("a tag", { StringEquals: at("refs/tags/v1") }),
    conditions("in a customised subject", {
      StringLike: { sub: `repo:octo-org/web-shop:job_workflow_ref:${FILE}@refs/heads/*` },
    }),
  ],
  check: (policy) => {
    const own = policy.admitted.admissions.flatMap((admission) =>
      bindingConditions(admission, "job_workflow_ref").flatMap(({ values }) => values),
    );
    const inSubjects = subjectValues(policy)
      .map(({ value }) => value)
      .filter(({ text }) => text.includes("job_workflow_ref:"));
    return [...own, ...inSubjects].flatMap(({ text, position }) => {
      const ref =
        /\.ya?ml@(.*)$/s.exec(text.slice(text.lastIndexOf(":") + 1))?.[1] ??
        (/\.ya?ml\*$/.test(text) ? "*" : undefined);
      if (ref === undefined) return [];
      if (/[*?]/.test(ref))
        return [
          {
            position,
            message: `${quoted(text)} matches the workflow at any branch or tag`,
            fix: 'write a commit or a protected branch after the "@"',
          },
        ];
      return ref.startsWith("refs/tags/")
        ? [
            {
              position,
              severity: "note" as const,
              message: `${quoted(text)} is a tag, which can be moved`,
              fix: "forbid that by a tag rule, or write the commit",
            },
          ]
        : [];
    });
  },
};
