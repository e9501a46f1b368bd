import { fits } from "../pair";
import { jobInWords } from "../job-words";
import { jobRule } from "../rule";
import { quote } from "../words";

/** The job runs on the branch that a merge queue makes, not on the one it merges into. */
export const mergeQueue = jobRule("merge-queue", (wanted, actual, pair) => {
  if (
    actual.kind !== "mergeQueue" ||
    wanted.kind === "environment" ||
    wanted.kind === "pullRequest" ||
    wanted.kind === "unknown" ||
    fits(wanted.text, actual.text)
  )
    return undefined;
  const queue = pair.actual.replace(/\/pr-[^/]+$/, "/pr-*");
  return {
    message: `The job ran for a merge queue, on the queue's branch ${quote(actual.name)}; the policy requires ${jobInWords(wanted)}.`,
    fix: `Run the job after the merge, on push; or admit ${quote(queue)} with StringLike, in a role that can do no harm: the code is not merged yet.`,
  };
});
