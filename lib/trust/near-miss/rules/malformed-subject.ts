import { pairRule } from "../rule";
import { quote } from "../words";
import { isTemplate } from "./customised-subject";

/** The policy's subject is none that GitHub mints: a part is missing, or too much. */
export const malformedSubject = pairRule("malformed-subject", ({ wanted, actual, wants, has }, { claim }) => {
  if (claim !== "sub" || wants.job?.kind !== "unknown" || has.job?.kind === "unknown" || isTemplate(wanted))
    return undefined;
  return {
    message: `GitHub mints no subject like ${quote(wanted)}: a subject has the repository and then "environment:NAME", "ref:refs/heads/NAME", "ref:refs/tags/NAME" or "pull_request".`,
    fix: `Write ${quote(actual)} to admit this job.`,
  };
});
