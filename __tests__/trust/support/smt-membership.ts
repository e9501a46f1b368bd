import type { Atoms } from "./smt-atoms";
import { and, expressionOf, type Formula, type GlobPart, lettersOf, or } from "./smt-text";
import type { TextParts, TextVariable } from "./smt-tokens";

/**
 * Whether a text made of several parts matches a pattern, said of each free part alone: equations between texts are
 * what string solvers are slow at. The pattern is an automaton whose states are the places between its parts; each
 * part of the text leads from one state to another.
 */
export function matches(text: TextParts, glob: readonly GlobPart[], ignoresCase: boolean, atoms: Atoms): Formula {
  const stages = reachable(text, glob, ignoresCase);
  let reached: ReadonlyMap<number, Formula> = new Map([[0, "true"]]);
  text.forEach((part, index) => {
    const next = new Map<number, Formula[]>();
    for (const [from, so] of reached)
      for (const to of stages[index + 1] ?? []) {
        const step = leads(part, glob, from, to, ignoresCase, atoms);
        if (step !== "false") next.set(to, [...(next.get(to) ?? []), and([so, step])]);
      }
    reached = new Map([...next].map(([to, ways]) => [to, or(ways)]));
  });
  return or([...reached].filter(([state]) => isEnd(glob, state)).map(([, formula]) => formula));
}

/** Whether nothing but `*` is left. */
const isEnd = (glob: readonly GlobPart[], state: number): boolean => glob.slice(state).every((part) => part === "any");

/** The states from which the rest of a text can lead to the end, before each part and behind the last. */
function reachable(text: TextParts, glob: readonly GlobPart[], ignoresCase: boolean): number[][] {
  const all = Array.from({ length: glob.length + 1 }, (_, state) => state);
  const stages = [all.filter((state) => isEnd(glob, state))];
  for (const part of text.toReversed()) {
    const behind = stages[0] ?? [];
    stages.unshift(all.filter((from) => behind.some((to) => mayLead(part, glob, from, to, ignoresCase))));
  }
  return stages;
}

/** The parts of a pattern between two states. Behind a `*` a text may always end: it stays there. */
const wayBetween = (glob: readonly GlobPart[], from: number, to: number): readonly GlobPart[] => [
  ...glob.slice(from, to),
  ...(glob[to] === "any" ? [glob[to]] : []),
];

/** Whether a part of a text may lead from one state to another, by its letters. */
function mayLead(
  part: string | TextVariable,
  glob: readonly GlobPart[],
  from: number,
  to: number,
  ignoresCase: boolean,
): boolean {
  if (to < from) return false;
  const way = wayBetween(glob, from, to);
  if (typeof part === "string") return matchesText(part, way, ignoresCase);
  return way.every((each) => typeof each === "string" || lettersFor(each.character, ignoresCase).some(part.mayHold));
}

/** When it does. */
function leads(
  part: string | TextVariable,
  glob: readonly GlobPart[],
  from: number,
  to: number,
  ignoresCase: boolean,
  atoms: Atoms,
): Formula {
  if (!mayLead(part, glob, from, to, ignoresCase)) return "false";
  return typeof part === "string" ? "true" : atoms.isIn(part, expressionOf(wayBetween(glob, from, to), ignoresCase));
}

const lettersFor = (character: string, ignoresCase: boolean): string[] =>
  ignoresCase ? lettersOf(character) : [character];

/** Whether a fixed text matches: the same question without a solver. */
function matchesText(text: string, glob: readonly GlobPart[], ignoresCase: boolean): boolean {
  let states = skipping(glob, [0]);
  for (const character of text)
    states = skipping(
      glob,
      states.flatMap((state) => {
        const part = glob[state];
        if (part === undefined) return [];
        if (part === "any") return [state];
        return part === "one" || lettersFor(part.character, ignoresCase).includes(character) ? [state + 1] : [];
      }),
    );
  return states.includes(glob.length);
}

/** With the states behind each `*`, which may stand for nothing. */
function skipping(glob: readonly GlobPart[], states: readonly number[]): number[] {
  const all = new Set(states);
  for (const state of all) if (glob[state] === "any") all.add(state + 1);
  return [...all];
}
