import { alike, fits, type Pair } from "../pair";
import { type Finding, pairRule } from "../rule";
import { quote } from "../words";

/**
 * A name differs in nothing but capital letters. IAM compares values letter by letter, `StringLike` too.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_String
 */
export const letterCase = pairRule("letter-case", (pair): Finding | undefined => {
  const names = namesOf(pair).find(([wanted, actual]) => !fits(wanted, actual) && alike(wanted, actual));
  if (!names) return undefined;
  const [wanted, actual] = names;
  return {
    message: `The policy has ${quote(wanted)}, but the token has ${quote(actual)}: AWS is case-sensitive.`,
    fix: `Write ${quote(actual)} in the policy, as GitHub does${pair.has.job?.kind === "environment" && pair.has.job.name === actual ? "; lower-case names for environments avoid this" : ""}.`,
  };
});

/** Names that are compared one by one, so that another difference beside hides nothing. */
function namesOf({ wanted, actual, wants, has }: Pair): (readonly [string, string])[] {
  const sameKind = wants.job?.kind === has.job?.kind;
  const parts = [
    [wants.owner?.name, has.owner?.name],
    [wants.repository?.name, has.repository?.name],
    [sameKind ? wants.job?.name : undefined, has.job?.name],
    [wants.file, has.file],
    [wants.fileRef, has.fileRef],
  ] as const;
  const names = parts.flatMap(([a, b]) => (a === undefined || b === undefined ? [] : [[a, b] as const]));
  return [...names, [wanted, actual]];
}
