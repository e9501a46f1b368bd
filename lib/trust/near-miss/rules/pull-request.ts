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
      message: `The job runs for ${jobInWords(actual)}; the policy wants ${jobInWords(wanted)}.`,
      fix: "Run the job on push, or give pull requests a role of their own that only reads: their code is unreviewed.",
    };
  if (
    wanted.kind === "pullRequest" &&
    actual.kind !== "pullRequest" &&
    actual.kind !== "environment" &&
    actual.kind !== "unknown"
  )
    return {
      message: `The policy lets in jobs of pull requests, and this one ran for ${jobInWords(actual)}.`,
      fix: "Run the job on pull_request, or let in what it runs on by a value of its own.",
    };
  return undefined;
});
