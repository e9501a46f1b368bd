import { isAboutTokens, isGithubIssuer, splitKey, tokenSource } from "../../trust/admitted";
import type { TrustStatement } from "../../aws/policy/trust-document";
import type { TrustPolicySubject } from "../subject";

/** The statements, allowing and denying, that tokens of GitHub's have to do with. */
export const githubStatements = ({ document }: TrustPolicySubject): TrustStatement[] =>
  document.statements.filter(
    (statement) =>
      isAboutTokens(statement) && statement.principals.some((principal) => tokenSource(principal) !== undefined),
  );

/**
 * Whether a policy lets in jobs of GitHub's, or was meant to: a provider whose ARN has a placeholder counts, and one in
 * a statement about another call.
 */
export const trustsGithub = ({ admitted, document }: TrustPolicySubject): boolean =>
  admitted.admissions.length > 0 ||
  document.statements.some((each) => each.effect === "Allow" && isMeantForGithub(each));

const isMeantForGithub = ({ principals, conditions }: TrustStatement): boolean =>
  principals.some(({ value }) => isGithubIssuer(/oidc-provider\/(.+?)\/?$/.exec(value)?.[1] ?? "")) ||
  conditions.some(({ key }) => isGithubIssuer(splitKey(key)?.issuer ?? ""));
