import { isAttributes, isList, Template, type Attributes, type Value } from "./resource";

/** Gives what stands in the place of a value that is not known yet. */
type Stand = (expression: unknown) => Value | undefined;

const AFTER_APPLY = new Template([{ unknown: "known after apply" }]);
const MAX_DEPTH = 50;

/**
 * Puts into the values of a planned resource what is known only after apply: the plan leaves those out,
 * and says in a second tree where they would be.
 */
export function fillUnknown(values: Attributes, unknown: unknown, expressions: unknown, stand: Stand): Attributes {
  const filled = fill(values, unknown, expressions, stand, 0);
  return isAttributes(filled) ? filled : values;
}

function fill(
  value: Value | undefined,
  unknown: unknown,
  expression: unknown,
  stand: Stand,
  depth: number,
): Value | undefined {
  if (unknown === true) return expression === undefined ? AFTER_APPLY : (stand(expression) ?? AFTER_APPLY);
  if (typeof unknown !== "object" || unknown === null || depth > MAX_DEPTH) return value;
  if (Array.isArray(unknown)) return fillList(isList(value) ? value : [], unknown, expression, stand, depth);
  const old = isAttributes(value) ? value : {};
  const filled: Record<string, Value | undefined> = { ...old };
  for (const [name, each] of Object.entries(unknown)) {
    const known = fill(
      Object.hasOwn(old, name) ? old[name] : undefined,
      each,
      memberOf(expression, name),
      stand,
      depth + 1,
    );
    // No argument has the name that sets a prototype.
    if (known !== undefined && name !== "__proto__") filled[name] = known;
  }
  return filled;
}

function fillList(
  values: readonly Value[],
  unknown: readonly unknown[],
  expression: unknown,
  stand: Stand,
  depth: number,
): Value[] {
  // A block has an expression of its own for each; a list has one for all.
  const expressionOf = (index: number): unknown =>
    Array.isArray(expression)
      ? expression.length === unknown.length
        ? (expression[index] as unknown)
        : undefined
      : expression;
  return Array.from(
    { length: Math.max(values.length, unknown.length) },
    (_, index) => fill(values[index], unknown[index], expressionOf(index), stand, depth + 1) ?? null,
  );
}

const memberOf = (expression: unknown, name: string): unknown =>
  typeof expression === "object" && expression !== null && Object.hasOwn(expression, name)
    ? (expression as Readonly<Record<string, unknown>>)[name]
    : undefined;
