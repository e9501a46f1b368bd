import { COMMON, generateAccount, type Deployment } from "./generate";

/** What the roles of a generated plan do: one in a hundred changes, or every one is made. */
export type PlanKind = "few-changed" | "all-created";

/** Of the roles that change each another thing, in turn. */
type Changed = "trust" | "permissions" | "protection" | undefined;

type Json = Readonly<Record<string, unknown>>;

/** A resource as it was, and as it will be. */
interface Planned {
  readonly type: string;
  readonly name: string;
  /** Arguments that the configuration sets; a text is the attribute that one refers to. */
  readonly set: Readonly<Record<string, string | null>>;
  readonly values: Json;
  /** What the plan makes of it, where that is something else. */
  readonly after?: Json;
  /** What only the provider knows, after apply. */
  readonly computed: readonly string[];
  /** Marks that Terraform writes for lists and maps, though nothing in them is sensitive. */
  readonly marks?: Json;
}

const ONE_IN = 100;
const ISSUER = "token.actions.githubusercontent.com";
const PROVIDERS: Readonly<Record<string, string>> = {
  aws: "registry.terraform.io/hashicorp/aws",
  github: "registry.terraform.io/integrations/github",
};

/** What `terraform show -json` prints of a plan of one account: five resources for each role. */
export function generatePlan(roles: number, kind: PlanKind): string {
  const account = generateAccount(0, roles);
  const resources = account.deployments.flatMap((deployment, index) =>
    resourcesOf(deployment, account.id, index, kind === "few-changed" ? changeOf(index) : undefined),
  );
  const isNew = kind === "all-created";
  return JSON.stringify({
    format_version: "1.2",
    terraform_version: "1.11.4",
    planned_values: {
      root_module: {
        resources: resources.map((each) => ({
          ...instanceOf(each),
          schema_version: 0,
          values: isNew ? plannedOf(each) : (each.after ?? each.values),
          sensitive_values: each.marks ?? {},
        })),
      },
    },
    resource_changes: resources.map((each) => ({
      ...instanceOf(each),
      change: isNew ? creationOf(each) : updateOf(each),
    })),
    ...(isNew
      ? {}
      : {
          prior_state: {
            format_version: "1.0",
            terraform_version: "1.11.4",
            values: {
              root_module: {
                resources: resources.map((each) => ({
                  ...instanceOf(each),
                  schema_version: 0,
                  values: each.values,
                  sensitive_values: each.marks ?? {},
                })),
              },
            },
          },
        }),
    configuration: {
      provider_config: providersOf(account.id),
      root_module: { resources: resources.map(configuredAs) },
    },
    timestamp: "2026-01-01T00:00:00Z",
    applyable: true,
    complete: true,
    errored: false,
  });
}

const changeOf = (index: number): Changed =>
  index % ONE_IN === 0 ? (["trust", "permissions", "protection"] as const)[(index / ONE_IN) % 3] : undefined;

function resourcesOf(deployment: Deployment, account: string, index: number, changed: Changed): Planned[] {
  const policy = index % 2 === 0 ? inlinePolicyOf(deployment, changed) : attachmentOf(deployment);
  return [
    roleOf(deployment, account, changed),
    policy,
    environmentOf(deployment, index, changed),
    deploymentPolicyOf(deployment, index),
    variableOf(deployment, account, index),
  ];
}

function roleOf({ repository, roleName }: Deployment, account: string, changed: Changed): Planned {
  const arn = `arn:aws:iam::${account}:role/${roleName}`;
  const values = {
    arn,
    assume_role_policy: trustOf(repository, account, `environment:${COMMON.environment}`),
    create_date: "2026-01-01T00:00:00Z",
    description: "",
    force_detach_policies: false,
    id: roleName,
    inline_policy: [],
    managed_policy_arns: [],
    max_session_duration: 3600,
    name: roleName,
    name_prefix: "",
    path: "/",
    permissions_boundary: "",
    tags: COMMON.tags,
    tags_all: COMMON.tags,
    unique_id: `AROA${roleName.toUpperCase().replaceAll("-", "")}`,
  };
  return {
    type: "aws_iam_role",
    name: `${repository}__${COMMON.environment}`,
    set: { assume_role_policy: null, max_session_duration: null, name: null, path: null, tags: null },
    values,
    ...(changed === "trust"
      ? { after: { ...values, assume_role_policy: trustOf(repository, account, "ref:refs/heads/main*") } }
      : {}),
    computed: ["arn", "create_date", "id", "inline_policy", "managed_policy_arns", "name_prefix", "unique_id"],
    marks: { inline_policy: [], managed_policy_arns: [], tags: {}, tags_all: {} },
  };
}

const trustOf = (repository: string, account: string, context: string): string =>
  JSON.stringify({
    Statement: [
      {
        Action: "sts:AssumeRoleWithWebIdentity",
        Condition: {
          StringLike: {
            [`${ISSUER}:aud`]: "sts.amazonaws.com",
            [`${ISSUER}:sub`]: `repo:${COMMON.owner}/${repository}:${context}`,
          },
        },
        Effect: "Allow",
        Principal: { Federated: `arn:aws:iam::${account}:oidc-provider/${ISSUER}` },
      },
    ],
    Version: "2012-10-17",
  });

function inlinePolicyOf({ repository, roleName, inlinePolicy }: Deployment, changed: Changed): Planned {
  const name = COMMON.inlinePolicyName;
  const values = {
    id: `${roleName}:${name}`,
    name,
    name_prefix: "",
    policy: JSON.stringify(inlinePolicy),
    role: roleName,
  };
  const wider = {
    ...inlinePolicy,
    Statement: [
      ...[inlinePolicy.Statement].flat(),
      { Sid: "Pass", Effect: "Allow", Action: "iam:PassRole", Resource: "*" },
    ],
  };
  return {
    type: "aws_iam_role_policy",
    name: `${repository}__${COMMON.environment}__${name}`,
    set: { name: null, policy: null, role: `aws_iam_role.${repository}__${COMMON.environment}.name` },
    values,
    ...(changed === "permissions" ? { after: { ...values, policy: JSON.stringify(wider) } } : {}),
    computed: ["id", "name_prefix"],
  };
}

const attachmentOf = ({ repository, roleName }: Deployment): Planned => ({
  type: "aws_iam_role_policy_attachment",
  name: `${repository}__${COMMON.environment}__${COMMON.managedPolicy}`,
  set: { policy_arn: null, role: `aws_iam_role.${repository}__${COMMON.environment}.name` },
  values: {
    id: `${roleName}-20260101000000000000000001`,
    policy_arn: `arn:aws:iam::aws:policy/${COMMON.managedPolicy}`,
    role: roleName,
  },
  computed: ["id"],
});

function environmentOf({ repository }: Deployment, index: number, changed: Changed): Planned {
  const values = {
    can_admins_bypass: false,
    deployment_branch_policy: [{ custom_branch_policies: true, protected_branches: false }],
    environment: COMMON.environment,
    id: `${repository}:${COMMON.environment}`,
    prevent_self_review: false,
    repository,
    repository_id: index + 1,
    reviewers: [{ teams: [1], users: [] }],
    wait_timer: 0,
  };
  return {
    type: "github_repository_environment",
    name: `${repository}__${COMMON.environment}`,
    set: {
      can_admins_bypass: null,
      deployment_branch_policy: null,
      environment: null,
      repository: null,
      reviewers: null,
    },
    values,
    ...(changed === "protection" ? { after: { ...values, reviewers: [] } } : {}),
    computed: ["id", "repository_id"],
    marks: { deployment_branch_policy: [{}], reviewers: [{ teams: [false], users: [] }] },
  };
}

const deploymentPolicyOf = ({ repository }: Deployment, index: number): Planned => ({
  type: "github_repository_environment_deployment_policy",
  name: `${repository}__${COMMON.environment}__branch`,
  set: {
    branch_pattern: null,
    environment: `github_repository_environment.${repository}__${COMMON.environment}.environment`,
    repository: null,
  },
  values: {
    branch_pattern: COMMON.branch,
    environment: COMMON.environment,
    id: `${repository}:${COMMON.environment}:${index + 1}`,
    policy_id: index + 1,
    repository,
    repository_id: index + 1,
    tag_pattern: null,
  },
  computed: ["id", "policy_id", "repository_id"],
});

const variableOf = ({ repository, roleName }: Deployment, account: string, index: number): Planned => ({
  type: "github_actions_environment_variable",
  name: `${repository}__${COMMON.environment}__AWS_ROLE_ARN`,
  set: {
    environment: `github_repository_environment.${repository}__${COMMON.environment}.environment`,
    repository: null,
    value: `aws_iam_role.${repository}__${COMMON.environment}.arn`,
    variable_name: null,
  },
  values: {
    created_at: "2026-01-01 00:00:00 +0000 UTC",
    environment: COMMON.environment,
    id: `${repository}:${COMMON.environment}:AWS_ROLE_ARN`,
    repository,
    repository_id: index + 1,
    updated_at: "2026-01-01 00:00:00 +0000 UTC",
    value: `arn:aws:iam::${account}:role/${roleName}`,
    variable_name: "AWS_ROLE_ARN",
  },
  computed: ["created_at", "id", "repository_id", "updated_at", "value"],
});

const instanceOf = ({ type, name }: Planned): Json => ({
  address: `${type}.${name}`,
  mode: "managed",
  type,
  name,
  provider_name: PROVIDERS[providerOf(type)],
});

const providerOf = (type: string): string => type.slice(0, type.indexOf("_"));

const updateOf = ({ values, after, marks = {} }: Planned): Json => ({
  actions: [after ? "update" : "no-op"],
  before: values,
  after: after ?? values,
  after_unknown: {},
  before_sensitive: marks,
  after_sensitive: marks,
});

const creationOf = (planned: Planned): Json => ({
  actions: ["create"],
  before: null,
  after: plannedOf(planned),
  after_unknown: { ...planned.marks, ...Object.fromEntries(planned.computed.map((name) => [name, true])) },
  before_sensitive: false,
  after_sensitive: planned.marks ?? {},
});

const plannedOf = ({ values, computed }: Planned): Json =>
  Object.fromEntries(Object.entries(values).filter(([name]) => !computed.includes(name)));

const configuredAs = ({ type, name, set, values }: Planned): Json => ({
  address: `${type}.${name}`,
  mode: "managed",
  type,
  name,
  provider_config_key: providerOf(type),
  expressions: Object.fromEntries(
    Object.entries(set).map(([argument, reference]) => [
      argument,
      reference === null
        ? { constant_value: values[argument] }
        : { references: [reference, reference.slice(0, reference.lastIndexOf("."))] },
    ]),
  ),
  schema_version: 0,
});

const providersOf = (account: string): Json => ({
  aws: {
    name: "aws",
    full_name: PROVIDERS["aws"],
    expressions: { allowed_account_ids: { constant_value: [account] }, region: { constant_value: COMMON.region } },
  },
  github: { name: "github", full_name: PROVIDERS["github"], expressions: { owner: { constant_value: COMMON.owner } } },
});
