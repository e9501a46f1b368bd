import { migrationState } from "../github/migration";
import type { Location } from "./finding";
import type { MigrationSubject } from "./subject";

/** A repository in migration, and where the file says so. */
export interface PlacedMigration {
  readonly repository: string;
  /** The last day, as `2027-01-31`. */
  readonly until: string;
  readonly location: Location;
}

/** What rules look at in migrations of subjects. */
export const migrationSubjects = (migrations: readonly PlacedMigration[], today: Date): MigrationSubject[] =>
  migrations.map(({ repository, until, location }) => {
    const { state, daysLeft } = migrationState(until, today);
    return { kind: "migration", repository, until, daysLeft, isEnding: state === "ending", locate: () => location };
  });
