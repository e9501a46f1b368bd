import type { Formula } from "./smt-text";
import type { TextVariable } from "./smt-tokens";

/** A statement about one free text: that it is in a language. */
export interface Atom {
  readonly name: string;
  readonly variable: TextVariable;
  /** A regular expression of SMT-LIB. */
  readonly expression: string;
}

/** What formulas ask of free texts, each under a name that stands for it. */
export class Atoms {
  private readonly byText = new Map<string, Atom>();

  isIn(variable: TextVariable, expression: string): Formula {
    const text = `${variable.name} ${expression}`;
    const known = this.byText.get(text);
    if (known) return known.name;
    const atom = { name: `is${this.byText.size}`, variable, expression };
    this.byText.set(text, atom);
    return atom.name;
  }

  get all(): readonly Atom[] {
    return [...this.byText.values()];
  }
}
