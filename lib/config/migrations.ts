import type { Access } from "./access";
import type { Path } from "../yaml/problem";

/** A repository that a role trusts in both forms of its subjects, up to a day. */
export interface MigrationAccess {
  /** `OWNER/NAME` */
  readonly repository: string;
  /** The last day, as `2027-01-31`. */
  readonly until: string;
  /** Where the day stands: at the repository, or at `github` for all. */
  readonly path: Path;
}

/** Every such repository once, in the order of the file. */
export function migrationsOf(access: Access): MigrationAccess[] {
  const found = new Map<string, MigrationAccess>();
  for (const { roles } of access.accounts)
    for (const { repository } of roles.flatMap(({ admits }) => admits)) {
      const { owner, name, until } = repository;
      if (until === undefined) continue;
      const own: Path = ["repositories", name, "subjects", "both", "until"];
      const common: Path = ["github", "subjects", "both", "until"];
      found.set(`${owner}/${name}`.toLowerCase(), {
        repository: `${owner}/${name}`,
        until,
        path: isSaidAt(access, own) ? own : common,
      });
    }
  return [...found.values()];
}

/** What is not in the file has the place of what is around it. */
function isSaidAt(access: Access, path: Path): boolean {
  const [place, around] = [access.locate(path), access.locate(path.slice(0, 2))];
  return place !== undefined && (place.line !== around?.line || place.column !== around.column);
}
