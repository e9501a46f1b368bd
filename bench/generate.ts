import type { PolicyDocument } from "../lib/aws/policy-document";
import type { AccessConfig, EnvironmentConfig, RepositoryConfig } from "../lib/config/schema";

/** What both sides of the comparison write down: accounts, and the deployments into each. */
export interface Fleet {
  readonly accounts: readonly FleetAccount[];
}

export interface FleetAccount {
  readonly name: string;
  readonly id: string;
  readonly deployments: readonly Deployment[];
}

/** One role and its GitHub objects: an environment of a repository that deploys one service. */
export interface Deployment {
  readonly repository: string;
  readonly roleName: string;
  readonly inlinePolicy: PolicyDocument;
}

/** What all deployments have in common. */
export const COMMON = {
  owner: "octo-org",
  region: "eu-west-1",
  environment: "production",
  team: "release-managers",
  branch: "release/*",
  managedPolicy: "ReadOnlyAccess",
  inlinePolicyName: "deploy",
  tags: { owner: "platform" },
} as const;

/** Roles spread evenly: an account has as many as one stack comfortably holds. */
export const ROLES_PER_ACCOUNT = 100;

export function generateFleet(roles: number, rolesPerAccount = Math.min(roles, ROLES_PER_ACCOUNT)): Fleet {
  return {
    accounts: Array.from({ length: roles / rolesPerAccount }, (_, index) => generateAccount(index, rolesPerAccount)),
  };
}

export function generateAccount(index: number, roles: number): FleetAccount {
  const [name, id] = [`team-${padded(index)}`, accountId(index)];
  return {
    name,
    id,
    deployments: Array.from({ length: roles }, (_, role) =>
      generateDeployment(`service-${padded(index)}-${padded(role)}`, id),
    ),
  };
}

/** Of one width, so that names sort alike whatever follows them. */
export const padded = (index: number): string => String(index).padStart(5, "0");
export const accountId = (index: number): string => String(100_000_000_000 + index);

function generateDeployment(repository: string, accountId: string): Deployment {
  const place = `${COMMON.region}:${accountId}`;
  return {
    repository,
    roleName: `${repository}-${COMMON.environment}`,
    inlinePolicy: {
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "PushImage",
          Effect: "Allow",
          Action: [
            "ecr:BatchCheckLayerAvailability",
            "ecr:CompleteLayerUpload",
            "ecr:InitiateLayerUpload",
            "ecr:PutImage",
            "ecr:UploadLayerPart",
          ],
          Resource: `arn:aws:ecr:${place}:repository/${repository}`,
        },
        {
          Sid: "UpdateService",
          Effect: "Allow",
          Action: ["ecs:DescribeServices", "ecs:UpdateService"],
          Resource: `arn:aws:ecs:${place}:service/main/${repository}`,
        },
      ],
    },
  };
}

/** An inline policy as the access file has it: the document, or the path of its file. */
type PolicySource = (deployment: Deployment) => PolicyDocument | string;

/** The fleet as an access file has it. */
export function accessConfigOf(
  { accounts }: Fleet,
  policyOf: PolicySource = ({ inlinePolicy }) => inlinePolicy,
): AccessConfig {
  const repositories = accounts.flatMap(({ name, deployments }) =>
    deployments.map((each) => [each.repository, repositoryOf(name, policyOf(each))]),
  );
  return {
    github: { owner: COMMON.owner, plan: "enterprise" },
    accounts: Object.fromEntries(
      accounts.map(({ name, id }) => [name, { id, region: COMMON.region, tags: COMMON.tags }]),
    ),
    repositories: Object.fromEntries(repositories),
  };
}

function repositoryOf(account: string, policy: PolicyDocument | string): RepositoryConfig {
  const environment: EnvironmentConfig = {
    reviewers: { teams: [COMMON.team] },
    deployFrom: { branches: [COMMON.branch] },
    role: {
      account,
      managedPolicies: [COMMON.managedPolicy],
      inlinePolicies: { [COMMON.inlinePolicyName]: typeof policy === "string" ? policy : { ...policy } },
    },
  };
  return { environments: { [COMMON.environment]: environment } };
}
