import { otherStatement, type OtherPrincipal } from "../aws/other-principals";
import { quote, type Path } from "../yaml/problem";
import type { PoliciesContext } from "./resolve-policies";
import type { EnvironmentRoleConfig } from "./schema";

/** Principals beside GitHub's jobs, each once; reports those that the role's partition does not have. */
export function otherPrincipals(
  principals: NonNullable<EnvironmentRoleConfig["alsoTrusts"]>,
  { account, path, report }: PoliciesContext,
): OtherPrincipal[] {
  const seen = new Set<string>();
  return principals.filter((principal, index) => {
    const place: Path = [...path, "alsoTrusts", index];
    const partition = "role" in principal ? principal.role.split(":")[1] : account.partition;
    if (partition !== account.partition)
      report({
        path: [...place, "role"],
        message: `role ${quote("role" in principal ? principal.role : "")}: it is of partition "${partition}", and the account's region is in "${account.partition}": no role is assumed across partitions, name one of "${account.partition}"`,
      });
    const statement = JSON.stringify(otherStatement(principal, account));
    if (seen.has(statement))
      report({ path: place, message: `entry ${index + 1} of "alsoTrusts" is a duplicate: keep one` });
    return seen.size < seen.add(statement).size;
  });
}
