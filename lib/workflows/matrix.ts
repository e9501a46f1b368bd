import { text, type Text } from "../trust/text";
import { readTemplate } from "./template";

/** What `matrix.…` is in one job of a matrix: by the property, in lower case. What is not here is not known. */
export type Leg = ReadonlyMap<string, Text>;

/** Most jobs that GitHub makes of a matrix. @see https://docs.github.com/en/actions/reference/limits */
export const MAX_LEGS = 256;

type Combination = Readonly<Record<string, unknown>>;

/** Of these nothing is known: one leg stands for all. */
const UNKNOWN: readonly Leg[] = [new Map()];

/**
 * The jobs that a matrix makes. Where an expression decides which there are, one leg of which nothing is
 * known stands for all of them.
 *
 * @see https://docs.github.com/en/actions/how-tos/write-workflows/choose-what-workflows-do/run-job-variations
 */
export function legsOf(matrix: unknown): readonly Leg[] {
  if (!isObject(matrix)) return UNKNOWN;
  const { include = [], exclude = [], ...axes } = matrix;
  if (!isListOfObjects(include) || !isListOfObjects(exclude) || !isKnownAxes(axes)) return UNKNOWN;
  // An excluded or included value that is an expression may be that of any combination.
  if (
    [...Object.values(axes).flat(), ...exclude, ...include].some(
      (each) => include.length + exclude.length > 0 && hasExpression(each, Object.keys(axes)),
    )
  )
    return UNKNOWN;
  const size = Object.values(axes).reduce((count, values) => count * values.length, 1);
  if (size + include.length > MAX_LEGS) return UNKNOWN;
  const made = product(axes).filter((each) => !exclude.some((entry) => isPart(entry, each)));
  const legs = withIncluded(made, include, Object.keys(axes));
  return legs.length === 0 ? UNKNOWN : legs.map(flattened);
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const isListOfObjects = (value: unknown): value is Record<string, unknown>[] =>
  Array.isArray(value) && value.every(isObject);
const isKnownAxes = (axes: Record<string, unknown>): axes is Record<string, unknown[]> =>
  Object.values(axes).every(Array.isArray);

/** Whether a value that is compared is an expression: of an object, one under a name of the matrix. */
function hasExpression(value: unknown, axes: readonly string[]): boolean {
  return isObject(value)
    ? axes.some((axis) => Object.hasOwn(value, axis) && JSON.stringify(value[axis]).includes("${{"))
    : JSON.stringify(value).includes("${{");
}

function product(axes: Readonly<Record<string, readonly unknown[]>>): Combination[] {
  let combinations: Combination[] = Object.keys(axes).length === 0 ? [] : [{}];
  for (const [name, values] of Object.entries(axes))
    combinations = combinations.flatMap((each) => values.map((value) => ({ ...each, [name]: value })));
  return combinations;
}

const isPart = (entry: Combination, combination: Combination): boolean =>
  Object.entries(entry).every(([name, value]) => isSame(value, combination[name]));

const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

/** An entry joins every combination whose own values it does not change; one that joins none is a job of its own. */
function withIncluded(
  made: readonly Combination[],
  include: readonly Combination[],
  axes: readonly string[],
): Combination[] {
  const joined = made.map((each) => ({ own: each, all: each }));
  const added: Combination[] = [];
  for (const entry of include) {
    const fitting = joined.filter(({ own }) =>
      axes.every((axis) => !Object.hasOwn(entry, axis) || isSame(entry[axis], own[axis])),
    );
    for (const each of fitting) each.all = { ...each.all, ...entry };
    if (fitting.length === 0) added.push(entry);
  }
  return [...joined.map(({ all }) => all), ...added];
}

/** Deepest and most values that are looked at. */
const MAX_PROPERTIES = 1_000;

function flattened(combination: Combination): Leg {
  const leg = new Map<string, Text>();
  const open: [string, unknown][] = Object.entries(combination);
  for (let next = open.pop(); next && leg.size < MAX_PROPERTIES; next = open.pop()) {
    const [name, value] = next;
    if (isObject(value))
      open.push(...Object.entries(value).map(([key, each]): [string, unknown] => [`${name}.${key}`, each]));
    else if (typeof value === "string") leg.set(name.toLowerCase(), readTemplate(value));
    else if (typeof value === "number" || typeof value === "boolean") leg.set(name.toLowerCase(), text(String(value)));
  }
  return leg;
}
