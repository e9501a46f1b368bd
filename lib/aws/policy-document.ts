/**
 * Policy documents as data.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 */

export type ConditionBlock = Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;

export interface PolicyStatement {
  readonly Sid?: string;
  readonly Effect: "Allow" | "Deny";
  readonly Principal?: unknown;
  readonly Action?: string | readonly string[];
  readonly NotAction?: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly NotResource?: string | readonly string[];
  readonly Condition?: unknown;
}

export interface PolicyDocument {
  readonly Version?: string;
  readonly Id?: string;
  readonly Statement: PolicyStatement | readonly PolicyStatement[];
}

/** Something wrong in a document: where (as `Statement[0].Action`) and what to do. */
export interface PolicyProblem {
  readonly where: string;
  readonly message: string;
}

const DOCUMENT_KEYS = ["Version", "Id", "Statement"];
const STATEMENT_KEYS = ["Sid", "Effect", "Action", "NotAction", "Resource", "NotResource", "Condition"];

/** Everything that keeps a document from being a permissions policy of a role. */
export function identityPolicyProblems(document: unknown): PolicyProblem[] {
  if (!isObject(document)) return [{ where: "", message: 'a policy is a JSON object with "Version" and "Statement"' }];
  const problems: PolicyProblem[] = unknownKeys(document, DOCUMENT_KEYS, "");
  const { Version: version, Statement: statement } = document;
  if (version !== undefined && version !== "2012-10-17" && version !== "2008-10-17")
    problems.push({ where: "Version", message: `${JSON.stringify(version)}: use "2012-10-17"` });
  const statements = Array.isArray(statement) ? statement : [statement];
  if (statement === undefined || statements.length === 0)
    problems.push({ where: "Statement", message: "a policy needs at least one statement" });
  else
    statements.forEach((each, index) =>
      problems.push(...statementProblems(each, Array.isArray(statement) ? `Statement[${index}]` : "Statement")),
    );
  return problems;
}

function statementProblems(statement: unknown, where: string): PolicyProblem[] {
  if (!isObject(statement)) return [{ where, message: "a statement is a JSON object" }];
  if ("Principal" in statement || "NotPrincipal" in statement)
    return [{ where, message: 'leave "Principal" out: in a permissions policy the principal is the role itself' }];
  const problems = unknownKeys(statement, STATEMENT_KEYS, where);
  if (statement["Effect"] !== "Allow" && statement["Effect"] !== "Deny")
    problems.push({ where: `${where}.Effect`, message: `${quote(statement["Effect"])}: use "Allow" or "Deny"` });
  for (const [key, opposite] of [
    ["Action", "NotAction"],
    ["Resource", "NotResource"],
  ] as const)
    problems.push(...oneOfProblems(statement, key, opposite, where));
  if (statement["Condition"] !== undefined && !isObject(statement["Condition"]))
    problems.push({ where: `${where}.Condition`, message: "a condition is a JSON object" });
  return problems;
}

function oneOfProblems(
  statement: Record<string, unknown>,
  key: string,
  opposite: string,
  where: string,
): PolicyProblem[] {
  const given = [key, opposite].filter((name) => statement[name] !== undefined);
  if (given.length !== 1) return [{ where, message: `give one of "${key}" and "${opposite}"` }];
  const name = given[0] ?? key;
  const values = Array.isArray(statement[name]) ? statement[name] : [statement[name]];
  if (values.length === 0) return [{ where: `${where}.${name}`, message: "an empty list: name at least one" }];
  return values.flatMap((value: unknown) =>
    typeof value === "string" && value !== ""
      ? elementProblems(name, value, `${where}.${name}`)
      : [{ where: `${where}.${name}`, message: `${quote(value)}: use a string` }],
  );
}

function elementProblems(name: string, value: string, where: string): PolicyProblem[] {
  const isAction = name.endsWith("Action");
  const fine =
    value === "*" || (isAction ? /^[A-Za-z0-9-]+:[A-Za-z0-9*?]+$/.test(value) : /^(arn:|\*|\$\{)/.test(value));
  if (fine) return [];
  return [
    {
      where,
      message: `${quote(value)}: ${isAction ? 'write an action as "service:Action"' : 'write a resource as an ARN or "*"'}`,
    },
  ];
}

const unknownKeys = (object: Record<string, unknown>, known: readonly string[], where: string): PolicyProblem[] =>
  Object.keys(object)
    .filter((key) => !known.includes(key))
    .map((key) => ({ where, message: `unknown element ${quote(key)}: IAM knows ${known.join(", ")}` }));

/** The number of characters that AWS counts against a quota: all but white space. */
export const policyLength = (text: string): number => text.replaceAll(/\s/g, "").length;

const quote = (value: unknown): string => JSON.stringify(value) ?? "nothing";

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
