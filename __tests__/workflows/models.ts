import type { AccessModel, EnvironmentModel, ProviderModel, RoleModel, ValueModel } from "../../lib/model/model";
import type { StatementModel } from "../../lib/trust/trust-model";
import type { Text } from "../../lib/trust/text";

export const REPOSITORY = "octo-org/web-shop";
export const ISSUER = "token.actions.githubusercontent.com";
export const ACCOUNT = "111122223333";
export const PROVIDER = `arn:aws:iam::${ACCOUNT}:oidc-provider/${ISSUER}`;

export const arnOf = (name: string): string => `arn:aws:iam::${ACCOUNT}:role/${name}`;

/** A statement that asks for claims: any of several texts. */
export const allowing = (
  claims: Readonly<Record<string, Text | readonly Text[]>>,
  operator = "StringLike",
): StatementModel => ({
  sid: null,
  effect: "Allow",
  principals: [{ kind: "Federated", value: PROVIDER }],
  notAction: false,
  actions: ["sts:AssumeRoleWithWebIdentity"],
  conditions: Object.entries({ aud: "sts.amazonaws.com", ...claims }).map(([claim, values]) => ({
    operator,
    key: `${ISSUER}:${claim}`,
    values: isOne(values) ? [values] : [...values],
  })),
});

/** A text may itself be a list, of parts. */
const isOne = (values: Text | readonly Text[]): values is Text =>
  typeof values === "string" || values.some((each) => typeof each === "object" && !Array.isArray(each));

export const roleOf = (
  name: string,
  statements: readonly StatementModel[],
  otherwise: Partial<RoleModel> = {},
): RoleModel => ({
  name,
  arn: arnOf(name),
  path: "/",
  sessionSeconds: 3600,
  permissionsBoundary: null,
  boundaryDocument: null,
  trust: { version: "2012-10-17", statements: [...statements] },
  managedPolicies: [],
  inlinePolicies: [],
  location: null,
  ...otherwise,
});

/** A role that asks for these contexts of the repository: `environment:production`. */
export const roleFor = (name: string, ...contexts: readonly string[]): RoleModel =>
  roleOf(name, [allowing({ sub: contexts.map((context) => `repo:${REPOSITORY}:${context}`) })]);

export const valueOf = (
  name: string,
  role: string | null,
  environment: string | null = null,
  otherwise: Partial<ValueModel> = {},
): ValueModel => ({
  kind: "variable",
  name,
  repository: REPOSITORY,
  environment,
  visibleTo: null,
  role: role === null ? null : arnOf(role),
  location: null,
  ...otherwise,
});

export const environmentOf = (name: string): EnvironmentModel => ({
  repository: REPOSITORY,
  name,
  reviewers: [],
  waitMinutes: 0,
  preventSelfReview: false,
  adminsCanBypass: false,
  deployFrom: "any ref",
  location: null,
});

export interface ModelParts {
  readonly roles: readonly RoleModel[];
  readonly values?: readonly ValueModel[];
  readonly environments?: readonly string[];
  readonly clientIds?: ProviderModel["clientIds"];
  readonly templates?: AccessModel["subjectTemplates"];
}

export const modelOf = ({
  roles,
  values = [],
  environments = [],
  clientIds = ["sts.amazonaws.com"],
  templates = [],
}: ModelParts): AccessModel => ({
  accounts: [
    {
      name: "production",
      id: ACCOUNT,
      partition: "aws",
      region: "eu-west-1",
      providers: [{ arn: PROVIDER, issuer: ISSUER, clientIds, mode: "created", location: null }],
      roles: [...roles],
    },
  ],
  environments: environments.map(environmentOf),
  values: [...values],
  subjectTemplates: templates,
  branchProtections: [],
  newRepositories: [],
  notes: [],
});
