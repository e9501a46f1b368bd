import { GITHUB_TOKENS } from "./github-tokens";
import { Atoms } from "./smt-atoms";
import { NotAsked } from "./smt-conditions";
import { admits } from "./smt-policy";
import { Search, type SearchBudget, Undecided } from "./smt-search";
import { and, not } from "./smt-text";
import { NOW, PLAIN_TOKENS, type TextParts, type TokenShape } from "./smt-tokens";
import { ISSUER, type PolicyJson } from "./policy-json";
import type { Model, Z3Process } from "./z3-process";

/** A request that the one policy denies and the other admits. */
export interface Witness {
  /** What kind of token it has. */
  readonly kind: string;
  readonly claims: Readonly<Record<string, string>>;
  readonly sessionName: string;
  /** `undefined`: the request has none. */
  readonly address: string | undefined;
  /** Seconds since 1970. */
  readonly at: number;
}

export type Opinion =
  | { readonly answer: "sat"; readonly witness: Witness }
  | { readonly answer: "unsat" }
  | { readonly answer: "undecided"; readonly reason: string };

/** Which tokens to look among: `plain` are any texts of printable ASCII, `github` what GitHub mints. */
export type Tokens = "plain" | "github";

/** A second opinion about trust policies, which shares no code with the product. */
export class SecondOpinion {
  constructor(
    private readonly z3: Z3Process,
    private readonly budget: SearchBudget,
  ) {}

  /**
   * Whether some token of GitHub's issuer is denied before and admitted after. One kind of tokens is asked about
   * after another.
   *
   * @param before, after as parsed from JSON; both such that AWS takes them.
   */
  async about(before: PolicyJson, after: PolicyJson, tokens: Tokens): Promise<Opinion> {
    const search = new Search(this.z3, this.budget);
    let undecided: string | undefined;
    for (const shape of tokens === "plain" ? PLAIN_TOKENS : GITHUB_TOKENS) {
      const opinion = await aboutShape(search, before, after, shape);
      if (opinion.answer === "sat") return opinion;
      if (opinion.answer === "undecided") undecided ??= opinion.reason;
    }
    return undecided === undefined ? { answer: "unsat" } : { answer: "undecided", reason: undecided };
  }
}

async function aboutShape(search: Search, before: PolicyJson, after: PolicyJson, shape: TokenShape): Promise<Opinion> {
  try {
    const atoms = new Atoms();
    const formula = and([admits(after, shape, atoms), not(admits(before, shape, atoms))]);
    const model = formula === "false" ? undefined : await search.solve(formula, atoms);
    return model ? { answer: "sat", witness: witnessOf(model, shape) } : { answer: "unsat" };
  } catch (error) {
    if (error instanceof Undecided) return { answer: "undecided", reason: error.message };
    if (error instanceof NotAsked) return { answer: "undecided", reason: `not asked: ${error.message}` };
    throw error;
  }
}

function witnessOf(model: Model, shape: TokenShape): Witness {
  const textOf = (parts: TextParts): string =>
    parts.map((part) => (typeof part === "string" ? part : (model.get(part.name) ?? part.example))).join("");
  const isPresent = (flag: string): boolean => flag === "true" || model.get(flag) === "true";
  const present = [...shape.keys].filter(([, value]) => isPresent(value.isPresent));
  const request = new Map(present.map(([key, value]) => [key, textOf(value.text)]));
  const claims = [...request].filter(([key]) => key.startsWith(`${ISSUER}:`));
  return {
    kind: shape.name,
    claims: Object.fromEntries(claims.map(([key, text]) => [key.slice(ISSUER.length + 1), text])),
    sessionName: request.get("sts:rolesessionname") ?? "",
    address: request.get("aws:sourceip"),
    at: Number(model.get(NOW) ?? 1_800_000_000),
  };
}
