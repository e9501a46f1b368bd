import { cover, MAX_STEPS, parsePattern } from "../lib/aws/pattern";
import type { Claim } from "./ratio";

/** What comes before the search is not counted against MAX_STEPS, nor is the step that goes beyond it. */
const BOUND = 2;

/**
 * The steps of comparing patterns in the worst cases that are known, to the most that a search may take:
 * of each kind the worst. They are counted, not timed: the same on every machine.
 */
export function patternClaims(): Claim[] {
  return [
    { what: "patterns, formulas of 3 truths: steps, to MAX", bound: BOUND, ratios: [Math.max(...formulas())] },
    { what: "patterns, runs of ?: steps, to MAX", bound: BOUND, ratios: [Math.max(...runs())] },
  ];
}

/**
 * Is a random formula always true? Each star of `*a*a…` stands for a truth ("I am empty") and each pattern
 * of the list for a clause that speaks of three: hardest with some four to six clauses for each truth.
 */
function formulas(): number[] {
  return [12, 16, 20, 24, 32].flatMap((truths) =>
    [4, 5, 6].map((clauses) => {
      const random = randomOf(truths * 100 + clauses);
      const list = Array.from({ length: truths * clauses }, () => {
        const said = new Map([1, 2, 3].map(() => [random(truths), random(2) === 0 ? "" : "?*"]));
        return chain(truths, (star) => said.get(star) ?? "*");
      });
      return stepsOf(
        list,
        chain(truths, () => "*"),
      );
    }),
  );
}

/** Runs of `?` tell the lengths of a star apart: the longer they are, the more lengths must be tried for each. */
function runs(): number[] {
  return [4, 16, 64, 256].flatMap((longest) =>
    [4, 12, 24].map((stars) => {
      const random = randomOf(longest * 100 + stars);
      const said = (sayings: ReadonlyMap<number, string>): string => chain(stars, (star) => sayings.get(star) ?? "*");
      // The first two keep the search from ending before it began: they admit the simplest texts.
      const list = [
        said(new Map([[0, ""]])),
        said(new Map([[0, "?"]])),
        ...Array.from({ length: 40 }, () =>
          said(
            new Map(
              [0, 1].map((kind) => [random(stars), `${"?".repeat(1 + random(longest))}${kind === 0 ? "" : "*"}`]),
            ),
          ),
        ),
      ];
      return stepsOf(
        list,
        chain(stars, () => "*"),
      );
    }),
  );
}

function stepsOf(list: readonly string[], b: string): number {
  const work = { steps: 0 };
  cover(list.map(parsePattern), parsePattern(b), work);
  return work.steps / MAX_STEPS;
}

const chain = (stars: number, fill: (star: number) => string): string =>
  `${Array.from({ length: stars }, (_, star) => fill(star)).join("a")}b`;

/** Whole numbers below a limit, dealt out alike in every run. */
function randomOf(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}
