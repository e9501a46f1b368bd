import { formatText } from "../../trust/text";
import { SESSION_NAME_KEY } from "../../aws/condition-keys";
import { quoted } from "../../aws/policy/position";
import { formatReference, type AgreementFact, type Mismatch } from "../../workflows";
import type { Rule, RuleFinding } from "../rule";
import { SOURCES } from "../trust/sources";
import { besideProduction, workflowWith } from "../workflows/examples";

export const neverAdmitted: Rule<"agreement"> = {
  id: "L39",
  title: "A job that can never get its role",
  severity: "error",
  explanation:
    "A step requests a role whose trust policy admits none of the job's possible tokens. The job names no environment or a different one, runs for other branches or events, requests another audience, or may not request a token at all. This is a warning where a customised subject, or a variable set by hand, could change that.",
  remedy:
    "Use the same environment, branch or event in the job and the trust policy, and grant the job id-token: write.",
  source: SOURCES.githubAws,
  appliesTo: "agreement",
  compliant: [{ about: "a job in the environment of the role", workflow: workflowWith(), beside: besideProduction() }],
  nonCompliant: [
    {
      about: "a job without the environment",
      workflow: workflowWith({ environment: "", role: "arn:aws:iam::111122223333:role/web-shop-production" }),
      beside: besideProduction(),
    },
    {
      about: "no permission to ask for a token",
      workflow: workflowWith({ permissions: { job: "{ contents: read }" } }),
      beside: besideProduction(),
    },
    { about: "another audience", workflow: workflowWith({ inputs: "audience: octo" }), beside: besideProduction() },
    {
      about: "a branch that the role does not admit",
      workflow: workflowWith({
        on: "{ push: { branches: [develop] } }",
        environment: "",
        role: "${{ vars.RELEASE_ROLE }}",
      }),
      beside: {
        "web-shop": { roles: { release: { allow: [{ branch: "main" }], publish: { variable: "RELEASE_ROLE" } } } },
      },
    },
    {
      about: "a variable of another environment",
      workflow: workflowWith({ environment: "" }),
      beside: besideProduction(),
    },
  ],
  check: ({ fact }) => judge(fact),
};

type Fact<K extends AgreementFact["kind"]> = Extract<AgreementFact, { kind: K }>;

function judge(fact: AgreementFact): RuleFinding[] {
  switch (fact.kind) {
    case "neverAdmitted":
      return [refused(fact)];
    case "missingPermission":
      return [
        {
          message: `job "${fact.call.job}" requests ${referenceOf(fact)}, but may not request a token`,
          fix: 'add "permissions: id-token: write" to the job, with the other permissions that it needs',
        },
      ];
    case "noValue":
      return [withoutValue(fact)];
    case "admitted":
    case "undecided":
    case "longSession":
    case "unusedRole":
      return [];
  }
}

const referenceOf = ({ call }: Fact<"missingPermission" | "noValue">): string =>
  call.role.kind === "unknown" ? "a role" : quoted(formatReference(call.role));

function refused({ call, role, mints, mismatch, unless }: Fact<"neverAdmitted">): RuleFinding {
  const { reason, fix } = inWords(mismatch);
  const minted = mints.length === 0 ? "" : ` (its tokens say ${listed(mints)})`;
  return {
    severity: unless === undefined ? "error" : "warning",
    message: `job "${call.job}"${minted} never gets role "${formatText(role.role.name)}": ${reason}${unless === undefined ? "" : ", unless the repository's subjects are customised"}`,
    fix,
  };
}

function withoutValue({ call, environment, elsewhere, isEnvironmentKnown }: Fact<"noValue">): RuleFinding {
  const where =
    environment === ""
      ? "names no environment"
      : `is in environment "${environment}"${isEnvironmentKnown ? "" : ", which was not found"}`;
  return {
    severity: "warning",
    message: `job "${call.job}" uses ${quoted(formatReference(call.role))} and ${where}: the value is published only in environment ${listed(elsewhere)}`,
    fix: `run the job in environment ${elsewhere.length === 1 ? `"${elsewhere[0]}"` : "one of these"}, or use the value that is published for it`,
  };
}

function inWords(mismatch: Mismatch): { readonly reason: string; readonly fix: string } {
  switch (mismatch.kind) {
    case "nobody":
      return { reason: "its trust policy admits no GitHub job", fix: "correct the role's trust policy" };
    case "otherRepository":
      return {
        reason: `its trust policy is for ${listed(mismatch.asks)}`,
        fix: "use a role of this repository, or admit the repository in the role's trust policy",
      };
    case "noEnvironment":
      return {
        reason: `its trust policy is for ${listed(mismatch.asks)}, but the job names no environment`,
        fix: `add "environment: ${mismatch.asks[0]?.replace(/^environment:/, "") ?? "NAME"}" to the job, or admit what it runs for`,
      };
    case "otherEnvironment":
      return {
        reason: `its trust policy is for ${listed(mismatch.asks)}`,
        fix: "use the same environment in the job and the trust policy",
      };
    case "environmentHidesRef":
      return {
        reason: `its trust policy is for ${listed(mismatch.asks)}, but the subject of a job in an environment does not name that`,
        fix: "admit the environment, or remove it from the job",
      };
    case "pullRequestOnly":
      return {
        reason: `the workflow runs only for pull requests, but its trust policy is for ${listed(mismatch.asks)}`,
        fix: "run the job on pushes, or use a role that admits pull requests and only reads",
      };
    case "otherRef":
      return {
        reason: `its trust policy is for ${listed(mismatch.asks)}`,
        fix: "run the workflow for what the trust policy names, or admit what it runs for",
      };
    case "audience":
      return {
        reason: `the ${mismatch.of === "policy" ? "trust policy requires" : "provider accepts"} audience ${listed(mismatch.asks)}, but the step requests ${quoted(mismatch.audience)}`,
        fix: "use one audience in both",
      };
    case "claims":
      return {
        reason: `its trust policy requires ${mismatch.claims.map(({ claim, asks }) => `${claim} ${listed(asks)}`).join(" and ")}`,
        fix: mismatch.claims.some(({ claim }) => claim === SESSION_NAME_KEY)
          ? 'set "role-session-name" of the step to a name that the trust policy requires'
          : "change the job to match the trust policy, or relax the policy",
      };
  }
}

/** Most that a sentence names. */
const NAMED = 4;

const listed = (names: readonly string[]): string =>
  `${names.slice(0, NAMED).map(quoted).join(", ")}${names.length > NAMED ? ` and ${names.length - NAMED} more` : ""}`;
