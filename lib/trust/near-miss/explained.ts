import type { StatementRecord } from "../../aws/policy/evaluate";
import type { WebIdentityCall } from "../sts/call";
import type { ExplainOutput } from "../sts/output";
import { playSts, type Verdict } from "../sts/play";
import { nearMiss, type NearMiss } from "./near-miss";

/** A call of AssumeRoleWithWebIdentity: what STS decides, and for a denial what stood in the way. */
export interface Explained extends NearMiss {
  readonly verdict: Verdict;
}

/** Plays STS and, for a denial, looks for the reason. Pure. */
export function explainCall(call: WebIdentityCall): Explained {
  const verdict = playSts(call);
  return { verdict, ...nearMiss(call, verdict) };
}

/** The same as plain data: `explainOutputSchema` says what each part is. */
export function outputOf({
  verdict: { decision, error, steps, statements },
  statement,
  hints,
}: Explained): ExplainOutput {
  return {
    decision,
    error,
    steps: steps.map((step) => ({ ...step })),
    statements: statements.map(statementOutput),
    nearest: statement?.index ?? null,
    hints: hints.map((hint) => ({ ...hint })),
  };
}

const statementOutput = ({
  statement,
  index,
  principalMatches,
  actionMatches,
  conditions,
  applies,
}: StatementRecord): ExplainOutput["statements"][number] => ({
  index,
  sid: statement.sid ?? null,
  effect: statement.effect,
  principalMatches,
  actionMatches,
  conditions: conditions.map(({ operator, key, wanted, actual, holds, reason }) => ({
    operator,
    key,
    wanted: [...wanted],
    actual: actual ? [...actual] : null,
    holds,
    reason,
  })),
  applies,
});
