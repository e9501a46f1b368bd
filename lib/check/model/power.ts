import type { Power } from "../../aws/permissions/level";
import type { Severity } from "../finding";

export const isAdministrator = (power: Power | undefined): boolean => power?.level === "administrator";

/** Whether a role is known to change something. */
export const isKnownToWrite = (power: Power | undefined): boolean =>
  power?.level === "writes" || isAdministrator(power);

/** What is a note for other roles is a warning for an administrator. */
export const noteUnlessAdministrator = (power: Power | undefined): Severity =>
  isAdministrator(power) ? "warning" : "note";

/** `the role is an administrator (AdministratorAccess)`. */
export function describePower({ level, because }: Power): string {
  const [reason] = because;
  const why = reason === undefined ? "" : ` (${reason})`;
  switch (level) {
    case "administrator":
      return `the role is an administrator${why}`;
    case "writes":
      return `the role can write${why}`;
    case "reads":
      return "the role only reads";
    case "nothing":
      return "the role can do nothing yet";
    case "unknown":
      return `what the role can do is not known${why}`;
  }
}
