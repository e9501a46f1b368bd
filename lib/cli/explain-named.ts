import type { Explained } from "../trust/near-miss/explained";
import { terminalText } from "../report/escape/terminal";
import { explainRole, type RoleCall } from "../questions/role-call/explain-role";
import { ContradictoryClaims } from "../questions/role-call/token-repository";
import { atMost } from "./at-most";
import { namedRole } from "./named-role";
import { openSource, type SourceOptions } from "./source";
import { UsageError } from "./usage-error";

/** A role of a source. */
export interface NamedRole extends SourceOptions {
  readonly role: string;
  /** Name or id of the role's account. @default the only one that has the role */
  readonly account?: string;
}

/**
 * Plays STS for a role of the access file, or of another source.
 *
 * @param tokenName how messages call the token's file.
 * @throws UsageError when there is no such role or several, and when what is known of it does not decide;
 *   AccessConfigError for a mistake in the access file.
 */
export function explainNamed(
  { role: name, account, ...source }: NamedRole,
  call: RoleCall,
  tokenName: string,
): Explained {
  const { model, access } = openSource(source);
  const found = namedRole(model, name, account);
  // No other source says what its author vouches for.
  const assertsClaimKeys = access?.accounts.find((each) => each.name === found.account.name)?.assertsClaimKeys ?? false;
  const result = told(tokenName, () => explainRole(found, { ...call, assertsClaimKeys }));
  if ("explained" in result) return result.explained;
  const role = `Role ${JSON.stringify(name)}`;
  if ("refused" in result)
    throw new UsageError(
      [`${role}: AWS would not accept its trust policy:`, ...atMost(result.refused.map(terminalText))].join("\n"),
    );
  throw new UsageError(
    `${role}: who may assume it depends on what is not known: ${result.unknown.map(terminalText).join(", ")}. Explain a plan or state in which it is known (--plan), or the role as AWS has it (aws iam get-role, --trust-policy)`,
  );
}

/** That a token contradicts itself is found out only where its repository is needed. */
function told<T>(tokenName: string, decide: () => T): T {
  try {
    return decide();
  } catch (error) {
    throw error instanceof ContradictoryClaims ? new UsageError(`${tokenName}: ${error.message}`) : error;
  }
}
