import fc from "fast-check";
import { differenceOf } from "../../lib/difference/difference";
import type { Difference } from "../../lib/difference/schema";
import type { Text } from "../../lib/trust/text";
import { allows, prepare, type RequestContext } from "../../lib/aws/policy/evaluate";
import { read } from "../aws/policy/policies";
import { admissionsIn, modelOf, role } from "./models";

export type Version = "2008-10-17" | "2012-10-17" | undefined;
export const VERSIONS: readonly Version[] = [undefined, "2008-10-17", "2012-10-17"];

/** Two versions of which one reads variables. */
export const UNLIKE: readonly (readonly [before: Version, after: Version])[] = [
  ["2012-10-17", undefined],
  ["2012-10-17", "2008-10-17"],
  [undefined, "2012-10-17"],
  ["2008-10-17", "2012-10-17"],
];

/** A policy of that version. */
export const written = (version: Version, ...statements: readonly object[]): string =>
  JSON.stringify({ ...(version === undefined ? {} : { Version: version }), Statement: statements });

export const between = (before: Text, after: Text): Difference =>
  differenceOf(modelOf(role(before)), modelOf(role(after)));

/** Directions in which somebody may be let in or shut out, and whether that is left open. */
export const directionsIn = (difference: Difference): string[] =>
  admissionsIn(difference).map((line) => `${line.split(" ")[0] ?? ""}${line.endsWith(", perhaps") ? ", perhaps" : ""}`);

const tellsOfGain = ({ gained, widened, unknown }: Difference): boolean =>
  gained.length + widened.length + unknown.filter(({ mayAdmit }) => mayAdmit).length > 0;
const tellsOfLoss = ({ lost, narrowed, unknown }: Difference): boolean =>
  lost.length + narrowed.length + unknown.length > 0;

/**
 * Fails where a call is let in on one side alone and the difference is silent.
 *
 * @returns how many are let in on one side alone
 */
export function expectTold(before: string, after: string, calls: readonly RequestContext[]): number {
  const [earlier, later] = [prepare(read(before)), prepare(read(after))];
  const admitted = calls.map((call) => ({ before: allows(earlier, call), after: allows(later, call) }));
  const gained = admitted.filter((each) => each.after && !each.before).length;
  const lost = admitted.filter((each) => each.before && !each.after).length;
  if (gained + lost === 0) return 0;
  const difference = between(before, after);
  if (gained > 0) expect([before, after, tellsOfGain(difference)]).toEqual([before, after, true]);
  if (lost > 0) expect([before, after, tellsOfLoss(difference)]).toEqual([before, after, true]);
  return gained + lost;
}

/** Values with everything that may stand in a `${…}`, and with what only looks like it. */
export const valuesWith = (...keys: readonly string[]): readonly string[] => [
  ...keys.flatMap((key) => [`\${${key}}`, `\${${key}}*`, `*\${${key}, 'none'}`, `\${${key}, ''}`]),
  ...["${*}", "${?}", "${$}", "x${*}", "${?}*", "${no:key}", "${no:key, 'main'}", "${not a key}", "${", "$${*}"],
];

export type ConditionBlock = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

const STRINGS = ["Equals", "EqualsIgnoreCase", "Like"].flatMap((each) => [`String${each}`, `StringNot${each}`]);
const ARNS = ["Equals", "Like"].flatMap((each) => [`Arn${each}`, `ArnNot${each}`]);

const operator = fc
  .tuple(
    fc.constantFrom("", "", "", "ForAllValues:", "ForAnyValue:"),
    fc.constantFrom(...STRINGS, ...STRINGS, ...ARNS),
    fc.constantFrom("", "", "IfExists"),
  )
  .map((parts) => parts.join(""));

/** Conditions of every operator that reads variables. @param guard conditions that stand beside */
export function blockOf(
  valuesOf: Readonly<Record<string, readonly string[]>>,
  guard: ConditionBlock,
): fc.Arbitrary<ConditionBlock> {
  const comparison = fc
    .constantFrom(...Object.entries(valuesOf))
    .chain(([key, values]) => fc.tuple(fc.constant(key), fc.subarray([...values], { minLength: 1, maxLength: 3 })));
  return fc.array(fc.tuple(operator, comparison), { minLength: 1, maxLength: 3 }).map((conditions) => {
    const block: Record<string, Record<string, unknown>> = {};
    for (const [name, keys] of Object.entries(guard)) block[name] = { ...keys };
    for (const [name, [key, values]] of conditions) (block[name] ??= {})[key] = values;
    return block;
  });
}

type WithConditions = object & { readonly Condition?: ConditionBlock };

/** The same statements, of which one has a condition less. @param pick which */
export function withConditionLess(statements: readonly WithConditions[], pick: number): object[] {
  const places = statements.flatMap(({ Condition = {} }, index) =>
    Object.entries(Condition).flatMap(([name, keys]) => Object.keys(keys).map((key) => ({ index, name, key }))),
  );
  const place = places[pick % Math.max(places.length, 1)];
  return statements.map((each, index) => {
    if (index !== place?.index) return each;
    const keys = Object.entries(each.Condition?.[place.name] ?? {}).filter(([key]) => key !== place.key);
    return { ...each, Condition: { ...each.Condition, [place.name]: Object.fromEntries(keys) } };
  });
}

/** The same statements without a variable in them. */
export const withoutVariables = (statements: readonly object[]): object[] =>
  JSON.parse(JSON.stringify(statements).replaceAll("$", "")) as object[];

/** The same statements as the newer version writes what they say in the older one. */
export const escaped = (statements: readonly object[]): object[] =>
  JSON.parse(JSON.stringify(statements).replaceAll("${", () => "${$}{")) as object[];
