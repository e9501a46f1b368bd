import { prepare } from "../aws/policy/evaluate";
import type { TrustDocument } from "../aws/policy/trust-document";
import { isLetIn } from "./let-in";
import { mintedJob, type MintedJob } from "./minted-job";
import { policyFormula, TestRegistry, type TokenProvider } from "./policy-formula";
import { TOKEN_GRAMMARS } from "./token-grammar";
import { searchTokens } from "./token-search";

/** Most work of one search, and tokens that it tries to mint. */
const [STEPS, TRIES] = [20_000, 4];

/**
 * A job that one policy surely denies and another surely lets in; `undefined` where none was found. That says nothing
 * of what cannot be told from a token, nor of what is too costly to decide.
 */
export function surelyGained(
  before: TrustDocument,
  after: TrustDocument,
  provider: TokenProvider,
): MintedJob | undefined {
  const [earlier, later] = [prepare(before), prepare(after)];
  const registry = new TestRegistry();
  const admitted = policyFormula(after, provider, registry, "narrowest");
  const formula = { all: [admitted, { not: policyFormula(before, provider, registry, "widest") }] };
  for (const grammar of [TOKEN_GRAMMARS.own, TOKEN_GRAMMARS.customised]) {
    const { found } = searchTokens(grammar, formula, registry.tests, { steps: STEPS }, TRIES);
    for (const token of found) {
      const job = mintedJob(token, `https://${provider.issuer}`);
      if (job && isLetIn(later, provider, job) && !isLetIn(earlier, provider, job)) return job;
    }
  }
  return undefined;
}
