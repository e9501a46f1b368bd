import { measureChild, type Figure, type Kind, type Shape } from "./child";
import type { Measurement } from "./probe";

/** Measurements of one size; those with the same index were taken one right after the other. */
export interface Rounds {
  readonly roles: number;
  readonly shape: Shape;
  readonly toolkit: readonly Measurement[];
  readonly bare: readonly Measurement[];
  readonly read: readonly Measurement[];
  readonly access: readonly Measurement[];
  readonly check: readonly Measurement[];
}

export interface RoundsOptions {
  /** @default "deployments" */
  readonly shape?: Shape;
  /** @default "time" */
  readonly figure?: Figure;
}

/** Measures each kind in turn, in each round in the reverse order: what slows the machine for a while slows all of them. */
export function measureRounds(
  roles: number,
  count: number,
  kinds: readonly Kind[],
  { shape = "deployments", figure = "time" }: RoundsOptions = {},
): Rounds {
  const taken: Record<Kind, Measurement[]> = { toolkit: [], bare: [], read: [], access: [], check: [] };
  for (let round = 0; round < count; round++) {
    process.stderr.write(
      `${roles.toLocaleString("en")} roles of ${shape}, ${figure}: round ${round + 1} of ${count}\n`,
    );
    for (const kind of round % 2 === 0 ? kinds : [...kinds].reverse())
      taken[kind].push(measureChild(kind, roles, shape, figure));
  }
  return { roles, shape, ...taken };
}
