import type { Condition, ConditionValue } from "./condition";
import { formatOperatorName } from "./condition-operator-name";
import type { TrustDocument, TrustPrincipal, TrustStatement } from "./trust-document";

/** A line of an object: a key and the text of its value. */
type Entry = readonly [key: string, value: string];

/**
 * Prints a trust policy in one form, whatever form it had: elements in AWS's order, two spaces a level,
 * one value without a list, operators as AWS spells them. Statements, keys and values keep their order.
 * Reading it again gives the same document.
 */
export function printTrustDocument({ version, id, statements }: TrustDocument): string {
  const entries: Entry[] = [];
  if (version !== undefined) entries.push(["Version", text(version)]);
  if (id !== undefined) entries.push(["Id", text(id)]);
  entries.push([
    "Statement",
    list(
      statements.map((each) => statement(each, "    ")),
      "  ",
    ),
  ]);
  return `${object(entries, "")}\n`;
}

function statement(
  { sid, effect, principals, notAction, actions, conditions }: TrustStatement,
  indent: string,
): string {
  const inner = `${indent}  `;
  const entries: Entry[] = sid === undefined ? [] : [["Sid", text(sid)]];
  entries.push(["Effect", text(effect)], ["Principal", principal(principals, inner)]);
  entries.push([
    notAction ? "NotAction" : "Action",
    oneOrMany(
      actions.map((each) => text(each.text)),
      inner,
    ),
  ]);
  if (conditions.length > 0) entries.push(["Condition", conditionBlock(conditions, inner)]);
  return object(entries, indent);
}

function principal(principals: readonly TrustPrincipal[], indent: string): string {
  if (principals.some(({ kind }) => kind === "*")) return text("*");
  const kinds = groupBy(principals, ({ kind }) => kind);
  return object(
    [...kinds].map(([kind, group]) => [
      kind,
      oneOrMany(
        group.map(({ value }) => text(value)),
        `${indent}  `,
      ),
    ]),
    indent,
  );
}

function conditionBlock(conditions: readonly Condition[], indent: string): string {
  const inner = `${indent}  `;
  const blocks = groupBy(conditions, ({ operator }) => formatOperatorName(operator));
  const keys = (block: readonly Condition[]): Entry[] =>
    block.map(({ key, values }) => [key, oneOrMany(values.map(value), `${inner}  `)]);
  return object(
    [...blocks].map(([operator, block]) => [operator, object(keys(block), inner)]),
    indent,
  );
}

/** Numbers and truth values stay what they are. */
const value = ({ form, text: written }: ConditionValue): string => (form === "string" ? text(written) : written);

const oneOrMany = (values: readonly string[], indent: string): string =>
  values.length === 1 ? (values[0] ?? "") : list(values, indent);

const list = (values: readonly string[], indent: string): string => block("[", values, "]", indent);
const object = (entries: readonly Entry[], indent: string): string =>
  block(
    "{",
    entries.map(([key, each]) => `${text(key)}: ${each}`),
    "}",
    indent,
  );

const block = (open: string, lines: readonly string[], close: string, indent: string): string =>
  lines.length === 0
    ? `${open}${close}`
    : `${open}\n${lines.map((line) => `${indent}  ${line}`).join(",\n")}\n${indent}${close}`;

/** A string in JSON. Characters that IAM does not take as they are become escapes. */
const text = (written: string): string =>
  JSON.stringify(written).replaceAll(
    /[^\u0020-\u00ff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );

function groupBy<T>(items: readonly T[], nameOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(nameOf(item));
    if (group) group.push(item);
    else groups.set(nameOf(item), [item]);
  }
  return groups;
}
