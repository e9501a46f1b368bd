import { jobInWords } from "../job-words";
import { textClaim } from "../../sts/token";
import { conditionRule, type Finding } from "../rule";
import { quote } from "../words";

/**
 * The policy wants an environment, and the job names none.
 *
 * @see https://docs.github.com/en/actions/reference/security/oidc#filtering-for-a-specific-environment
 */
export const branchInsteadOfEnvironment = conditionRule(
  "branch-instead-of-environment",
  ({ record, claim, pairs }, { call: { token } }): Finding | undefined => {
    const { wants, has } = pairs[0] ?? {};
    if (claim === "environment" && record.reason === "keyMissing" && textClaim(token, "environment") === undefined)
      return finding(record.wanted[0] ?? "", 'The token has no claim "environment"');
    if (
      wants?.job?.kind !== "environment" ||
      !has?.job ||
      !["branch", "tag", "pullRequest", "mergeQueue"].includes(has.job.kind)
    )
      return undefined;
    return finding(wants.job.name, `The job ran for ${jobInWords(has.job)} and names no environment`);
  },
);

const finding = (environment: string, what: string): Finding => ({
  message: `${what}; the policy requires environment ${quote(environment)}.`,
  fix: `Add "environment: ${environment}" to the job in its workflow.`,
});
