import type { JsonMember, JsonNode } from "./json-reader";
import { describe, itemsOf, type Report } from "./node-rules";
import { type Position, quoted } from "./position";
import { type PrincipalKind, principalRule } from "./principal";
import type { TrustPrincipal } from "./trust-document";

const KINDS: readonly PrincipalKind[] = ["AWS", "CanonicalUser", "Federated", "Service"];

/** Reads whom a statement is about. @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html */
export function readPrincipals(
  member: JsonMember | undefined,
  statement: Position,
  isReported: boolean,
  report: Report,
): TrustPrincipal[] {
  if (!member) {
    if (!isReported) report("Missing required field Principal", statement);
    return [];
  }
  const { value } = member;
  if (value.kind === "string" && value.value === "*") return [{ kind: "*", value: "*", position: value.position }];
  if (value.kind !== "object") {
    report(
      `Invalid principal in policy: ${describe(value)}: use an object, as in {"Federated": "arn:…"}`,
      value.position,
    );
    return [];
  }
  if (value.members.length === 0) report("Missing required field Principal cannot be empty!", value.position);
  return value.members.flatMap((each) => readKind(each, report));
}

function readKind({ key, keyPosition, value }: JsonMember, report: Report): TrustPrincipal[] {
  const kind = KINDS.find((each) => each === key);
  if (!kind) {
    report(`Invalid principal in policy: ${quoted(key)}: IAM knows ${KINDS.join(", ")}`, keyPosition);
    return [];
  }
  const nodes = itemsOf(value);
  if (nodes.length === 0) report("Missing required field Principal cannot be empty!", value.position);
  return nodes.flatMap((node) => readPrincipal(kind, node, report));
}

function readPrincipal(kind: PrincipalKind, node: JsonNode, report: Report): TrustPrincipal[] {
  const wrong = node.kind === "string" ? principalRule(kind, node.value) : "use a string";
  if (wrong) report(`Invalid principal in policy: "${kind}": ${describe(node)}: ${wrong}`, node.position);
  return node.kind === "string" ? [{ kind, value: node.value, position: node.position }] : [];
}
