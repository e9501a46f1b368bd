import {
  type AssumeCall,
  callsOfActions,
  callsOfPrincipal,
  isBuiltInIssuer,
  isEverybody,
} from "../../aws/policy/assume-calls";
import type { TrustDocument, TrustPrincipal, TrustStatement } from "../../aws/policy/trust-document";
import { callerReach } from "./caller-reach";

/** A principal by which strangers get the role. */
export interface OpenPrincipal {
  readonly statement: TrustStatement;
  /** Of the statement in its document. */
  readonly index: number;
  readonly principal: TrustPrincipal;
  readonly call: AssumeCall;
  /** Whether only strangers in some networks do, or through a service of AWS. */
  readonly limited: boolean;
}

/**
 * Principals of a policy that are everybody, or all users of an issuer that everybody shares, where conditions leave
 * strangers of them.
 */
export const openPrincipals = (document: TrustDocument): OpenPrincipal[] =>
  document.statements.flatMap((statement, index) =>
    statement.effect === "Allow" ? openIn(statement, index, document) : [],
  );

function openIn(statement: TrustStatement, index: number, document: TrustDocument): OpenPrincipal[] {
  const calls = callsOfActions(
    statement.actions.map(({ text }) => text),
    statement.notAction,
  );
  return statement.principals.filter(isShared).flatMap((principal) => {
    const own = callsOfPrincipal(principal.kind, principal.value);
    return calls.flatMap((call) => {
      const reach = own.includes(call) ? callerReach(statement, call, document) : "nobody";
      if (reach !== "anyone" && reach !== "limited") return [];
      return [{ statement, index, principal, call, limited: reach === "limited" }];
    });
  });
}

const isShared = ({ kind, value }: TrustPrincipal): boolean =>
  isEverybody({ kind, value }) || (kind === "Federated" && (value === "*" || isBuiltInIssuer(value)));
