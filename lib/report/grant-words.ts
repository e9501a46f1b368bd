import { SESSION_NAME_KEY } from "../aws/condition-keys";
import type { Grant, GrantProtection, Permission } from "../questions/grants";
import type { OtherPrincipalGrant } from "../questions/others";
import { describeDuration } from "../aws/duration";

/** `environment production of octo-org/web-shop, with aud …`: who may assume the role. */
export const whoOf = ({ jobs, repository, conditions }: Grant): string =>
  [`${jobs.join(" and ")} of ${describeRepository(repository)}`, ...conditionWords(conditions)].join(", ");

const FORMS = {
  name: "by name",
  immutable: "with ids",
  both: "by name and with ids",
  "looked up": "looked up",
} as const;

/** In which form the subjects are trusted, where it is one of GitHub's own. */
export const subjectWords = ({ subjectForm }: Grant): string[] =>
  subjectForm === null ? [] : [`subjects ${FORMS[subjectForm]}`];

export const describeRepository = (repository: string): string =>
  repository === "*"
    ? "anyone's repositories"
    : repository.endsWith("/*")
      ? `the repositories of ${repository.slice(0, -2)}`
      : repository;

/** Audiences are in every sound policy, and of no interest to whoever asks who. */
function conditionWords(conditions: Grant["conditions"]): string[] {
  return Object.entries(conditions)
    .filter(([claim]) => claim !== "aud")
    .map(([claim, values]) => `${CONDITION_WORDS.get(claim) ?? `with ${claim}`} ${values.join(" or ")}`);
}

const CONDITION_WORDS = new Map([
  ["job_workflow_ref", "through"],
  [SESSION_NAME_KEY, "in a session named"],
]);

/** Of an ARN only the policy's name. */
export function permissionWords(permissions: readonly Permission[]): string[] {
  if (permissions.length === 0) return ["no permissions"];
  return permissions.map((each) =>
    "managed" in each
      ? each.managed.replace(/^arn:[^:]*:iam::(?:aws|[0-9]{12}):policy\//, "")
      : "inline" in each
        ? each.inline
        : `not known (${each.unknown})`,
  );
}

export const sessionWords = ({ sessionSeconds }: Grant): string =>
  sessionSeconds === null ? "session not known" : describeDuration(sessionSeconds);

export const boundaryWords = ({ permissionsBoundary }: Grant): string[] =>
  permissionsBoundary === null ? [] : [`boundary ${permissionsBoundary.split("/").at(-1) ?? ""}`];

/** What stands between a job and the role; `undefined` where the jobs name no environment. */
export function protectionWords({ environment }: Grant): string | undefined {
  if (!environment) return undefined;
  return environment.protection
    ? rulesOf(environment.protection).join(", ") || "behind nothing"
    : "protection not known";
}

function rulesOf({
  reviewers,
  waitMinutes,
  preventSelfReview,
  adminsCanBypass,
  deployFrom,
}: GrantProtection): string[] {
  return [
    ...(reviewers === null
      ? ["reviewers not known"]
      : reviewers.length === 0
        ? []
        : [`behind ${reviewers.join(" or ")}${preventSelfReview ? " (not by whoever started it)" : ""}`]),
    ...(waitMinutes === null ? ["wait not known"] : waitMinutes === 0 ? [] : [`${waitMinutes} min wait`]),
    ...(deployFrom === null
      ? ["refs not known"]
      : deployFrom === "any ref"
        ? []
        : [`from ${Array.isArray(deployFrom) ? deployFrom.join(", ") || "no ref" : deployFrom}`]),
    ...(adminsCanBypass === false ? [] : [adminsCanBypass === null ? "bypass not known" : "administrators may bypass"]),
  ];
}

/** Where the role's ARN is: `AWS_ROLE_ARN in environment production`. */
export function publishedWords({ published }: Grant): string[] {
  return published.map(
    ({ kind, name, repository, environment }) =>
      `${name}${kind === "secret" ? " (secret)" : ""} in ${environment === null ? (repository ?? "the organization") : `environment ${environment} of ${repository ?? "the organization"}`}`,
  );
}

/** `web-shop-deployer: role arn:…, with sts:ExternalId octo`: who may assume a role without a token of GitHub's. */
export function otherWords({ principal, kind, calls, conditions, tagSession }: OtherPrincipalGrant): string {
  const account = /^arn:[^:]*:iam::([0-9]{12}):root$/.exec(principal)?.[1];
  const isFederated = kind === "Federated" || !calls.includes("sts:AssumeRole") || calls.length > 1;
  const name =
    kind === "Service"
      ? `service ${principal}`
      : account !== undefined
        ? `account ${account}`
        : principal === "*"
          ? "anyone"
          : principal;
  const who = isFederated ? `${name} ${calls.map((call) => CALL_WORDS[call]).join(" or ")}` : name;
  return [
    who,
    ...Object.entries(conditions).map(([key, values]) => `with ${key} ${values.join(" or ")}`),
    ...(tagSession ? ["with session tags"] : []),
  ].join(", ");
}

const CALL_WORDS: Readonly<Record<OtherPrincipalGrant["calls"][number], string>> = {
  "sts:AssumeRole": "in AWS",
  "sts:AssumeRoleWithSAML": "by SAML",
  "sts:AssumeRoleWithWebIdentity": "by web identity",
};

/** What a reader must not overlook. */
export function warningsOf(grant: Grant): string[] {
  const { breadth, jobs, environment, unknown, neverHolds, exact } = grant;
  const protection = environment?.protection;
  return [
    ...(breadth === "anyone" ? ["repositories of strangers are admitted"] : []),
    ...(breadth === "organization"
      ? ["every repository that matches is admitted, also one that is yet to be created"]
      : []),
    ...(breadth === "repository" ? ["every job of the repository is admitted"] : []),
    ...(breadth === "repository" || jobs.some((job) => /^any pull request\b/.test(job))
      ? ["code of pull requests is unreviewed code, and it may use this role"]
      : []),
    ...(environment && !protection
      ? [`environment ${environment.name} is not in this source: what protects it is not known`]
      : []),
    ...(protection &&
    protection.reviewers?.length === 0 &&
    protection.waitMinutes === 0 &&
    protection.deployFrom === "any ref"
      ? ["whoever can push a workflow to any branch may deploy here"]
      : []),
    ...unknown.map((reason) => `unknown; treated as a wildcard: ${reason}`),
    ...(neverHolds ? ["it requires a claim that AWS does not compare: as far as is known, it admits nobody"] : []),
    ...(!exact && unknown.length === 0 && !neverHolds
      ? ["some of its conditions are not told here: it may admit fewer"]
      : []),
  ];
}
