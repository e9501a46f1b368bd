import type { HintRule } from "../rule";
import { quote } from "../words";

/** The policy lets in services, accounts or SAML, and no OIDC provider. */
export const noOidcPrincipal: HintRule = {
  id: "no-oidc-principal",
  find: ({ statement, verdict: { lookup } }) => {
    if (!statement || statement.principalMatches || lookup.named.length > 0) return undefined;
    const principals = statement.statement.principals.map(({ kind, value }) => `${kind} ${quote(value)}`).join(", ");
    return {
      message: `The policy trusts ${principals} and no OIDC provider: it is not made for jobs of GitHub.`,
      fix: `Check that it is the right role, or make the principal {"Federated": "${lookup.principal.replace("000000000000", "ACCOUNT")}"}.`,
    };
  },
};
