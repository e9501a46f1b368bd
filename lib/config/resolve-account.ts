import { foreignArnProblem, parseIamArn } from "../aws/arn";
import { defaultAudience, partitionOf } from "../aws/partition";
import { MAX_AUDIENCES, MAX_TAGS, TRUST_POLICY_LENGTH } from "../aws/role-rules";
import type {
  AccountAccess,
  ChainedRoleAccess,
  EnvironmentAccess,
  GithubAccess,
  GivenValue,
  ProtectedBranchAccess,
  RenameAccess,
  RoleAccess,
  SubjectTemplateAccess,
} from "./account-access";
import { quote, renderPath, type Path, type Problem } from "../yaml/problem";
import type { AccessConfig, AccountConfig } from "./schema";

/** An account while its roles and environments are being gathered. */
export interface AccountDraft extends AccountAccess {
  readonly roles: RoleAccess[];
  readonly environments: EnvironmentAccess[];
  readonly protectedBranches: ProtectedBranchAccess[];
  readonly renames: RenameAccess[];
  readonly values: GivenValue[];
  readonly subjectTemplates: SubjectTemplateAccess[];
  readonly chainedRoles: ChainedRoleAccess[];
  /** Lower-case role name to where it was given: IAM compares names without regard to case. */
  readonly roleNames: Map<string, Path>;
  /** The same of the policies that are made for roles. */
  readonly policyNames: Map<string, Path>;
}

/** The accounts of a file with their defaults, and what is wrong with them or between them. */
export function resolveAccounts(
  config: AccessConfig,
  github: GithubAccess,
  report: (problem: Problem) => void,
): Map<string, AccountDraft> {
  const names = Object.keys(config.accounts);
  if (names.length === 0)
    report({ path: ["accounts"], isLack: true, message: '"accounts" is empty: name at least one account' });
  findTwins(
    names.map((name) => [name, ["accounts", name]]),
    (name) => `account ${quote(name)}`,
    report,
    { atKey: true },
  );
  const entries = Object.entries(config.accounts);
  findTwins(
    entries.map(([name, { id }]) => [id, ["accounts", name, "id"]]),
    (id) => `account id ${quote(id)}`,
    report,
  );
  findTwins(
    entries.flatMap(([name, { backend }]): [string, Path][] =>
      backend?.s3 ? [[`${backend.s3.bucket}/${backend.s3.key}`, ["accounts", name, "backend", "s3", "key"]]] : [],
    ),
    (state) => `state ${quote(state)}`,
    report,
    { remedy: "give each account its own key", regardsCase: true },
  );
  return new Map(entries.map(([name, account]) => [name, draftOf(name, account, github, report)]));
}

function draftOf(
  name: string,
  account: AccountConfig,
  github: GithubAccess,
  report: (problem: Problem) => void,
): AccountDraft {
  const partition = partitionOf(account.region);
  const path: Path = ["accounts", name];
  const checkArn = (key: "permissionsBoundary" | "assumeRole", type: string, allowAwsManaged: boolean): void => {
    const arn = account[key];
    const wrong =
      arn === undefined ? undefined : foreignArnProblem(parseIamArn(arn), type, account.id, partition, allowAwsManaged);
    if (wrong) report({ path: [...path, key], message: `"${key}" ${quote(arn)}: ${wrong}` });
  };
  checkArn("permissionsBoundary", "policy", true);
  checkArn("assumeRole", "role", false);
  const audiences = [...new Set(account.audiences ?? [defaultAudience(partition)])];
  if (audiences.length > MAX_AUDIENCES)
    report({
      path: [...path, "audiences"],
      message: `${audiences.length} audiences: an OIDC provider takes at most ${MAX_AUDIENCES}, remove some`,
    });
  const tags = account.tags ?? {};
  checkTags([[tags, [...path, "tags"]]], report);
  return {
    name,
    id: account.id,
    region: account.region,
    partition,
    github,
    oidcProvider: account.oidcProvider ?? "create",
    audiences,
    assertsClaimKeys: account.claimKeys === "asserted",
    permissionsBoundary: account.permissionsBoundary,
    exclusive: account.exclusive ?? false,
    rolePath: account.rolePath ?? "/",
    tags,
    preventDestroy: account.preventDestroy ?? false,
    assumeRole: account.assumeRole,
    backend: account.backend,
    trustPolicyQuota: account.trustPolicyQuota ?? TRUST_POLICY_LENGTH.default,
    roles: [],
    environments: [],
    protectedBranches: [],
    renames: [],
    values: [],
    waitsFor: [],
    subjectTemplates: [],
    chainedRoles: [],
    roleNames: new Map(),
    policyNames: new Map(),
  };
}

/** Tags that are put on one thing, the nearest last: IAM ignores case in their keys. */
export function checkTags(
  sources: readonly (readonly [Readonly<Record<string, string>>, Path])[],
  report: (problem: Problem) => void,
): void {
  const places = new Map(
    sources.flatMap(([tags, path]) => Object.keys(tags).map((key): [string, Path] => [key, [...path, key]])),
  );
  const [, last = []] = sources.at(-1) ?? [];
  if (places.size > MAX_TAGS)
    report({ path: last, message: `${places.size} tags: IAM takes at most ${MAX_TAGS}, remove some` });
  findTwins([...places], (key) => `tag ${quote(key)}`, report, { atKey: true });
}

/** How names are compared, and what is told of those that occur twice. */
export interface TwinOptions {
  /** Whether the names are keys. @default false */
  readonly atKey?: boolean;
  /** What to do. @default keep one */
  readonly remedy?: string;
  /** Whether names that differ in case are different names. @default false */
  readonly regardsCase?: boolean;
}

/** Reports every name that was already given elsewhere. */
export function findTwins(
  named: readonly (readonly [string, Path])[],
  what: (name: string) => string,
  report: (problem: Problem) => void,
  { atKey, remedy = "keep one", regardsCase }: TwinOptions = {},
): void {
  const seen = new Map<string, { name: string; path: Path }>();
  for (const [name, path] of named) {
    const same = regardsCase ? name : name.toLowerCase();
    const twin = seen.get(same);
    if (twin)
      report({
        path,
        atKey,
        message: `${what(name)} is also at ${renderPath(twin.path)}${twin.name === name ? "" : ", in another spelling"}: ${remedy}`,
      });
    else seen.set(same, { name, path });
  }
}
