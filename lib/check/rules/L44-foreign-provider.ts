import { quoted } from "../../aws/policy/position";
import type { TrustPrincipal } from "../../aws/policy/trust-document";
import { providerAlmostOfGithub } from "../../trust/admitted";
import type { RuleFinding } from "../rule";
import { MAIN, statements, subject } from "../trust/examples";
import type { TrustRule } from "../trust/rule";
import { SOURCES } from "../trust/sources";

const HOST = "token.actions.githubusercontent.com";
const condition = { StringEquals: { aud: "sts.amazonaws.com", sub: MAIN } };
const provider = (issuer: string, account = "111122223333"): object => ({
  Federated: `arn:aws:iam::${account}:oidc-provider/${issuer}`,
});

export const foreignProvider: TrustRule = {
  id: "L44",
  title: "A provider that no token comes from",
  severity: "error",
  explanation:
    "The provider's ARN ends in the issuer, exactly as tokens have it. GitHub's is token.actions.githubusercontent.com: a slash behind it, or the host of the beta, is another issuer, and STS finds no provider for GitHub's tokens. A placeholder in place of the account id is a note: the rest of the policy is judged, and AWS refuses it until the id stands there.",
  remedy: "Write the ARN of the provider as IAM shows it: arn:aws:iam::ACCOUNT:oidc-provider/ISSUER.",
  source: SOURCES.provider,
  appliesTo: "trustPolicy",
  compliant: [
    subject("GitHub's provider", MAIN),
    statements("with an enterprise's slug", {
      principal: provider(`${HOST}/octo-corp`),
      issuer: `${HOST}/octo-corp`,
      condition,
    }),
  ],
  nonCompliant: [
    statements("a slash behind the issuer", { principal: provider(`${HOST}/`), issuer: `${HOST}/`, condition }),
    statements("the issuer of the beta", { principal: provider(`vs${HOST}`), issuer: `vs${HOST}`, condition }),
    statements("an address in place of a host", { principal: provider(`https://${HOST}`), condition }),
    statements("a placeholder for the account", { principal: provider(HOST, "ACCOUNT_ID"), condition }),
  ],
  check: ({ document }) =>
    document.statements.flatMap(({ principals }) => principals).flatMap((principal) => findingOf(principal) ?? []),
};

function findingOf(principal: TrustPrincipal): RuleFinding | undefined {
  const almost = providerAlmostOfGithub(principal);
  if (!almost) return undefined;
  const { position, value } = principal;
  if ("placeholder" in almost)
    return {
      position,
      severity: "note",
      message: `the account ${quoted(almost.placeholder)} of the provider is a placeholder`,
      fix: "write the account's id, twelve digits",
    };
  return {
    position,
    message: `${quoted(value)}: ${almost.reason}, so that nobody gets in by this provider`,
    fix: `create a provider for "https://${almost.meant}", and name it here and in every condition key`,
  };
}
