import { planChangeOfText } from "../../lib/readers/from-plan-change";
import type { AccessModel, RoleModel } from "../../lib/model/model";
import type { PlanChange } from "../../lib/model/plan-change";

type Json = Readonly<Record<string, unknown>>;

export const ACCOUNT = "111122223333";
export const ISSUER = "token.actions.githubusercontent.com";

/** A trust policy for one subject, as Terraform has it. */
export const trust = (sub: string): string =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { Federated: `arn:aws:iam::${ACCOUNT}:oidc-provider/${ISSUER}` },
        Action: "sts:AssumeRoleWithWebIdentity",
        Condition: { StringEquals: { [`${ISSUER}:sub`]: sub } },
      },
    ],
  });

/** What a provider knows of a role that is there. */
export const roleValues = (name: string, more: Json = {}): Json => ({
  name,
  path: "/",
  arn: `arn:aws:iam::${ACCOUNT}:role/${name}`,
  id: name,
  assume_role_policy: trust(`repo:octo-org/${name}:environment:production`),
  managed_policy_arns: [],
  inline_policy: [],
  ...more,
});

export const attachmentValues = (role: string, policy: string): Json => ({
  id: `${role}-${policy}`,
  role,
  policy_arn: managed(policy),
});

export const managed = (policy: string): string => `arn:aws:iam::aws:policy/${policy}`;

/** Type and name of an address, with `data.`, modules and an index where it has them. */
function partsOf(address: string): Json {
  const [, module, data, type, name, index] =
    /^(?:((?:module\.[a-z]+\.?)+)\.)?(data\.)?([a-z0-9_]+)\.([a-z_0-9]+)(?:\[(.*)\])?$/.exec(address) ?? [];
  return {
    address,
    ...(module === undefined ? {} : { module_address: module }),
    mode: data === undefined ? "managed" : "data",
    type,
    name,
    ...(index === undefined ? {} : { index: JSON.parse(index) as unknown }),
  };
}

/** A resource of a state. */
export const held = (address: string, values: Json, more: Json = {}): Json => ({
  ...partsOf(address),
  values,
  ...more,
});

/** A change. @param more beside what every change has; `change` is merged */
export const change = (
  address: string,
  actions: string,
  before: Json | null,
  after: Json | null,
  { change: inner = {}, ...more }: Json & { readonly change?: Json } = {},
): Json => ({
  ...partsOf(address),
  ...more,
  change: {
    actions: actions.split(","),
    before,
    after,
    after_unknown: {},
    before_sensitive: {},
    after_sensitive: {},
    ...inner,
  },
});

/** Arguments that the configuration sets; a text is the one thing that an argument refers to. */
export const configured = (address: string, set: Readonly<Record<string, string | null>>, provider?: string): Json => {
  const { mode, type, name } = partsOf(address);
  return {
    address,
    mode,
    type,
    name,
    provider_config_key: provider ?? String(type).split("_")[0],
    expressions: Object.fromEntries(
      Object.entries(set).map(([key, reference]) => [
        key,
        reference === null ? {} : { references: [reference, reference.replace(/\.[a-z_]+$/, "")] },
      ]),
    ),
  };
};

export interface SmallPlan {
  readonly changes?: readonly Json[];
  readonly prior?: readonly Json[];
  readonly drift?: readonly Json[];
  readonly configuration?: readonly Json[];
  readonly providers?: Json;
  readonly more?: Json;
}

export const PROVIDERS = {
  aws: { name: "aws", expressions: { region: { constant_value: "eu-west-1" } } },
  github: { name: "github", expressions: { owner: { constant_value: "octo-org" } } },
};

/** `terraform show -json` of a plan with just that in it. */
export const planText = ({
  changes = [],
  prior = [],
  drift,
  configuration = [],
  providers = PROVIDERS,
  more = {},
}: SmallPlan): string =>
  JSON.stringify({
    format_version: "1.2",
    terraform_version: "1.11.4",
    planned_values: { root_module: {} },
    resource_changes: changes,
    ...(drift ? { resource_drift: drift } : {}),
    prior_state: { format_version: "1.0", values: { root_module: { resources: prior } } },
    configuration: { provider_config: providers, root_module: { resources: configuration } },
    ...more,
  });

export const changeOf = (plan: SmallPlan): PlanChange => planChangeOfText(planText(plan), "plan.json");

export const rolesOf = ({ accounts }: AccessModel): RoleModel[] => accounts.flatMap(({ roles }) => roles);

/** Names of the policies of each role, managed and inline. */
export const policiesOf = (model: AccessModel): Record<string, readonly unknown[]> =>
  Object.fromEntries(
    rolesOf(model).map(({ name, managedPolicies, inlinePolicies }) => [
      JSON.stringify(name).replaceAll('"', ""),
      [
        ...("unknown" in managedPolicies
          ? [managedPolicies]
          : managedPolicies.map(({ arn }) => String(arn).replace(managed(""), ""))),
        ...("unknown" in inlinePolicies ? [inlinePolicies] : inlinePolicies.map((each) => each.name)),
      ],
    ]),
  );
