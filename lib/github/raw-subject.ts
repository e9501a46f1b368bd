import { hasControlCharacter } from "./names";

/**
 * Claims that whoever can push to a repository, or open a pull request, chooses freely. A subject
 * that begins with one of them names a stranger's job as well as ours.
 *
 * @see https://github.com/bridgecrewio/checkov (CKV_AWS_358, "abusable" claims)
 */
const CONTRIBUTOR_CHOSEN = new Set(["workflow", "environment", "ref", "head_ref", "base_ref", "context", "actor"]);

/**
 * Says what is wrong with a subject written out by hand, or `undefined`. Only what can be right is
 * let through: the owner stands complete and without wildcards, and the repository's name ends.
 */
export function rawSubjectRule(subject: string): string | undefined {
  if (subject === "") return 'write a subject, as in "repo:OWNER/REPO:environment:NAME"';
  if (hasControlCharacter(subject) || subject !== subject.trim()) return "remove control characters, and spaces at its start or end";
  if (/[$%]\{/.test(subject)) return 'remove "${" and "%{": IAM and Terraform read them as expressions';
  const claim = /^([a-z_]+):([^:]+)/.exec(subject);
  if (!claim) return 'begin with "repo:OWNER/REPO:", or with the claim that a subject template puts first';
  return claim[1] === "repo" ? repositorySubjectRule(subject) : templateSubjectRule(claim[1] ?? "", claim[2] ?? "");
}

function repositorySubjectRule(subject: string): string | undefined {
  const owner = /^repo:([^/]*)(\/|$)/.exec(subject);
  if (!owner?.[2] || !/^[^:@*?]+(@([0-9]+|\*))?$/.test(owner[1] ?? "")) return 'write the owner out, followed by "/": a wildcard in it admits other people\'s organizations';
  const rest = subject.slice(owner[0].length);
  if (rest === "*") return undefined;
  const [repository = "", ...context] = rest.split(":");
  if (context.length === 0 || context.join(":") === "") return `end the repository's name and say which jobs, as in "${subject.replace(/[:*]+$/, "")}:environment:NAME"`;
  if (!/^[^/@]+(@([0-9]+|\*))?$/.test(repository)) return 'write the repository as "NAME" or "NAME@ID"';
  if (/@/.test(repository) !== /@/.test(owner[1] ?? "")) return "give the ids of both owner and repository, or of neither";
  return undefined;
}

function templateSubjectRule(claim: string, value: string): string | undefined {
  if (CONTRIBUTOR_CHOSEN.has(claim)) return `begin with another claim: any contributor of any repository chooses "${claim}"`;
  if (/[*?]/.test(value)) return `write the value of "${claim}" out: a wildcard in the first claim admits strangers`;
  return undefined;
}
