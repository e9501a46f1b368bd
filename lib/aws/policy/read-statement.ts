import { trustActionRule } from "./action";
import type { JsonMember, JsonNode } from "./json-reader";
import { describe, itemsOf, type Report, unknownElement } from "./node-rules";
import { type LocatedText, type Position, quoted } from "./position";
import { readConditions } from "./read-conditions";
import { readPrincipals } from "./read-principals";
import type { TrustStatement } from "./trust-document";

const ELEMENTS = ["Sid", "Effect", "Principal", "Action", "NotAction", "Condition"];
const PROHIBITED = ["Resource", "NotResource", "NotPrincipal"];

type Members = ReadonlyMap<string, JsonMember>;

/** Reads a statement of a trust policy. @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_statement.html */
export function readStatement(node: JsonNode, report: Report): TrustStatement | undefined {
  if (node.kind !== "object") {
    report(`Syntax error in policy: a statement is a JSON object, and this is ${describe(node)}`, node.position);
    return undefined;
  }
  const members: Members = new Map(node.members.map((member) => [member.key, member]));
  for (const { key, keyPosition } of node.members)
    if (!ELEMENTS.includes(key) && !PROHIBITED.includes(key)) report(unknownElement(key, ELEMENTS), keyPosition);
  for (const key of ["Resource", "NotResource"]) {
    const member = members.get(key);
    if (member)
      report(`Has prohibited field ${key}: the resource of a trust policy is the role itself`, member.keyPosition);
  }
  const effect = readEffect(members, node.position, report);
  const notPrincipal = members.get("NotPrincipal");
  if (notPrincipal)
    report(
      effect === "Deny"
        ? "AssumeRole policy must not contain NotPrincipal field."
        : "Allow with NotPrincipal is not allowed.",
      notPrincipal.keyPosition,
    );
  return {
    sid: readSid(members.get("Sid"), report),
    effect,
    principals: readPrincipals(members.get("Principal"), node.position, notPrincipal !== undefined, report),
    notAction: members.has("NotAction"),
    actions: readActions(members, node.position, report),
    conditions: readConditions(members.get("Condition")?.value, report),
    position: node.position,
  };
}

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_effect.html */
function readEffect(members: Members, position: Position, report: Report): TrustStatement["effect"] {
  const value = members.get("Effect")?.value;
  if (value?.kind === "string" && (value.value === "Allow" || value.value === "Deny")) return value.value;
  if (value) report(`Invalid effect: ${describe(value)}: write "Allow" or "Deny"`, value.position);
  else report("Missing required field Effect", position);
  return "Deny";
}

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_sid.html */
function readSid(member: JsonMember | undefined, report: Report): string | undefined {
  if (!member) return undefined;
  const { value } = member;
  if (value.kind === "string" && /^[0-9A-Za-z]*$/.test(value.value)) return value.value;
  report(`Statement IDs (SID) must be alpha-numeric: ${describe(value)} does not satisfy [0-9A-Za-z]*`, value.position);
  return undefined;
}

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html */
function readActions(members: Members, position: Position, report: Report): LocatedText[] {
  const [action, notAction] = [members.get("Action"), members.get("NotAction")];
  if (action && notAction)
    report('Syntax error in policy: "Action" and "NotAction" cannot stand together', notAction.keyPosition);
  const given = notAction ?? action;
  const nodes = given ? itemsOf(given.value) : [];
  if (nodes.length === 0) report("Missing required field Action", given?.value.position ?? position);
  return nodes.flatMap((node) => {
    if (node.kind !== "string") {
      report(`Syntax error in policy: an action is a string, and this is ${describe(node)}`, node.position);
      return [];
    }
    const wrong = trustActionRule(node.value);
    if (wrong) report(`${wrong} ${quoted(node.value)} is none`, node.position);
    return [{ text: node.value, position: node.position }];
  });
}
