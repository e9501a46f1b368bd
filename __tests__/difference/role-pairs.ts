import { matchRoles, type RolePair } from "../../lib/difference/match";
import type { AccessModel, AccountModel, RoleModel, Text } from "../../lib/model/model";
import { policyText, type Written } from "../aws/permissions/policies";

export const ACCOUNT = "111122223333";

/** A trust policy that admits jobs of one environment. */
export const trusting = (...subjects: readonly Text[]): RoleModel["trust"] => ({
  version: "2012-10-17",
  statements: [
    {
      sid: null,
      effect: "Allow",
      principals: [
        { kind: "Federated", value: `arn:aws:iam::${ACCOUNT}:oidc-provider/token.actions.githubusercontent.com` },
      ],
      notAction: false,
      actions: ["sts:AssumeRoleWithWebIdentity"],
      conditions: [
        { operator: "StringEquals", key: "token.actions.githubusercontent.com:aud", values: ["sts.amazonaws.com"] },
        {
          operator: subjects.some((each) => typeof each === "string" && /[*?]/.test(each))
            ? "StringLike"
            : "StringEquals",
          key: "token.actions.githubusercontent.com:sub",
          values: [...subjects],
        },
      ],
    },
  ],
});

/** A role without permissions, but for those given. */
export const role = (given: Partial<RoleModel> = {}): RoleModel => ({
  name: "deploy",
  arn: `arn:aws:iam::${ACCOUNT}:role/deploy`,
  path: "/",
  sessionSeconds: 3_600,
  permissionsBoundary: null,
  boundaryDocument: null,
  trust: trusting("repo:octo-org/web-shop:environment:production"),
  managedPolicies: [],
  inlinePolicies: [],
  location: { address: "aws_iam_role.deploy" },
  ...given,
});

export const account = (roles: readonly RoleModel[]): AccountModel => ({
  name: "production",
  id: ACCOUNT,
  partition: "aws",
  region: "eu-west-1",
  providers: [],
  roles: [...roles],
});

export const model = (given: Partial<AccessModel> = {}): AccessModel => ({
  accounts: [],
  environments: [],
  values: [],
  subjectTemplates: [],
  branchProtections: [],
  newRepositories: [],
  notes: [],
  ...given,
});

export const pairsOf = (before: readonly RoleModel[], after: readonly RoleModel[]): RolePair[] =>
  matchRoles(model({ accounts: [account(before)] }), model({ accounts: [account(after)] }));

export const inline = (name: string, ...statements: readonly Written[]): { name: Text; document: Text } => ({
  name,
  document: policyText(statements),
});
export const ownArn = (name: string): string => `arn:aws:iam::${ACCOUNT}:policy/${name}`;
export const own = (name: string, ...statements: readonly Written[]): { arn: Text; document: Text | null } => ({
  arn: ownArn(name),
  document: policyText(statements),
});
export const aws = (name: string): { arn: Text; document: Text | null } => ({
  arn: `arn:aws:iam::aws:policy/${name}`,
  document: null,
});
