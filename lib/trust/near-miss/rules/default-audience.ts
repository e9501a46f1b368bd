import { audienceMiss } from "../audience";
import type { HintRule } from "../rule";
import { quote } from "../words";

/**
 * The token was requested without an audience, and has GitHub's default: the owner's address.
 *
 * @see https://docs.github.com/en/actions/reference/security/oidc#customizing-the-audience-value
 */
export const defaultAudience: HintRule = {
  id: "default-audience",
  find: (miss) => {
    const audience = audienceMiss(miss);
    const url = audience?.actual.find((each) => /^https:\/\/[^/]+\/[^/]+$/.test(each));
    if (!audience || url === undefined) return undefined;
    return {
      message: `The token is for ${quote(url)}, GitHub's default when a job requests no audience.`,
      fix: `Request ${quote(audience.wanted[0] ?? "sts.amazonaws.com")} in the job, as aws-actions/configure-aws-credentials does unless "audience" is set.`,
    };
  },
};
