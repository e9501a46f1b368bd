import type { Admission } from "./account-access";
import { quote, type Path, type Problem } from "../yaml/problem";
import type { EnvironmentRoleConfig } from "./schema";

/**
 * A role that is split has a part for each repository whose jobs it admits. Which part a job is of hangs on
 * its repository alone: an alternative more never moves another.
 */

/** What is admitted, by repository: `NAME`, or `OWNER/NAME` of another owner. GitHub ignores case in these. */
export function byRepository(admits: readonly Admission[], owner: string): Map<string, Admission[]> {
  const names = new Map<string, string>();
  const groups = new Map<string, Admission[]>();
  for (const admission of admits) {
    const { repository } = admission;
    const written =
      repository.owner.toLowerCase() === owner.toLowerCase()
        ? repository.name
        : `${repository.owner}/${repository.name}`;
    const name = names.get(written.toLowerCase()) ?? written;
    names.set(written.toLowerCase(), name);
    const group = groups.get(name);
    if (group) group.push(admission);
    else groups.set(name, [admission]);
  }
  return groups;
}

/** The role as one of its parts publishes it: only repositories of the file's owner can be given values, and no one value is that of all parts. */
export function publishedInParts<T extends EnvironmentRoleConfig>(
  role: T,
  part: string,
  { path, report }: { readonly path: Path; readonly report: (problem: Problem) => void },
): T {
  if (!role.publish) return role;
  const own = [role.publish].flat().filter(({ organization }) => organization === undefined);
  if (own.length === 0 || !part.includes("/")) return { ...role, publish: own };
  report({
    path: [...path, "publish"],
    message: `nothing can be published in ${quote(part)}, which has another owner: remove "publish", or create a separate role for that repository`,
  });
  return { ...role, publish: false };
}
