import { hasControlCharacter } from "./names";

/**
 * Claims, beside `repo`, that name an owner or something of an owner's. Every repository on GitHub may
 * have a template of its own, so a subject that begins with another claim (`environment`, `event_name`)
 * is a stranger's as well as ours. So is one with `actor`: whoever runs a stranger's workflow, even by a
 * comment, is the actor there.
 *
 * @see https://docs.github.com/en/actions/reference/security/oidc
 */
export const SAYS_WHOSE: readonly string[] = [
  "repository",
  "repository_id",
  "repository_owner",
  "repository_owner_id",
  "enterprise",
  "enterprise_id",
  "workflow_ref",
  "job_workflow_ref",
];

/**
 * Says what is wrong with a subject written out by hand, or `undefined`. Only what can be right is
 * let through: the owner stands complete and without wildcards, and the repository's name ends.
 */
export function rawSubjectRule(subject: string): string | undefined {
  if (subject === "") return 'write a subject, as in "repo:OWNER/REPO:environment:NAME"';
  if (hasControlCharacter(subject) || subject !== subject.trim())
    return "remove control characters, and spaces at its start or end";
  if (/[$%]\{/.test(subject)) return 'remove "${" and "%{": IAM and Terraform read them as expressions';
  const claim = /^([a-z_]+):([^:]+)/.exec(subject);
  if (!claim) return 'begin with "repo:OWNER/REPO:", or with the claim that a subject template puts first';
  return claim[1] === "repo" ? repositorySubjectRule(subject) : templateSubjectRule(claim[1] ?? "", claim[2] ?? "");
}

function repositorySubjectRule(subject: string): string | undefined {
  const owner = /^repo:([^/]*)(\/|$)/.exec(subject);
  if (!owner?.[2] || !/^[^:@*?]+(@([0-9]+|\*))?$/.test(owner[1] ?? ""))
    return 'write the owner out, followed by "/": a wildcard in it admits other people\'s organizations';
  const rest = subject.slice(owner[0].length);
  if (rest === "*") return undefined;
  const [repository = "", ...context] = rest.split(":");
  if (context.length === 0 || context.join(":") === "")
    return `end the repository's name and name the intended jobs, as in "${withoutEnd(subject)}:environment:NAME"`;
  if (context[0] === "") return 'remove the second ":" behind the repository: no context begins with a colon';
  if (!/^[^/@]+(@([0-9]+|\*))?$/.test(repository)) return 'write the repository as "NAME" or "NAME@ID"';
  if (/@/.test(repository) !== /@/.test(owner[1] ?? ""))
    return "give the ids of both owner and repository, or of neither";
  return undefined;
}

function templateSubjectRule(claim: string, value: string): string | undefined {
  if (!SAYS_WHOSE.includes(claim))
    return `begin with a claim that says whose job it is (repo, ${SAYS_WHOSE.join(", ")}): any repository on GitHub can mint "${claim}:…"`;
  if (/[*?]/.test(value)) return `write the value of "${claim}" out: a wildcard in the first claim admits strangers`;
  return undefined;
}

/** Without the colons and asterisks at its end; a regular expression would begin anew at each of those before. */
function withoutEnd(subject: string): string {
  let end = subject.length;
  while (end > 0 && /[:*]/.test(subject.charAt(end - 1))) end -= 1;
  return subject.slice(0, end);
}
