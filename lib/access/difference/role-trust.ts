import type { FoundRole } from "../find-role";
import { isUnknown, type AccountModel, type Unknown } from "../model";
import type { AbsentProviders } from "./absent-providers";
import { withOwnProvider, type KnownTrust } from "../role-call/partial-policy";

/** Whom a role trusts: a policy, or nobody where there is no role or AWS would refuse the policy. */
export type RoleTrust = (KnownTrust & { readonly refused?: string }) | Unknown;

const NOBODY = { version: null, statements: [] } as const satisfies KnownTrust;

/**
 * @param counterpart the role on the other side of the change: what is not known of the account on one side
 *   is known on the other.
 * @param absent OIDC providers that are not there on this side: nobody comes by them.
 */
export function roleTrust(found: FoundRole | undefined, counterpart: FoundRole | undefined, absent: AbsentProviders): RoleTrust {
  if (!found) return NOBODY;
  const { trust } = found.role;
  if (isUnknown(trust)) return trust;
  if ("refused" in trust) return { ...NOBODY, refused: trust.refused[0] ?? "" };
  const account = withKnown(found.account, counterpart?.account);
  return { ...trust, statements: trust.statements.map((statement) => withOwnProvider(statement, account)).flatMap((statement) => absent.leaveOut(statement)) };
}

const withKnown = (account: AccountModel, other: AccountModel | undefined): AccountModel => ({ ...account, id: account.id ?? other?.id ?? null, partition: account.partition ?? other?.partition ?? null });

/** Whether AWS would refuse the policy, as far as is seen. */
export const isRefused = (trust: RoleTrust): trust is KnownTrust & { readonly refused: string } => "refused" in trust;
