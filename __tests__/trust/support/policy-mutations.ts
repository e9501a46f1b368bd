import type { Draw } from "./draw";
import {
  anyAction,
  anyEntry,
  anyPrincipal,
  anyStatement,
  type PolicyOptions,
  QUANTIFIERS,
  STRING_OPERATORS,
} from "./any-trust-policy";
import {
  type ConditionEntry,
  entriesOf,
  listOf,
  type PolicyJson,
  type StatementJson,
  type ValueJson,
  withEntries,
} from "./policy-json";
import { anyKey, editOf, valueFor } from "./value-pool";

/** Changes one thing of one statement, or the version; `undefined` where a policy has nothing of the kind. */
export type Mutation = (policy: PolicyJson, draw: Draw, options: PolicyOptions) => PolicyJson | undefined;

const action = () => anyAction;
const principal = () => anyPrincipal;
const key = () => anyKey;

/** Puts others in the place of one statement. */
function inPlaceOf(policy: PolicyJson, index: number, ...others: readonly StatementJson[]): PolicyJson {
  return { ...policy, Statement: policy.Statement.toSpliced(index, 1, ...others) };
}

/** Changes a statement. */
const ofStatement =
  (change: (statement: StatementJson, draw: Draw, options: PolicyOptions) => StatementJson | undefined): Mutation =>
  (policy, draw, options) => {
    const index = draw.upTo(policy.Statement.length - 1);
    const statement = policy.Statement[index];
    const changed = statement && change(statement, draw, options);
    return changed && inPlaceOf(policy, index, changed);
  };

/** Changes one condition of a statement that has some. */
const ofEntry =
  (change: (entry: ConditionEntry, draw: Draw, options: PolicyOptions) => ConditionEntry[] | undefined): Mutation =>
  (policy, draw, options) => {
    const places = policy.Statement.flatMap((statement, index) =>
      entriesOf(statement.Condition).map((_, at) => ({ statement, index, at })),
    );
    const place = draw.of(places);
    if (!place) return undefined;
    const entries = entriesOf(place.statement.Condition);
    const entry = entries[place.at];
    const changed = entry && change(entry, draw, options);
    if (!changed) return undefined;
    return inPlaceOf(policy, place.index, withEntries(place.statement, entries.toSpliced(place.at, 1, ...changed)));
  };

interface OperatorParts {
  readonly quantifier: string;
  readonly base: string;
  readonly ifExists: string;
}

const partsOf = (operator: string): OperatorParts => {
  const [, quantifier = "", base = "", ifExists = ""] = /^(For\w+:)?(\w+?)(IfExists)?$/.exec(operator) ?? [];
  return { quantifier, base, ifExists };
};

/** Changes an operator's name; `Null` has neither quantifier nor `IfExists`. */
const ofOperator = (change: (parts: OperatorParts, draw: Draw) => Partial<OperatorParts> | undefined): Mutation =>
  ofEntry((entry, draw) => {
    const parts = partsOf(entry.operator);
    const changed = parts.base === "Null" ? undefined : change(parts, draw);
    if (!changed) return undefined;
    const { quantifier, base, ifExists } = { ...parts, ...changed };
    return [{ ...entry, operator: `${quantifier}${base}${ifExists}` }];
  });

/** Changes the values of a condition on texts. */
const ofValues = (
  change: (values: readonly ValueJson[], key: string, draw: Draw) => readonly ValueJson[] | undefined,
): Mutation =>
  ofEntry((entry, draw) => {
    const values = partsOf(entry.operator).base.startsWith("String") && change(listOf(entry.values), entry.key, draw);
    return values ? [{ ...entry, values }] : undefined;
  });

/** Changes one value. */
const ofValue = (change: (value: string, key: string, draw: Draw) => string): Mutation =>
  ofValues((values, each, draw) => {
    if (values.length === 0) return undefined;
    const index = draw.upTo(values.length - 1);
    return values.with(index, change(String(values[index]), each, draw));
  });

const without = <T>(items: readonly T[], item: NoInfer<T>): T[] => items.filter((each) => each !== item);

/** Every kind of change, by its name. */
export const MUTATIONS: Readonly<Record<string, Mutation>> = {
  "statement added": (policy, draw, options) => {
    const index = draw.upTo(policy.Statement.length);
    return { ...policy, Statement: policy.Statement.toSpliced(index, 0, draw.from(anyStatement, options)) };
  },
  "statement removed": (policy, draw) =>
    policy.Statement.length > 1 ? inPlaceOf(policy, draw.upTo(policy.Statement.length - 1)) : undefined,
  "statement replaced": ofStatement((_, draw, options) => draw.from(anyStatement, options)),
  "condition added": ofStatement((statement, draw, options) =>
    withEntries(statement, [...entriesOf(statement.Condition), draw.from(anyEntry, options)]),
  ),
  "condition removed": ofEntry(() => []),
  "condition replaced": ofEntry((_, draw, options) => [draw.from(anyEntry, options)]),
  operator: ofOperator(({ base }, draw) =>
    base.startsWith("String") ? { base: draw.of(without<string>(STRING_OPERATORS, base)) ?? base } : undefined,
  ),
  quantifier: ofOperator(({ quantifier }, draw) => ({
    quantifier: draw.of(without<string>(QUANTIFIERS, quantifier)) ?? "",
  })),
  IfExists: ofOperator(({ ifExists }) => ({ ifExists: ifExists === "" ? "IfExists" : "" })),
  key: ofEntry((entry, draw) => [{ ...entry, key: draw.from(key) }]),
  "value added": ofValues((values, each, draw) => [...values, draw.from(valueFor, each)]),
  "value removed": ofValues((values, _, draw) =>
    values.length > 1 ? values.toSpliced(draw.upTo(values.length - 1), 1) : undefined,
  ),
  "value replaced": ofValue((_, each, draw) => draw.from(valueFor, each)),
  "value edited": ofValue((value, _, draw) => draw.from(editOf, value)),
  effect: ofStatement((statement) => ({ ...statement, Effect: statement.Effect === "Allow" ? "Deny" : "Allow" })),
  version: ({ Version: version, ...policy }, draw) => {
    const other = draw.of(without([undefined, "2008-10-17", "2012-10-17"] as const, version));
    return other === undefined ? policy : { Version: other, ...policy };
  },
  principal: ofStatement((statement, draw) => ({ ...statement, Principal: draw.from(principal) })),
  action: ofStatement(({ Action: _, NotAction: __, ...statement }, draw) => ({ ...statement, ...draw.from(action) })),
  "action negated": ofStatement(({ Action: these, NotAction: others, ...statement }) => ({
    ...statement,
    ...(these === undefined ? {} : { NotAction: these }),
    ...(others === undefined ? {} : { Action: others }),
  })),
};
