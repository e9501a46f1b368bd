import { quoted } from "../../aws/policy/position";
import type { RuleFinding } from "../rule";
import { conditions, MAIN, subject } from "../trust/examples";
import type { TrustRule } from "../trust/rule";
import { SOURCES } from "../trust/sources";
import { isBound, subjectValues } from "../trust/values";

export const anyEnvironment: TrustRule = {
  id: "L45",
  title: "Any environment of a repository",
  severity: "warning",
  explanation:
    "GitHub creates an environment, without protection, as soon as a job names one that does not exist. A pattern that any name matches protects nothing: whoever can push a workflow to the repository names a new environment and gets the role. A pattern with a part of a name is a note.",
  remedy: "List the environments that are meant, each by its name.",
  source: SOURCES.githubEnvironments,
  appliesTo: "trustPolicy",
  compliant: [
    subject("one environment", "repo:octo-org/web-shop:environment:production"),
    subject("a branch", MAIN),
    conditions("any environment, on a branch", {
      StringLike: { sub: "repo:octo-org/web-shop:environment:*" },
      StringEquals: { ref: "refs/heads/main" },
    }),
  ],
  nonCompliant: [
    subject("any environment", "repo:octo-org/web-shop:environment:*"),
    subject("environments that begin alike", "repo:octo-org/web-shop:environment:prod*"),
  ],
  check: (policy) =>
    subjectValues(policy)
      .filter(({ admission }) => !isBound(admission, "environment", "ref", "job_workflow_ref"))
      .flatMap(({ value }): RuleFinding[] => {
        const name = /:environment:([^:]*[*?][^:]*)$/.exec(value.text)?.[1];
        if (name === undefined) return [];
        const isAny = /^[*?]+$/.test(name);
        const which = isAny ? "any environment" : `any environment like ${quoted(name)}`;
        return [
          {
            position: value.position,
            severity: isAny ? "warning" : "note",
            message: `${quoted(value.text)} admits ${which}, also one that a workflow makes up: it has no protection`,
            fix: "list the environments by their names",
          },
        ];
      }),
};
