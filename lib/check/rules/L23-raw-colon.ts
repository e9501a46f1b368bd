import { quoted } from "../../aws/policy/position";
import { subject } from "../trust/examples";
import type { TrustRule } from "../trust/rule";
import { SOURCES } from "../trust/sources";
import { writtenSubjects } from "../trust/values";

export const rawColon: TrustRule = {
  id: "L23",
  title: 'A ":" in an environment\'s name',
  severity: "error",
  explanation:
    'GitHub writes a ":" inside a value as "%3A". GitHub never mints a subject with the raw character, unless a template puts another claim there.',
  remedy: 'Write "%3A".',
  source: SOURCES.githubOidc,
  appliesTo: "trustPolicy",
  compliant: [
    subject("encoded", "repo:octo-org/web-shop:environment:production%3Aeu"),
    subject(
      "another claim of a template",
      "repo:octo-org/web-shop:environment:production:job_workflow_ref:octo-org/ci/.github/workflows/a.yml@refs/heads/main",
    ),
  ],
  nonCompliant: [
    subject("raw", "repo:octo-org/web-shop:environment:production:eu"),
    subject("raw, and a wildcard", "repo:octo-org/web-shop:environment:production:*"),
  ],
  check: (policy) =>
    writtenSubjects(policy).flatMap((value) => {
      // What follows a claim's name and a colon is its value: "environment:prod:ref:refs/heads/main".
      const [, name = "", rest] = /^environment:([^:*?]*):([^:]*(?::|$)|.*$)/s.exec(behindRepository(value.text)) ?? [];
      if (rest === undefined || /^[a-z_]+:$/.test(rest)) return [];
      const fixed = value.text.replace(`environment:${name}:`, `environment:${name}%3A`);
      return [
        {
          position: value.position,
          message: `${quoted(value.text)} has a raw ":" in the environment's name, but GitHub writes "%3A"`,
          fix: `write ${quoted(fixed)}`,
        },
      ];
    }),
};

const behindRepository = (text: string): string => /^repo:[^:*?]*:(.*)$/s.exec(text)?.[1] ?? "";
