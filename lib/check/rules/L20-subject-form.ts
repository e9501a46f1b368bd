import { GITHUB_ISSUER } from "../../trust/admitted";
import { quoted } from "../../aws/policy/position";
import { parseSubject } from "../../github/subject";
import type { Rule, RuleFinding } from "../rule";
import type { RoleSubject } from "../subject";
import { SOURCES } from "../trust/sources";

const roleFor = (subjects: string): { repositories: object } => ({
  repositories: { "web-shop": { id: "74", subjects, roles: { plan: { allow: [{ branch: "main" }] } } } },
});

export const subjectForm: Rule<"role"> = {
  id: "L20",
  title: "Subjects by name alone",
  severity: "note",
  explanation:
    "Repositories that were created, renamed or transferred since 15 July 2026 mint subjects with ids, such as repo:octo-org@1/web-shop@2. A subject with names alone admits none of their jobs. And whoever takes over the name of a deleted organization and its repository takes over the role. This is an error for a repository that the same plan creates: nobody will ever get in.",
  remedy: "Look up the repository's form in the plan, or write both forms during the migration.",
  source: SOURCES.immutableSubjects,
  appliesTo: "role",
  compliant: [
    { about: "looked up in the plan", access: roleFor("lookup") },
    { about: "by ids", access: roleFor("immutable") },
    { about: "both forms", access: roleFor("both") },
  ],
  nonCompliant: [{ about: "names", access: roleFor("name") }],
  check: (role) => {
    return namesAlone(role).map((repository): RuleFinding => {
      const isNew = role.facts.isNew(repository);
      return {
        severity: isNew ? "error" : "note",
        message: isNew
          ? `the trust names ${quoted(repository)} without ids, but this plan creates it: its tokens will carry ids, and none gets in`
          : `the trust names ${quoted(repository)} without ids: tokens with ids do not get in, and whoever takes over the name later does`,
        fix: isNew
          ? `write "repo:OWNER@OWNER_ID/NAME@ID:…", with the ids that the plan reads`
          : "admit both forms, or let the plan look up which one the repository mints",
      };
    });
  },
};

/** Repositories whose subjects a role writes in names and not with ids too; what is looked up has the form that GitHub says. */
function namesAlone({ role, admissions }: RoleSubject): string[] {
  const looked = lookedUp(role.trust);
  const [names, ids] = [new Set<string>(), new Set<string>()];
  for (const { text } of admissions
    .filter(({ issuer }) => issuer === GITHUB_ISSUER)
    .flatMap(({ subjects }) => subjects)) {
    const prefix = parseSubject(text)?.prefix;
    if (!prefix) continue;
    const repository = `${prefix.owner}/${prefix.repository}`;
    if (prefix.form === "name") names.add(repository);
    else ids.add(repository.toLowerCase());
  }
  return [...names].filter((repository) => !ids.has(repository.toLowerCase()) && !looked.has(repository.toLowerCase()));
}

/** Repositories whose prefix a trust policy has from the plan. */
function lookedUp(trust: RoleSubject["role"]["trust"]): Set<string> {
  const values =
    "statements" in trust
      ? trust.statements.flatMap(({ conditions }) => conditions.flatMap((condition) => condition.values))
      : [];
  return new Set(
    values
      .flatMap((value) => (typeof value === "string" ? [] : value))
      .flatMap((part) => (typeof part === "object" && "lookup" in part ? [part.lookup.toLowerCase()] : [])),
  );
}
