import { TRUST_POLICY_LENGTH } from "../role-rules";
import { policyLength } from "../policy-document";
import type { Condition } from "./condition";
import { findDocument } from "./find-document";
import { readJson, type JsonMember, type JsonNode } from "./json-reader";
import { describe, unknownElement } from "./node-rules";
import { type DocumentProblem, type LocatedText, type Position, quoted } from "./position";
import type { PrincipalKind } from "./principal";
import { readStatement } from "./read-statement";

/** A trust policy as AWS takes it. Immutable; positions count in `TrustReading.text`. */
export interface TrustDocument {
  /** Without one AWS takes `2008-10-17`, which knows no policy variables. */
  readonly version: "2008-10-17" | "2012-10-17" | undefined;
  readonly id: string | undefined;
  readonly statements: readonly TrustStatement[];
}

export interface TrustStatement {
  readonly sid: string | undefined;
  readonly effect: "Allow" | "Deny";
  readonly principals: readonly TrustPrincipal[];
  /** Whether the statement is about every action but these: `NotAction`. */
  readonly notAction: boolean;
  readonly actions: readonly LocatedText[];
  readonly conditions: readonly Condition[];
  readonly position: Position;
}

export interface TrustPrincipal {
  readonly kind: PrincipalKind;
  readonly value: string;
  readonly position: Position;
}

/** What a text was found to be. */
export interface TrustReading {
  /** `undefined` exactly when there are problems: what AWS refuses is never evaluated. */
  readonly document: TrustDocument | undefined;
  readonly problems: readonly DocumentProblem[];
  /** The text in which positions count: the one given or, where that was encoded, the decoded one. */
  readonly text: string;
  /** The policy's characters as AWS counts them, without white space. */
  readonly length: number;
}

/** Most characters of a policy that the API takes at all, white space included. */
const REQUEST_LENGTH = 131_072;

/**
 * Reads a trust policy: a document, one that is URL-encoded, or the output of `aws iam get-role`.
 *
 * Never throws: whatever AWS refuses comes back as problems, in AWS's words where they are known.
 *
 * @param notCounted characters of the text that stand for something else and are not the policy's own
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html
 */
export function parseTrustDocument(input: string, notCounted = 0): TrustReading {
  const { text, root, source, problems: found } = findDocument(input);
  const problems = [...found];
  const document = root && problems.length === 0 ? readDocument(root, problems) : undefined;
  const length = lengthOf(source) - notCounted;
  problems.push(...lengthProblems(length), ...characterProblems(text, root));
  return { document: problems.length === 0 ? document : undefined, problems: inOrder(problems), text, length };
}

/**
 * Reads what was printed of a policy that was read before. AWS never gets this text: its length, and the
 * characters that stand in it without an escape, say nothing about the policy.
 */
export function parsePrintedTrust(printed: string): Pick<TrustReading, "document" | "problems"> {
  const { value, problems: found } = readJson(printed);
  const problems = [...found];
  const document = value && problems.length === 0 ? readDocument(value, problems) : undefined;
  return { document: problems.length === 0 ? document : undefined, problems: inOrder(problems) };
}

const ELEMENTS = ["Version", "Id", "Statement"];

function readDocument(root: JsonNode, problems: DocumentProblem[]): TrustDocument | undefined {
  const report = (message: string, position: Position): void => void problems.push({ message, position });
  if (root.kind !== "object") {
    report(`a policy is a JSON object with "Version" and "Statement", and this is ${describe(root)}`, root.position);
    return undefined;
  }
  const members = new Map(root.members.map((member) => [member.key, member]));
  for (const { key, keyPosition } of root.members)
    if (!ELEMENTS.includes(key)) report(unknownElement(key, ELEMENTS), keyPosition);
  const version = readVersion(members.get("Version"), report);
  const id = members.get("Id")?.value;
  if (id && id.kind !== "string") report(`Syntax error in policy: "Id" is ${describe(id)}: use a string`, id.position);
  const statement = members.get("Statement")?.value;
  const nodes = statement?.kind === "array" ? statement.items : statement ? [statement] : [];
  if (nodes.length === 0) report("Could not parse the policy: Statement is empty!", (statement ?? root).position);
  const statements = nodes.map((node) => readStatement(node, report)).filter((each) => each !== undefined);
  for (const { sid, position } of repeatedSids(statements))
    report(`The Statement Ids in the policy are not unique: ${quoted(sid ?? "")}`, position);
  return { version, id: id?.kind === "string" ? id.value : undefined, statements };
}

function readVersion(
  member: JsonMember | undefined,
  report: (message: string, position: Position) => void,
): TrustDocument["version"] {
  if (!member) return undefined;
  const { value } = member;
  if (value.kind === "string" && (value.value === "2012-10-17" || value.value === "2008-10-17")) return value.value;
  report(`The policy must contain a valid version string: use "2012-10-17", not ${describe(value)}`, value.position);
  return undefined;
}

/** An empty `Sid` is none. */
function repeatedSids(statements: readonly TrustStatement[]): TrustStatement[] {
  const seen = new Set<string>();
  return statements.filter(({ sid }) => {
    if (!sid) return false;
    const repeated = seen.has(sid);
    seen.add(sid);
    return repeated;
  });
}

const lengthOf = (source: string): number => (source.length > REQUEST_LENGTH ? source.length : policyLength(source));

function lengthProblems(length: number): DocumentProblem[] {
  const most = TRUST_POLICY_LENGTH.max;
  if (length <= most) return [];
  return [
    {
      message: `Cannot exceed quota for ACLSizePerRole: ${most}, and this has ${length} characters`,
      position: { line: 1, column: 1 },
    },
  ];
}

/**
 * The first character that no policy may have. An escape such as `\u4e2d` is of such characters, and passes.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html
 */
function characterProblems(text: string, root: JsonNode | undefined): DocumentProblem[] {
  const from = root?.start ?? 0;
  const part = text.slice(from, root?.end);
  const foreign = /[^\t\n\r\u0020-\u00ff]/u.exec(part);
  if (!foreign) return [];
  const before = text.slice(0, from + foreign.index).split("\n");
  const position = { line: before.length, column: (before.at(-1) ?? "").length + 1 };
  return [
    {
      message: `The specified value for assumeRolePolicyDocument is invalid: IAM does not accept the character ${quoted(foreign[0])}`,
      position,
    },
  ];
}

const inOrder = (problems: readonly DocumentProblem[]): DocumentProblem[] =>
  [...problems].sort((a, b) => a.position.line - b.position.line || a.position.column - b.position.column);
