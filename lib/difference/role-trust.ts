import type { FoundRole } from "../model/find-role";
import type { AccountModel } from "../model/model";
import { isUnknown, type Unknown } from "../trust/trust-model";
import type { AbsentProviders } from "./absent-providers";
import { withOwnProvider, type KnownTrust } from "../questions/role-call/partial-policy";

/** Whom a role trusts: a policy, or nobody where there is no role or AWS would refuse the policy. */
export type RoleTrust = KnownTrust | RefusedTrust | Unknown;

/** A policy that AWS would refuse: as far as that is right, nobody is let in. */
export type RefusedTrust = KnownTrust & { readonly refused: string; readonly text: string | undefined };

const NOBODY = { version: null, statements: [] } as const satisfies KnownTrust;

/**
 * @param counterpart the role on the other side of the change: what is not known of the account on one side
 *   is known on the other.
 * @param absent OIDC providers that are not there on this side: nobody comes by them.
 */
export function roleTrust(
  found: FoundRole | undefined,
  counterpart: FoundRole | undefined,
  absent: AbsentProviders,
): RoleTrust {
  if (!found) return NOBODY;
  const { trust } = found.role;
  if (isUnknown(trust)) return trust;
  if ("refused" in trust) return { ...NOBODY, refused: trust.refused[0] ?? "", text: trust.text };
  const account = withKnown(found.account, counterpart?.account);
  return {
    version: trust.version,
    statements: trust.statements
      .map((statement) => withOwnProvider(statement, account))
      .flatMap((statement) => absent.leaveOut(statement)),
  };
}

const withKnown = (account: AccountModel, other: AccountModel | undefined): AccountModel => ({
  ...account,
  id: account.id ?? other?.id ?? null,
  partition: account.partition ?? other?.partition ?? null,
});

/** Whether AWS would refuse the policy, as far as is seen. */
export const isRefused = (trust: RoleTrust): trust is RefusedTrust => "refused" in trust;

/** Whether two trust policies surely are one. Of those that AWS would refuse only the texts can tell. */
export const isSameTrust = (one: RoleTrust, other: RoleTrust): boolean =>
  JSON.stringify(one) === JSON.stringify(other) && !(isRefused(one) && one.text === undefined);
