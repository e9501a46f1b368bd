import type { Draw } from "./draw";
import {
  type ConditionEntry,
  entriesOf,
  listOf,
  type PolicyJson,
  type StatementJson,
  withEntries,
} from "./policy-json";

/** Says the same in other words. */
export type Rewrite = (policy: PolicyJson, draw: Draw) => PolicyJson;

const eachStatement =
  (change: (statement: StatementJson) => readonly StatementJson[]): Rewrite =>
  (policy) => ({ ...policy, Statement: policy.Statement.flatMap(change) });

const eachEntry = (change: (entry: ConditionEntry) => ConditionEntry): Rewrite =>
  eachStatement((statement) => [withEntries(statement, entriesOf(statement.Condition).map(change))]);

const isPositive = (operator: string): boolean =>
  /^(?:ForAnyValue:)?String(?:Equals|EqualsIgnoreCase|Like)(?:IfExists)?$/.test(operator);

/** A statement for each value of one condition: values of a positive operator are alternatives. */
function splitStatement(statement: StatementJson): StatementJson[] {
  const entries = entriesOf(statement.Condition);
  const at = entries.findIndex(({ operator, values }) => isPositive(operator) && listOf(values).length > 1);
  const entry = entries[at];
  if (!entry) return [statement];
  return listOf(entry.values).map((value) => withEntries(statement, entries.with(at, { ...entry, values: value })));
}

/** `StringEquals` without wildcards is `StringLike`. A block may have both: then it stays as it is. */
function likeForEquals(entry: ConditionEntry, all: readonly ConditionEntry[]): ConditionEntry {
  const operator = entry.operator.replace(/^((?:For\w+:)?String(?:Not)?)Equals((?:IfExists)?)$/, "$1Like$2");
  const isPlain = listOf(entry.values).every((value) => !/[*?]/.test(String(value)));
  return isPlain && !all.some((each) => each.operator === operator) ? { ...entry, operator } : entry;
}

/** Every kind of rewriting, by its name. */
export const REWRITES: Readonly<Record<string, Rewrite>> = {
  "statements in another order": (policy) => ({ ...policy, Statement: policy.Statement.toReversed() }),
  "a statement twice": (policy, draw) => ({
    ...policy,
    Statement: [...policy.Statement, ...[draw.of(policy.Statement)].filter((each) => each !== undefined)],
  }),
  "a statement for each value": eachStatement(splitStatement),
  "statements with names": (policy) => ({
    ...policy,
    Statement: policy.Statement.map((statement, index) => ({ Sid: `Statement${index}`, ...statement })),
  }),
  "conditions in another order": eachStatement((statement) => [
    withEntries(statement, entriesOf(statement.Condition).toReversed()),
  ]),
  "values as lists": eachEntry((entry) => ({ ...entry, values: listOf(entry.values) })),
  "values in another order": eachEntry((entry) => ({ ...entry, values: listOf(entry.values).toReversed() })),
  "values twice": eachEntry((entry) => ({ ...entry, values: [...listOf(entry.values), ...listOf(entry.values)] })),
  "keys in capitals": eachStatement((statement) => {
    const entries = entriesOf(statement.Condition);
    // A key that stands there in both cases would become one condition of two.
    const isAlone = ({ operator, key }: ConditionEntry): boolean =>
      entries.filter((each) => each.operator === operator && each.key.toUpperCase() === key.toUpperCase()).length === 1;
    const inCapitals = (entry: ConditionEntry): ConditionEntry => ({ ...entry, key: entry.key.toUpperCase() });
    return [
      withEntries(
        statement,
        entries.map((each) => (isAlone(each) ? inCapitals(each) : each)),
      ),
    ];
  }),
  "StringLike for StringEquals": eachStatement((statement) => {
    const entries = entriesOf(statement.Condition);
    return [
      withEntries(
        statement,
        entries.map((each) => likeForEquals(each, entries)),
      ),
    ];
  }),
  "an equal version": ({ Version: version, ...policy }) => {
    if (JSON.stringify(policy).includes("${") && version === "2012-10-17") return { Version: version, ...policy };
    return version === undefined ? { Version: "2008-10-17", ...policy } : policy;
  },
};
