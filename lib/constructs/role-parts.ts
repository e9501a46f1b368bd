import { DefaultTokenResolver, StringConcat, Token, Tokenization } from "cdktf";
import type { IConstruct } from "constructs";
import { accountIdRule, parseIamArn } from "../aws/arn";
import {
  externalIdRule,
  serviceRule,
  trustedRoleRule,
  type OtherPrincipal,
  type RoleHome,
} from "../aws/other-principals";
import { address } from "./address";
import type { IGithubOidcProvider } from "./github-oidc-provider";

/** Name of a policy that is AWS's own, by its ARN. */
export const awsPolicyName = (arn: string): string | undefined =>
  /^arn:[a-z-]+:iam::aws:policy\/(?:.*\/)?([^/]+)$/.exec(arn)?.[1];

/** A managed policy's place in an address: its name, and for a policy that is not AWS's own the whole ARN. */
export function managedPolicyAddress(scope: IConstruct, arn: string): string {
  // A reference stands for itself: its token is another in each synthesis.
  return address(
    awsPolicyName(arn) ??
      String(Tokenization.resolve(arn, { scope, resolver: new DefaultTokenResolver(new StringConcat()) })),
  );
}

/** The account of a provider, and so of its roles. @throws RangeError where the ARN is known only after apply */
export function homeOf({ arn, partition }: IGithubOidcProvider): RoleHome {
  const account = Token.isUnresolved(arn) ? undefined : parseIamArn(arn)?.account;
  if (account === undefined)
    throw new RangeError('"alsoTrusts" needs the account of the role: give the provider its "account"');
  return { id: account, partition };
}

/** Says what is wrong with a principal, or `undefined`. A wildcard would admit others. */
export function principalProblem(principal: OtherPrincipal): string | undefined {
  const said = (what: string, value: string, wrong: string | undefined): string | undefined =>
    wrong === undefined ? undefined : `${what} ${JSON.stringify(value)}: ${wrong}`;
  if ("service" in principal)
    return (
      said("service", principal.service, serviceRule(principal.service)) ??
      (principal.sourceAccount
        ? said("account", principal.sourceAccount, accountIdRule(principal.sourceAccount))
        : undefined)
    );
  const own =
    "role" in principal
      ? said("role", principal.role, trustedRoleRule(principal.role))
      : said("account", principal.account, accountIdRule(principal.account));
  return (
    own ??
    (principal.externalId === undefined
      ? undefined
      : said("external id", principal.externalId, externalIdRule(principal.externalId)))
  );
}
