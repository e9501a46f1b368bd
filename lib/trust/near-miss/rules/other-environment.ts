import { alike } from "../pair";
import { jobRule } from "../rule";
import { quote } from "../words";

/** Another environment than the policy wants. */
export const otherEnvironment = jobRule("other-environment", (wanted, actual, pair) => {
  if (
    wanted.kind !== "environment" ||
    actual.kind !== "environment" ||
    alike(wanted.name, actual.name) ||
    alike(wanted.name.replaceAll(":", "%3A"), actual.name) ||
    alike(wanted.name.replaceAll(/%3A/gi, ":"), actual.name)
  )
    return undefined;
  return {
    message: `The job names environment ${quote(actual.name)}; the policy requires environment ${quote(wanted.name)}.`,
    fix: `Check that this is the right role; then admit ${quote(pair.actual)}, or name environment ${quote(wanted.name)} in the job.`,
  };
});
