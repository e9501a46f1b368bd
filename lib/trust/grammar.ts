/**
 * Texts that belong together, as a graph: whoever walks it from its start to its end writes them character by
 * character. Texts that say the same are written in the same step, so that they cannot disagree.
 */
export interface GrammarNode {
  readonly edges: GrammarEdge[];
}

/** What a walk may do next. `feeds` are the texts that the character is written to. */
export type GrammarEdge = { readonly to: GrammarNode } & (
  | { readonly kind: "letter"; readonly character: number; readonly feeds: readonly string[] }
  | { readonly kind: "any"; readonly characters: CharacterSet; readonly feeds: readonly string[] }
  /** The text ends here, or is absent. */
  | { readonly kind: "end"; readonly text: string; readonly present: boolean }
  /**
   * A way that is open only where a text has ended already, or only where it has not. `untested`: whether it is open
   * where no test looks at the text, so that nobody has to keep in mind whether it has ended.
   */
  | { readonly kind: "guard"; readonly text: string; readonly ended: boolean; readonly untested: boolean }
  /** Says something that the texts do not. */
  | { readonly kind: "note"; readonly note: string }
);

/** Characters that may stand at a place. */
export interface CharacterSet {
  readonly has: (character: number) => boolean;
  /** Those to take first where any one does. */
  readonly preferred: readonly number[];
}

/** A piece of a walk: what leads to the next node. */
export type Step = (next: GrammarNode) => GrammarNode;

export const node = (...edges: GrammarEdge[]): GrammarNode => ({ edges });

export const characters = (pattern: RegExp, preferred: string): CharacterSet => ({
  has: (character) => pattern.test(String.fromCodePoint(character)),
  preferred: Array.from(preferred, (each) => each.codePointAt(0) ?? 0),
});

export const sequence =
  (...steps: readonly Step[]): Step =>
  (next) =>
    steps.reduceRight((after, step) => step(after), next);

export const choice =
  (...steps: readonly Step[]): Step =>
  (next) =>
    node(...steps.flatMap((step) => step(next).edges));

export const literal =
  (text: string, feeds: readonly string[]): Step =>
  (next) =>
    [...text].reduceRight(
      (after, character) => node({ kind: "letter", character: character.codePointAt(0) ?? 0, feeds, to: after }),
      next,
    );

export const one =
  (allowed: CharacterSet, feeds: readonly string[]): Step =>
  (next) =>
    node({ kind: "any", characters: allowed, feeds, to: next });

/** Any number of characters, or none. */
export const many =
  (allowed: CharacterSet, feeds: readonly string[]): Step =>
  (next) => {
    const rest = node(...next.edges);
    rest.edges.push({ kind: "any", characters: allowed, feeds, to: rest });
    return rest;
  };

/** At least one character. @param first what the first of them may be */
export const some = (allowed: CharacterSet, feeds: readonly string[], first: CharacterSet = allowed): Step =>
  sequence(one(first, feeds), many(allowed, feeds));

export const note =
  (text: string): Step =>
  (next) =>
    node({ kind: "note", note: text, to: next });

export const end =
  (text: string): Step =>
  (next) =>
    node({ kind: "end", text, present: true, to: next });

export const absent =
  (text: string): Step =>
  (next) =>
    node({ kind: "end", text, present: false, to: next });

export const guard =
  (text: string, ended: boolean, untested = !ended): Step =>
  (next) =>
    node({ kind: "guard", text, ended, untested, to: next });

/** Writes a text that others do not hang on, unless it stands already or nobody looks at it. */
export const unlessEnded = (text: string, ...steps: readonly Step[]): Step =>
  choice(guard(text, true, true), sequence(guard(text, false, false), ...steps, end(text)));
