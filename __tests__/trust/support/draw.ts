import fc, { type GeneratorValue } from "fast-check";

/** Draws from other generators while one is at work, so that what is drawn may depend on a policy. */
export interface Draw {
  /** One of several; `undefined` where there are none. */
  readonly of: <T>(items: readonly T[]) => T | undefined;
  /** A number from 0 up to a bound. */
  readonly upTo: (most: number) => number;
  /** Whatever another generator makes. */
  readonly from: <T, A extends unknown[]>(generator: (...parameters: A) => fc.Arbitrary<T>, ...parameters: A) => T;
}

export const anyDraw: fc.Arbitrary<Draw> = fc.gen().map(drawOf);

function drawOf(value: GeneratorValue): Draw {
  const upTo = (most: number): number => value(fc.nat, { max: most });
  return {
    of: (items) => (items.length === 0 ? undefined : items[upTo(items.length - 1)]),
    upTo,
    from: (generator, ...parameters) => value(generator, ...parameters),
  };
}
