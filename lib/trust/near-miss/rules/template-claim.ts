import { fits } from "../pair";
import { first, pairRule } from "../rule";
import { quote } from "../words";

/**
 * Both subjects are of a customised template, and a claim that it adds has another value, or is in only one of them.
 *
 * @see https://docs.github.com/en/actions/reference/security/oidc#customizing-the-subject-claims-for-an-organization-or-repository
 */
export const templateClaim = pairRule(
  "template-claim",
  ({ wants: { claims: wants }, has: { claims: has }, actual }) => {
    if (!wants || !has) return undefined;
    return first([...new Set([...Object.keys(wants), ...Object.keys(has)])], (claim) => {
      const [wanted, said] = [wants[claim], has[claim]];
      if (wanted === undefined)
        return {
          message: `The repository's subjects contain ${claim}, but the policy requires one without it.`,
          fix: `Admit ${quote(actual)}, or remove the claim from the repository's template.`,
        };
      if (said === undefined)
        return {
          message: `The policy requires a subject that contains ${claim}, but the repository's do not.`,
          fix: `Add the claim to the repository's template, or admit ${quote(actual)}.`,
        };
      return fits(wanted, said)
        ? undefined
        : {
            message: `The subject has ${claim} ${quote(said)}; the policy requires ${quote(wanted)}.`,
            fix: `Check that this is the right role; then admit ${quote(actual)}.`,
          };
    });
  },
);
