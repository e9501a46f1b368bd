import { claimOf, splitKey, tokenSource } from "../../trust/admitted";
import { quoted } from "../../aws/policy/position";
import { MAIN, statements, subject } from "../trust/examples";
import { githubStatements } from "../trust/statements";
import type { TrustRule } from "../trust/rule";
import { SOURCES } from "../trust/sources";

const condition = { StringEquals: { aud: "sts.amazonaws.com", sub: MAIN } };
const HOST = "token.actions.githubusercontent.com";
const SLUG = { Federated: `arn:aws:iam::111122223333:oidc-provider/${HOST}/octo-corp` };

export const issuerMismatch: TrustRule = {
  id: "L25",
  title: "A key of another issuer",
  severity: "error",
  explanation:
    "A condition key begins with the issuer of the provider, including its path. If only the ARN or only the key has the enterprise's slug, the key is missing from every request: the condition never holds, or guards nothing.",
  remedy: "Build the key from the provider's ARN: everything after oidc-provider/, a colon, the claim.",
  source: SOURCES.provider,
  appliesTo: "trustPolicy",
  compliant: [
    subject("the same issuer", MAIN),
    statements("the same, with a slug", { principal: SLUG, issuer: `${HOST}/octo-corp`, condition }),
  ],
  nonCompliant: [
    statements("the slug is missing from the keys", { principal: SLUG, condition }),
    statements("the slug is missing from the provider", { issuer: `${HOST}/octo-corp`, condition }),
    statements("an address in place of a host", { issuer: `https://${HOST}`, condition }),
  ],
  check: (policy) =>
    githubStatements(policy).flatMap(({ principals, conditions }) => {
      const issuers = principals.flatMap((principal) =>
        principal.kind === "Federated" ? [tokenSource(principal)?.issuer ?? foreignIssuer(principal.value)] : [],
      );
      if (issuers.length < principals.length || !issuers.every((issuer) => issuer !== undefined)) return [];
      return conditions
        .filter((each) => splitKey(each.key) && issuers.every((issuer) => claimOf(each, issuer) === undefined))
        .map(({ key, position }) => ({
          position,
          message: `${quoted(key)} is not a key of the provider's issuer, ${quoted(issuers.join(", "))}`,
          fix: `begin it with ${quoted(`${issuers[0] ?? ""}:`)}`,
        }));
    }),
};

/** The issuer of a provider that is not GitHub's. */
const foreignIssuer = (arn: string): string | undefined => /:oidc-provider\/(.+)$/s.exec(arn)?.[1];
