import type { Access } from "../config/access";
import type { AccountAccess } from "../config/account-access";
import { nearest } from "../github/nearest";
import { UsageError } from "./usage-error";

/**
 * The accounts that `--account` names; all of them where it names none.
 *
 * @throws UsageError for a name that the access file does not have.
 */
export function selectAccounts(access: Access, names: readonly string[]): readonly AccountAccess[] {
  if (names.length === 0) return access.accounts;
  const known = access.accounts.map(({ name }) => name);
  for (const name of names) {
    const meant = nearest(name, known);
    if (!known.includes(name))
      throw new UsageError(
        `--account "${name}" is not in the access file: ${meant === undefined ? `it has ${known.slice(0, 20).join(", ")}` : `did you mean "${meant}"?`}`,
      );
  }
  return access.accounts.filter(({ name }) => names.includes(name));
}
