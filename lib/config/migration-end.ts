import { dateRule, migrationState } from "../github/migration";
import { quote, type Path, type Problem } from "../yaml/problem";
import type { AccessConfig, SubjectsConfig } from "./schema";

/** Reports every migration of subjects whose last day is past: what was to be trusted for a while is trusted no longer. */
export function checkMigrationEnds(
  { github, repositories }: AccessConfig,
  today: Date,
  report: (problem: Problem) => void,
): void {
  const check = (subjects: SubjectsConfig | undefined, path: Path): void => {
    // The schema has reported a date that is none.
    if (typeof subjects !== "object" || dateRule(subjects.both.until) !== undefined) return;
    const { until } = subjects.both;
    if (migrationState(until, today).state !== "over") return;
    report({
      path: [...path, "subjects", "both", "until"],
      message: `${quote(until)} is past, and both forms were to be trusted only up to that day: write "subjects: immutable", or "subjects: lookup" where the file has no ids`,
    });
  };
  check(github.subjects, ["github"]);
  for (const [name, repository] of Object.entries(repositories)) check(repository?.subjects, ["repositories", name]);
}
