import { jobInWords } from "../job-words";
import { fits } from "../pair";
import { jobRule } from "../rule";

/**
 * The job runs for a pull request, or was meant to.
 *
 * @see https://docs.github.com/en/actions/reference/security/oidc#filtering-for-pull_request-events
 */
export const pullRequest = jobRule("pull-request", (wanted, actual) => {
  if (fits(wanted.text, actual.text)) return undefined;
  if (actual.kind === "pullRequest" && ["branch", "tag", "mergeQueue"].includes(wanted.kind))
    return {
      message: `The job runs for ${jobInWords(actual)}; the policy requires ${jobInWords(wanted)}.`,
      fix: "Run the job on push, or create a separate read-only role for pull requests: their code is unreviewed.",
    };
  if (
    wanted.kind === "pullRequest" &&
    actual.kind !== "pullRequest" &&
    actual.kind !== "environment" &&
    actual.kind !== "unknown"
  )
    return {
      message: `The policy admits jobs of pull requests, but this one ran for ${jobInWords(actual)}.`,
      fix: "Run the job on pull_request, or add a value that admits what it runs on.",
    };
  return undefined;
});
