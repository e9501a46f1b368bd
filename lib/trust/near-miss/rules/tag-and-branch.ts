import { jobInWords } from "../job-words";
import { jobRule } from "../rule";
import { quote } from "../words";

/** A tag where a branch is wanted, or the reverse. @see https://docs.github.com/en/actions/reference/security/oidc#filtering-for-a-specific-tag */
export const tagAndBranch = jobRule("tag-and-branch", (wanted, actual, pair) => {
  if (!((wanted.kind === "branch" && actual.kind === "tag") || (wanted.kind === "tag" && actual.kind === "branch")))
    return undefined;
  return {
    message: `The job ran on ${jobInWords(actual)}; the policy requires ${jobInWords(wanted)}.`,
    fix: `Start the job on ${jobInWords(wanted)}, or admit ${quote(pair.actual)}.`,
  };
});
