import type { AccessConfig, RepositoryConfig } from "../lib/config/schema";
import { accountId, COMMON, padded, ROLES_PER_ACCOUNT } from "./generate";

/** Accounts, and the repositories with a role that plans and a role that applies in each. */
export interface PairFleet {
  readonly accounts: readonly PairAccount[];
}

export interface PairAccount {
  readonly name: string;
  readonly id: string;
  readonly repositories: readonly string[];
  /** Its stack makes the values of the organization, and its bucket holds the states of all. */
  readonly isShared: boolean;
}

/** What all pairs have in common, beside what all deployments have. */
export const PAIRS = {
  bucket: "octo-tfstate",
  planned: "main",
  plans: "ReadOnlyAccess",
  applies: "PowerUserAccess",
  variables: { LOG_LEVEL: "info" },
  secret: { name: "NPM_TOKEN", fromVariable: "npm_token" },
  organization: { variable: "REGISTRY", value: "ghcr.io/octo-org", secret: "SENTRY_DSN", fromVariable: "sentry_dsn" },
} as const;

/** @param roles an even number: two for each repository. */
export function generatePairs(roles: number, rolesPerAccount = Math.min(roles, ROLES_PER_ACCOUNT)): PairFleet {
  return {
    accounts: Array.from({ length: roles / rolesPerAccount }, (_, index) => ({
      name: `team-${padded(index)}`,
      id: accountId(index),
      repositories: Array.from(
        { length: rolesPerAccount / 2 },
        (_each, repository) => `infra-${padded(index)}-${padded(repository)}`,
      ),
      isShared: index === 0,
    })),
  };
}

/** The variable of the organization that tells the plan role of an account's first repository. */
export const sharedVariable = ({ name }: PairAccount): string =>
  `${name.toUpperCase().replace("-", "_")}_PLAN_ROLE_ARN`;

/** The fleet as an access file has it. */
export function pairsConfigOf({ accounts }: PairFleet): AccessConfig {
  const terraform = {
    environment: COMMON.environment,
    branch: PAIRS.planned,
    state: "main",
    apply: { managedPolicies: [PAIRS.applies] },
  };
  const { organization } = PAIRS;
  const shared = accounts.find(({ isShared }) => isShared)?.name;
  return {
    github: { owner: COMMON.owner, plan: "enterprise" },
    accounts: Object.fromEntries(
      accounts.map(({ name, id }) => [name, { id, region: COMMON.region, tags: COMMON.tags, terraform }]),
    ),
    states: { main: { account: shared, bucket: PAIRS.bucket } },
    organization: {
      account: shared,
      variables: { [organization.variable]: { value: organization.value, repositories: "all" } },
      secrets: { [organization.secret]: { fromVariable: organization.fromVariable, repositories: "private" } },
    },
    repositories: Object.fromEntries(
      accounts.flatMap((account) =>
        account.repositories.map((repository) => [repository, repositoryOf(account, repository)]),
      ),
    ),
  };
}

function repositoryOf(account: PairAccount, repository: string): RepositoryConfig {
  const [first, second = ""] = account.repositories;
  const publish =
    repository === first
      ? [{ variable: "AWS_PLAN_ROLE_ARN" }, { variable: sharedVariable(account), organization: [second] }]
      : undefined;
  return {
    account: account.name,
    variables: { ...PAIRS.variables },
    secrets: { [PAIRS.secret.name]: { fromVariable: PAIRS.secret.fromVariable } },
    environments: {
      [COMMON.environment]: { reviewers: { teams: [COMMON.team] }, deployFrom: { branches: [COMMON.branch] } },
    },
    terraform: { account: account.name, ...(publish && { plan: { publish } }) },
  };
}
