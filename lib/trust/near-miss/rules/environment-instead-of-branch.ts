import { fits } from "../pair";
import { jobInWords } from "../job-words";
import { jobRule } from "../rule";
import { quote } from "../words";

/**
 * The job names an environment, and its subject then says nothing else.
 *
 * @see https://docs.github.com/en/actions/reference/security/oidc#filtering-for-a-specific-environment
 */
export const environmentInsteadOfBranch = jobRule("environment-instead-of-branch", (wanted, actual, pair) => {
  if (
    actual.kind !== "environment" ||
    !["branch", "tag", "pullRequest", "mergeQueue", "pattern"].includes(wanted.kind) ||
    fits(wanted.text, actual.text)
  )
    return undefined;
  return {
    message: `The job names environment ${quote(actual.name)}, so its subject names that and no branch; the policy requires ${jobInWords(wanted)}.`,
    fix: `Admit ${quote(`${pair.actual.slice(0, pair.actual.length - actual.text.length)}${actual.text}`)} and add a branch rule to the environment, or remove "environment:" from the job.`,
  };
});
