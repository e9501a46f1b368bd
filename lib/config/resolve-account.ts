import { foreignArnProblem, parseIamArn } from "../aws/arn";
import { defaultAudience, partitionOf } from "../aws/partition";
import { MAX_TAGS, TRUST_POLICY_LENGTH } from "../aws/role-rules";
import type { AccountAccess, EnvironmentAccess, GithubAccess, RoleAccess } from "./account-access";
import { quote, renderPath, type Path, type Problem } from "./problem";
import type { AccessConfig, AccountConfig } from "./schema";

/** An account while its roles and environments are being gathered. */
export interface AccountDraft extends AccountAccess {
  readonly roles: RoleAccess[];
  readonly environments: EnvironmentAccess[];
  /** Lower-case role name to where it was given: IAM compares names without regard to case. */
  readonly roleNames: Map<string, Path>;
}

/** The accounts of a file with their defaults, and what is wrong with them or between them. */
export function resolveAccounts(config: AccessConfig, github: GithubAccess, report: (problem: Problem) => void): Map<string, AccountDraft> {
  const names = Object.keys(config.accounts);
  if (names.length === 0) report({ path: ["accounts"], message: '"accounts" is empty: name at least one account' });
  findTwins(names.map((name) => [name, ["accounts", name]]), (name) => `account ${quote(name)}`, report, true);
  const entries = Object.entries(config.accounts);
  findTwins(entries.map(([name, { id }]) => [id, ["accounts", name, "id"]]), (id) => `account id ${quote(id)}`, report);
  findTwins(
    entries.flatMap(([name, { backend }]): [string, Path][] => (backend?.s3 ? [[`${backend.s3.bucket}/${backend.s3.key}`, ["accounts", name, "backend", "s3", "key"]]] : [])),
    (state) => `state ${quote(state)}`,
    report,
  );
  return new Map(entries.map(([name, account]) => [name, draftOf(name, account, github, report)]));
}

function draftOf(name: string, account: AccountConfig, github: GithubAccess, report: (problem: Problem) => void): AccountDraft {
  const partition = partitionOf(account.region);
  const path: Path = ["accounts", name];
  const checkArn = (key: "permissionsBoundary" | "assumeRole", type: string, allowAwsManaged: boolean): void => {
    const arn = account[key];
    const wrong = arn === undefined ? undefined : foreignArnProblem(parseIamArn(arn), type, account.id, partition, allowAwsManaged);
    if (wrong) report({ path: [...path, key], message: `"${key}" ${quote(arn)}: ${wrong}` });
  };
  checkArn("permissionsBoundary", "policy", true);
  checkArn("assumeRole", "role", false);
  const tags = account.tags ?? {};
  if (Object.keys(tags).length > MAX_TAGS) report({ path: [...path, "tags"], message: `${Object.keys(tags).length} tags: IAM takes at most ${MAX_TAGS}` });
  return {
    name,
    id: account.id,
    region: account.region,
    partition,
    github,
    oidcProvider: account.oidcProvider ?? "create",
    audiences: [...new Set(account.audiences ?? [defaultAudience(partition)])],
    permissionsBoundary: account.permissionsBoundary,
    rolePath: account.rolePath ?? "/",
    tags,
    assumeRole: account.assumeRole,
    backend: account.backend,
    trustPolicyQuota: account.trustPolicyQuota ?? TRUST_POLICY_LENGTH.default,
    roles: [],
    environments: [],
    roleNames: new Map(),
  };
}

/** Reports every name that, without regard to case, was already given elsewhere. */
export function findTwins(named: readonly (readonly [string, Path])[], what: (name: string) => string, report: (problem: Problem) => void, atKey = false): void {
  const seen = new Map<string, { name: string; path: Path }>();
  for (const [name, path] of named) {
    const twin = seen.get(name.toLowerCase());
    if (twin) report({ path, atKey, message: `${what(name)} is also at ${renderPath(twin.path)}${twin.name === name ? "" : ", in another spelling"}: keep one` });
    else seen.set(name.toLowerCase(), { name, path });
  }
}
