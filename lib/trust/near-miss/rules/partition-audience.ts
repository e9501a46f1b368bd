import { audienceMiss } from "../audience";
import type { HintRule } from "../rule";
import { quote } from "../words";

/** STS by its name in each partition. @see https://github.com/aws-actions/configure-aws-credentials#oidc-audience */
const STS = /^sts\.amazonaws\.com(\.cn)?$/;

/** The audience is that of another partition's STS. */
export const partitionAudience: HintRule = {
  id: "partition-audience",
  find: (miss) => {
    const audience = audienceMiss(miss);
    const actual = audience?.actual.find((each) => STS.test(each));
    const wanted = audience?.wanted.find((each) => STS.test(each) && each !== actual);
    if (actual === undefined || wanted === undefined) return undefined;
    return {
      message: `The token is for ${quote(actual)}, but ${quote(wanted)} is required: the one with ".cn" is for accounts in China.`,
      fix: `Set "audience: ${wanted}" for configure-aws-credentials, or add ${quote(actual)} to the provider's client ids and to the policy.`,
    };
  },
};
