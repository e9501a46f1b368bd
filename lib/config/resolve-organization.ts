import type { GithubAccess, OrganizationReach } from "./account-access";
import { quote, type Path, type Problem } from "../yaml/problem";
import { findTwins, type AccountDraft } from "./resolve-account";
import { accountNamed } from "./role-accounts";
import type { AccessConfig, OrganizationConfig } from "./schema";
import type { ValueNames } from "./value-names";

/** What the organization's values are resolved with. */
export interface OrganizationContext {
  readonly github: GithubAccess;
  readonly accounts: ReadonlyMap<string, AccountDraft>;
  readonly repositories: AccessConfig["repositories"];
  readonly names: ValueNames;
  readonly report: (problem: Problem) => void;
}

/** Puts the organization's variables and secrets into the account whose stack sets them. */
export function resolveOrganization(config: OrganizationConfig | undefined, context: OrganizationContext): void {
  if (!config) return;
  const path: Path = ["organization"];
  const owner = accountNamed(config.account, [...path, "account"], path, context);
  for (const [name, { value, repositories }] of Object.entries(config.variables ?? {})) {
    const where = [...path, "variables", name];
    const place = { organization: sortedReach(repositories) };
    checkReach(repositories, [...where, "repositories"], context);
    context.names.take(place, path, { kind: "variable", name, path: where });
    owner?.values.push({ kind: "variable", name, place, value });
  }
  for (const [name, { repositories, ...source }] of Object.entries(config.secrets ?? {})) {
    const where = [...path, "secrets", name];
    const place = { organization: sortedReach(repositories) };
    checkReach(repositories, [...where, "repositories"], context);
    context.names.take(place, path, { kind: "secret", name, path: where });
    owner?.values.push({ kind: "secret", name, place, source });
  }
}

/** The same whatever order the file has. */
export const sortedReach = (reach: OrganizationReach): OrganizationReach =>
  typeof reach === "string" ? reach : [...reach].sort();

/**
 * Reports what of an organization's value GitHub would refuse, or keep from everybody.
 *
 * @see https://docs.github.com/en/actions/reference/security/secrets
 */
export function checkReach(
  reach: OrganizationReach,
  path: Path,
  { github, repositories, report }: OrganizationContext,
): void {
  if (github.plan === "pro")
    report({
      path,
      message:
        'values of an organization, and "plan" is "pro", a plan of single users: publish in repositories instead',
    });
  if (reach === "private" && github.plan === "free")
    report({
      path,
      message: `"private" repositories do not see an organization's values on GitHub Free, and "plan" is "free": publish in the repositories instead`,
    });
  if (typeof reach === "string") return;
  if (reach.length === 0)
    report({
      path,
      isLack: true,
      message: `${quote(path.at(-1))} is an empty list: name at least one repository, or write "all" or "private"`,
    });
  findTwins(
    reach.map((name, index) => [name, [...path, index]]),
    (name) => `repository ${quote(name)}`,
    report,
  );
  if (github.plan !== "free") return;
  for (const [index, name] of reach.entries()) {
    const visibility = Object.hasOwn(repositories, name) ? (repositories[name]?.visibility ?? "private") : "public";
    if (visibility !== "public")
      report({
        path: [...path, index],
        message: `repository ${quote(name)} is ${visibility}, and on GitHub Free such do not see an organization's values: publish in the repository instead`,
      });
  }
}
