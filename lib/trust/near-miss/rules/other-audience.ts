import { audienceMiss } from "../audience";
import { first, type HintRule } from "../rule";
import { quote } from "../words";
import { defaultAudience } from "./default-audience";
import { partitionAudience } from "./partition-audience";

/** The token is meant for somebody else. */
export const otherAudience: HintRule = {
  id: "other-audience",
  find: (miss) => {
    const audience = audienceMiss(miss);
    if (!audience || first([defaultAudience, partitionAudience], (rule) => rule.find(miss))) return undefined;
    const [wanted, actual] = [audience.wanted.map(quote).join(" or "), audience.actual.map(quote).join(", ")];
    return {
      message: `The token is for ${actual}, but ${wanted} is required.`,
      fix: `Set "audience: ${audience.wanted[0] ?? ""}" where the job requests its token, or add ${actual} to the provider's client ids and to the policy.`,
    };
  },
};
