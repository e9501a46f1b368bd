import { literalPattern, parsePattern } from "../aws/pattern";
import { prepare, type PreparedPolicy } from "../aws/policy/evaluate";
import type { TrustDocument } from "../aws/policy/trust-document";
import type { Formula } from "./formula";
import type { GrammarNode } from "./grammar";
import type { KeyTest, Reading, ValuePattern } from "./key-test";
import { isLetIn } from "./let-in";
import { mintedJob, type MintedJob } from "./minted-job";
import { policyFormula, TestRegistry, type TokenProvider } from "./policy-formula";
import { TOKEN_GRAMMARS } from "./token-grammar";
import { MAX_STEPS, searchTokens, type Budget } from "./token-search";

/**
 * Whether some job of GitHub's is let in.
 *
 * - `yes`: the job is, and the evaluator agrees;
 * - `perhaps`: what is not known decides (a condition on something else than the token, a variable), or the
 *   subject would have to be customised in a way that could not be tried;
 * - `no`: no token that GitHub mints is;
 * - `unknown`: it was too costly to decide.
 */
export type JobAnswer =
  | { readonly answer: "yes"; readonly job: MintedJob; readonly isCustomised: boolean }
  | { readonly answer: "perhaps" }
  | { readonly answer: "no" }
  | { readonly answer: "unknown" };

/** Tokens that a search tries to mint before it gives up. */
const TRIES = 4;

/** Most work of one search. */
const SEARCH_STEPS = 20_000;

/** Looks for jobs that a trust policy lets in. */
export class AdmissionSearch {
  private readonly prepared: PreparedPolicy;
  private readonly formulas: Readonly<Record<Reading, { readonly formula: Formula; readonly registry: TestRegistry }>>;
  /** Whether both readings are the same. */
  private readonly isAllKnown: boolean;

  constructor(
    document: TrustDocument,
    private readonly provider: TokenProvider,
    private readonly budget: Budget = { steps: MAX_STEPS },
  ) {
    this.prepared = prepare(document);
    const read = (reading: Reading): { formula: Formula; registry: TestRegistry } => {
      const registry = new TestRegistry();
      return { formula: policyFormula(document, provider, registry, reading), registry };
    };
    this.formulas = { narrowest: read("narrowest"), widest: read("widest") };
    this.isAllKnown = JSON.stringify(this.formulas.narrowest) === JSON.stringify(this.formulas.widest);
  }

  /** A job that is let in and fulfils further tests. */
  find(...also: readonly KeyTest[]): JobAnswer {
    return this.findIn([TOKEN_GRAMMARS.own, TOKEN_GRAMMARS.customised], also);
  }

  /** The same among jobs whose subject is in GitHub's own form. */
  findInOwnForm(...also: readonly KeyTest[]): JobAnswer {
    return this.findIn([TOKEN_GRAMMARS.own], also);
  }

  private findIn(grammars: readonly GrammarNode[], also: readonly KeyTest[]): JobAnswer {
    const certain = this.search(grammars, "narrowest", also);
    if (certain.answer === "yes" || certain.answer === "unknown" || this.isAllKnown) return certain;
    const possible = this.search(grammars, "widest", also);
    return possible.answer === "yes" ? { answer: "perhaps" } : possible;
  }

  private search(grammars: readonly GrammarNode[], reading: Reading, also: readonly KeyTest[]): JobAnswer {
    const { formula, registry } = this.formulas[reading];
    const tests = [...registry.tests, ...also];
    const all: Formula = { all: [formula, ...also.map((_, index) => ({ test: registry.tests.length + index }))] };
    let answer: JobAnswer = { answer: "no" };
    for (const grammar of grammars) if (answer.answer === "no") answer = this.searchIn(grammar, all, tests);
    return answer;
  }

  private searchIn(grammar: GrammarNode, formula: Formula, tests: readonly KeyTest[]): JobAnswer {
    const budget = { steps: Math.min(SEARCH_STEPS, this.budget.steps) };
    const before = budget.steps;
    const { found, overBudget } = searchTokens(grammar, formula, tests, budget, TRIES);
    this.budget.steps -= before - budget.steps;
    for (const token of found) {
      const job = mintedJob(token, `https://${this.provider.issuer}`);
      if (job && isLetIn(this.prepared, this.provider, job))
        return { answer: "yes", job, isCustomised: grammar === TOKEN_GRAMMARS.customised };
    }
    if (found.length > 0) return { answer: "perhaps" };
    return { answer: overBudget ? "unknown" : "no" };
  }
}

/** A test that a text of the token is one of these, or matches one of these patterns. */
export const isOneOf = (subject: string, texts: readonly string[]): KeyTest => ({
  subject,
  patterns: texts.map((text): ValuePattern => ({ pattern: literalPattern(text), anyCase: false })),
  negated: false,
  whenAbsent: false,
  whenEmpty: undefined,
});

/** GitHub ignores case in names: every spelling is the same. */
export const isNoneOf = (subject: string, texts: Iterable<string>): KeyTest => ({
  subject,
  patterns: Array.from(texts, (text): ValuePattern => ({ pattern: literalPattern(text), anyCase: true })),
  negated: true,
  whenAbsent: true,
  whenEmpty: undefined,
});

export const isLike = (subject: string, text: string): KeyTest => ({
  subject,
  patterns: [{ pattern: parsePattern(text), anyCase: false }],
  negated: false,
  whenAbsent: false,
  whenEmpty: undefined,
});

export const isAbsent = (subject: string): KeyTest => ({
  subject,
  patterns: [],
  negated: false,
  whenAbsent: true,
  whenEmpty: undefined,
});
