/** A statement about the tests of a policy, each by its number: true, false, or not decided yet. */
export type Formula =
  | boolean
  | { readonly test: number }
  | { readonly all: readonly Formula[] }
  | { readonly any: readonly Formula[] }
  | { readonly not: Formula };

/** Outcome of a test as far as it is known; `undefined` where it is still open. */
export type Outcome = boolean | undefined;

/** Decides a formula, as far as the outcomes of its tests decide it. */
export function evaluate(formula: Formula, outcomeOf: (test: number) => Outcome): Outcome {
  if (typeof formula === "boolean") return formula;
  if ("test" in formula) return outcomeOf(formula.test);
  if ("not" in formula) {
    const inner = evaluate(formula.not, outcomeOf);
    return inner === undefined ? undefined : !inner;
  }
  // The outcome that settles the whole: one false part of "all", one true part of "any".
  const [parts, settles] = "all" in formula ? [formula.all, false] : [formula.any, true];
  let open = false;
  for (const part of parts) {
    const outcome = evaluate(part, outcomeOf);
    if (outcome === settles) return settles;
    open ||= outcome === undefined;
  }
  return open ? undefined : !settles;
}

/** The same, with what is constant taken out. */
export function simplified(formula: Formula): Formula {
  if (typeof formula === "boolean" || "test" in formula) return formula;
  if ("not" in formula) {
    const inner = simplified(formula.not);
    return typeof inner === "boolean" ? !inner : { not: inner };
  }
  const settles = !("all" in formula);
  const parts = ("all" in formula ? formula.all : formula.any).map(simplified).filter((part) => part !== !settles);
  if (parts.includes(settles)) return settles;
  const [only, ...more] = parts;
  if (only === undefined) return !settles;
  if (more.length === 0) return only;
  return settles ? { any: parts } : { all: parts };
}
