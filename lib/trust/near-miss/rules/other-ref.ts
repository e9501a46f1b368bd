import { jobInWords } from "../job-words";
import { alike } from "../pair";
import { jobRule } from "../rule";
import { quote } from "../words";

/** Another branch, or another tag, than the policy wants. */
export const otherRef = jobRule("other-ref", (wanted, actual, pair) => {
  if (
    wanted.kind !== actual.kind ||
    (wanted.kind !== "branch" && wanted.kind !== "tag") ||
    alike(wanted.text, actual.text)
  )
    return undefined;
  return {
    message: `The job ran on ${jobInWords(actual)}; the policy requires ${jobInWords(wanted)}.`,
    fix: `Start the job on ${jobInWords(wanted)}, or admit ${quote(pair.actual)}.`,
  };
});
