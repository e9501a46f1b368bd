import type { Atom, Atoms } from "./smt-atoms";
import { and, concat, type Formula, not, union } from "./smt-text";
import { FLAGS, NOW, type TextVariable } from "./smt-tokens";
import type { Budget, Model, Z3Process } from "./z3-process";

/** What a text must be, or must not. */
interface Literal {
  readonly atom: Atom;
  readonly holds: boolean;
}

/** What may be spent on one opinion. */
export interface SearchBudget extends Budget {
  /** Most questions to Z3: policies of thousands of characters may need many. @default 500 */
  readonly questions?: number;
}

/** 2020 to 2100: the clock of a request of today's. */
const TIMES = { first: 1_577_836_800, last: 4_102_444_800 };

/**
 * Looks for texts under which a formula holds. Z3 says which statements about texts to make true, and then, of each
 * text by itself, whether there is one of which they are true; if not, they are ruled out together, and it is asked
 * again. All in one question, it gave up on one pair in thirty.
 */
export class Search {
  private readonly texts = new Map<string, Promise<string | undefined>>();
  private asked = 0;

  constructor(
    private readonly z3: Z3Process,
    private readonly budget: SearchBudget,
  ) {}

  /**
   * What makes the formula true, or `undefined` where nothing does.
   *
   * @throws Undecided
   */
  async solve(formula: Formula, atoms: Atoms): Promise<Model | undefined> {
    const clauses = [formula];
    for (;;) {
      const way = await this.ask(script(atoms.all, clauses));
      if (way === undefined) return undefined;
      const texts = new Map<string, string>();
      const before = clauses.length;
      for (const [variable, literals] of literalsOf(atoms.all, way)) {
        const text = await this.textFor(variable, literals);
        if (text === undefined) clauses.push(await this.ruledOut(variable, literals));
        else texts.set(variable.name, text);
      }
      if (clauses.length === before) return new Map([...way, ...texts]);
    }
  }

  private async ask(question: string): Promise<Model | undefined> {
    const { questions = 500, ...budget } = this.budget;
    this.asked += 1;
    if (this.asked > questions) throw new Undecided(`more than ${questions} questions`);
    const found = await this.z3.solve(question, budget);
    if (found.is === "unknown") throw new Undecided(found.reason);
    return found.is === "sat" ? found.model : undefined;
  }

  /** As few of the literals as no text meets: those that are not needed are dropped, many at once and then each. */
  private async ruledOut(variable: TextVariable, literals: readonly Literal[]): Promise<Formula> {
    let left = literals;
    for (let size = Math.ceil(literals.length / 2); size > 0; size = size === 1 ? 0 : Math.ceil(size / 2))
      for (let from = 0; from < left.length;) {
        const fewer = left.toSpliced(from, size);
        if ((await this.textFor(variable, fewer)) === undefined) left = fewer;
        else from += size;
      }
    return not(and(left.map(({ atom, holds }) => (holds ? atom.name : not(atom.name)))));
  }

  /** A text that meets every literal. */
  private textFor(variable: TextVariable, literals: readonly Literal[]): Promise<string | undefined> {
    const expression = expressionOf(variable, literals);
    const known = this.texts.get(expression);
    if (known) return known;
    const found = this.textIn(expression);
    this.texts.set(expression, found);
    return found;
  }

  private async textIn(expression: string): Promise<string | undefined> {
    const found = await this.ask(`(declare-const text String)\n(assert (str.in_re text ${expression}))`);
    return found && (found.get("text") ?? "");
  }
}

/** The solver gave up, or has been asked too often. */
export class Undecided extends Error {}

function expressionOf({ language }: TextVariable, literals: readonly Literal[]): string {
  const wanted = literals.filter(({ holds }) => holds).map(({ atom }) => atom.expression);
  const unwanted = literals.filter(({ holds }) => !holds).map(({ atom }) => atom.expression);
  const others = unwanted.length === 0 ? [] : [`(re.comp ${union(unwanted.toSorted())})`];
  const all = [language, ...wanted.toSorted(), ...others];
  return all.length === 1 ? concat(all) : `(re.inter ${all.join(" ")})`;
}

/** The literals of each text, where the model says anything of it. */
function literalsOf(atoms: readonly Atom[], model: Model): Map<TextVariable, Literal[]> {
  const found = new Map<TextVariable, Literal[]>();
  for (const atom of atoms) {
    const value = model.get(atom.name);
    if (value === undefined) continue;
    const literals = found.get(atom.variable) ?? [];
    found.set(atom.variable, [...literals, { atom, holds: value === "true" }]);
  }
  return found;
}

const script = (atoms: readonly Atom[], clauses: readonly Formula[]): string =>
  [
    ...[...FLAGS, ...atoms.map(({ name }) => name)].map((name) => `(declare-const ${name} Bool)`),
    `(declare-const ${NOW} Int)`,
    `(assert (and (<= ${TIMES.first} ${NOW}) (<= ${NOW} ${TIMES.last})))`,
    ...clauses.map((each) => `(assert ${each})`),
  ].join("\n");
