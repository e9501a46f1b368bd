import type { FoundRole } from "../../../lib/model/find-role";
import type { AccountModel, RoleModel } from "../../../lib/model/model";
import type { StatementModel, TrustModel } from "../../../lib/trust/trust-model";
import type { Text, TextPart } from "../../../lib/trust/text";
import { ACCOUNT, ISSUER, PROVIDER } from "../../trust/calls";

export const LOOKUP: TextPart = { lookup: "octo-org/web-shop" };
export const unknown = (reason: string): TextPart => ({ unknown: reason });

/** A condition on a claim of the issuer. */
export const condition = (
  claim: string,
  values: readonly Text[],
  operator = "StringEquals",
): StatementModel["conditions"][number] => ({ operator, key: `${ISSUER}:${claim}`, values: [...values] });

/** A statement about web identities of the provider. */
export const statement = (
  conditions: StatementModel["conditions"],
  otherwise: Partial<StatementModel> = {},
): StatementModel => ({
  sid: null,
  effect: "Allow",
  principals: [{ kind: "Federated", value: PROVIDER }],
  notAction: false,
  actions: ["sts:AssumeRoleWithWebIdentity"],
  conditions,
  ...otherwise,
});

/** A statement about these subjects. */
export const subjects = (...values: Text[]): StatementModel => statement([condition("sub", values)]);

export const account: AccountModel = {
  name: "production",
  id: ACCOUNT,
  partition: "aws",
  region: "eu-west-1",
  providers: [{ arn: PROVIDER, issuer: ISSUER, clientIds: ["sts.amazonaws.com"], mode: "created", location: null }],
  roles: [],
};

/** A role that trusts by these statements, or by whatever stands in their place. */
export function roleOf(
  trust: readonly StatementModel[] | TrustModel,
  otherwise: Partial<RoleModel> = {},
  inAccount: Partial<AccountModel> = {},
): FoundRole {
  const role: RoleModel = {
    name: "deploy",
    arn: `arn:aws:iam::${ACCOUNT}:role/deploy`,
    path: "/",
    sessionSeconds: 7_200,
    permissionsBoundary: null,
    boundaryDocument: null,
    trust: Array.isArray(trust)
      ? { version: "2012-10-17", statements: [...(trust as StatementModel[])] }
      : (trust as TrustModel),
    managedPolicies: [],
    inlinePolicies: [],
    location: null,
    ...otherwise,
  };
  return { role, account: { ...account, ...inAccount, roles: [role] } };
}
