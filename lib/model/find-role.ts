import type { AccessModel, AccountModel, RoleModel } from "./model";

/** A role, and the account that it is in. */
export interface FoundRole {
  readonly role: RoleModel;
  readonly account: AccountModel;
}

/** Every role of a model. */
export const rolesIn = ({ accounts }: AccessModel): FoundRole[] =>
  accounts.flatMap((account) => account.roles.map((role): FoundRole => ({ role, account })));
