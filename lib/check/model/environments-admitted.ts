import { jobOf, type Admission } from "../../trust/admitted";

/** An environment of one repository. */
export interface AdmittedEnvironment {
  readonly repository: string;
  readonly environment: string;
}

/** The environments that statements name, each of one repository. */
export const environmentsAdmitted = (admissions: readonly Admission[]): AdmittedEnvironment[] =>
  admissions.flatMap(({ subjects }) =>
    subjects.flatMap((set) => {
      const { repository } = set;
      const job = repository === undefined ? undefined : jobOf(set)?.context;
      return repository !== undefined && job?.kind === "environment" && !/[*?]/.test(job.environment)
        ? [{ repository, environment: job.environment }]
        : [];
    }),
  );
