/** A number of a policy or request. Whole ones are exact: ids outgrow what a `number` holds. */
export interface Decimal {
  readonly whole: bigint | undefined;
  readonly value: number;
}

/** Longest number that is read: no id or count comes near, and the cost of a `bigint` grows with its length. */
const MAX_LENGTH = 64;

/** Reads a number, or answers `undefined` for a text that is none. */
export function parseDecimal(text: string): Decimal | undefined {
  if (text.length > MAX_LENGTH || !/^[+-]?[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?$/.test(text)) return undefined;
  const value = Number(text);
  if (!Number.isFinite(value)) return undefined;
  return { whole: /^[+-]?[0-9]+$/.test(text) ? BigInt(text.replace(/^\+/, "")) : undefined, value };
}

/** Below, equal to or above zero, as `a` is below, equal to or above `b`. */
export function compareDecimals(a: Decimal, b: Decimal): number {
  if (a.whole !== undefined && b.whole !== undefined) return a.whole < b.whole ? -1 : a.whole > b.whole ? 1 : 0;
  return a.value - b.value;
}
