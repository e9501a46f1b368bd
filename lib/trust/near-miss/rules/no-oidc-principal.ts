import type { HintRule } from "../rule";
import { quote } from "../words";

/** No statement that allows is about the token's provider: they are about services, accounts, SAML, or there is none. */
export const noOidcPrincipal: HintRule = {
  id: "no-oidc-principal",
  find: ({ statement, verdict: { lookup, steps } }) => {
    const failed = steps.filter(({ outcome }) => outcome === "fail").map(({ name }) => name);
    // An issuer without a provider has rules of its own.
    if (!failed.includes("trust-policy") || failed.includes("issuer") || statement?.principalMatches) return undefined;
    const principals = statement?.statement.principals
      .map(({ kind, value }) => (kind === "*" ? '"*"' : `${kind} ${quote(value)}`))
      .join(", ");
    return {
      message:
        principals === undefined
          ? "The policy allows nothing."
          : `The policy trusts ${principals}, not GitHub's OIDC provider: it is not meant for GitHub's jobs.`,
      fix: `Check that this is the right role, or add a statement that allows {"Federated": "${lookup.principal.replace(":000000000000:", ":ACCOUNT:")}"}.`,
    };
  },
};
