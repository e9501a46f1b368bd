import { ANY, compilePattern, ONE, type PatternPart, type TextTest } from "./glob";
import { oneOf } from "./one-of";

/**
 * What a trust policy may be about.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_update-role-trust-policy.html
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssecuritytokenservice.html
 */
const TRUST_ACTIONS = [
  "sts:AssumeRole",
  "sts:AssumeRoleWithSAML",
  "sts:AssumeRoleWithWebIdentity",
  "sts:SetContext",
  "sts:SetSourceIdentity",
  "sts:TagSession",
];

/** Says whether an action is among those of a statement. */
export type ActionTest = (action: string) => boolean;

/**
 * Makes a test of a statement's actions. Case does not matter, and `*` and `?` are wildcards.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html
 */
export function compileActions(actions: readonly string[], negated: boolean): ActionTest {
  // The very spelling that requests use costs one look-up; every other one is compared in lower case.
  const isLiteral = oneOf(actions.filter((action) => !/[*?]/.test(action)));
  const patterns = actions.map(compileAction);
  return (action) => (isLiteral(action) || matchesAny(patterns, action)) !== negated;
}

function matchesAny(patterns: readonly TextTest[], action: string): boolean {
  const lower = action.toLowerCase();
  return patterns.some((pattern) => pattern(lower));
}

/** Most actions are written out: for them no pattern is made. */
function compileAction(action: string): TextTest {
  const wanted = action.toLowerCase();
  return /[*?]/.test(wanted) ? compilePattern(partsOf(wanted)) : (lower) => lower === wanted;
}

const partsOf = (text: string): PatternPart[] =>
  [...text].map((character) => (character === "*" ? ANY : character === "?" ? ONE : character));

/** Says why IAM refuses an action in a trust policy, or `undefined`. */
export function trustActionRule(action: string): string | undefined {
  if (!action.includes(":") && action !== "*")
    return "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.";
  const matches = compileAction(action);
  const isSts = action.toLowerCase().startsWith("sts:") && TRUST_ACTIONS.some((each) => matches(each.toLowerCase()));
  return isSts ? undefined : "AssumeRole policy may only specify STS AssumeRole actions.";
}
