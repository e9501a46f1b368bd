import type { Admission } from "../../access/admitted";
import { parseContext } from "../../github/subject";

/** An environment of one repository. */
export interface AdmittedEnvironment {
  readonly repository: string;
  readonly environment: string;
}

/** The environments that statements name, each of one repository. */
export const environmentsAdmitted = (admissions: readonly Admission[]): AdmittedEnvironment[] =>
  admissions.flatMap(({ subjects }) =>
    subjects.flatMap(({ repository, context }) => {
      const parsed = repository === undefined || /[*?]/.test(context) ? undefined : parseContext(context);
      return repository !== undefined && parsed?.kind === "environment" ? [{ repository, environment: parsed.environment }] : [];
    }),
  );
