import { quoted } from "../../aws/policy/position";
import { MAIN, subject } from "../trust/examples";
import type { TrustRule } from "../trust/rule";
import { SOURCES } from "../trust/sources";
import { subjectValues } from "../trust/values";

/** A note: whether owner and repository are spelt as GitHub has them, only GitHub knows. */
export const letterCase: TrustRule = {
  id: "L22",
  title: "Capital letters in an environment's name",
  severity: "note",
  explanation:
    "GitHub ignores case in the name of an environment, but AWS compares subjects case-sensitively. The token has been seen to carry the spelling of the settings, and that of the workflow.",
  remedy: "Use lower-case names for environments.",
  source: SOURCES.githubEnvironments,
  appliesTo: "trustPolicy",
  compliant: [
    subject("lower case", "repo:octo-org/web-shop:environment:production"),
    subject("a branch, which has one spelling", MAIN.replace("main", "Main")),
  ],
  nonCompliant: [subject("a capital letter", "repo:octo-org/web-shop:environment:Production")],
  check: (policy) =>
    subjectValues(policy).flatMap(({ value, condition, set }) => {
      const name = /^environment:([^:]*)/.exec(set.context)?.[1]?.replaceAll(/%3A/g, ":");
      if (name === undefined || name === name.toLowerCase() || condition.operator.base.endsWith("IgnoreCase"))
        return [];
      return [
        {
          position: value.position,
          message: `${quoted(value.text)} has capital letters in the environment's name, and AWS is case-sensitive`,
          fix: `rename the environment to ${quoted(name.toLowerCase())} here, in GitHub and in the workflow`,
        },
      ];
    }),
};
