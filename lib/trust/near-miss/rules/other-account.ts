import { stepRule } from "../rule";
import { quote } from "../words";

/** The provider that the policy names is in another account than the role. */
export const otherAccount = stepRule("other-account", "issuer", ({ call: { role }, verdict: { lookup } }) => {
  const account = role?.arn?.account;
  const [provider] = lookup.named;
  if (account === undefined || !provider || lookup.named.some((each) => each.account === account)) return undefined;
  return {
    message: `The role is in account ${account}, but its policy trusts a provider of account ${provider.account}: STS accepts only one in the role's account.`,
    fix: `Create the provider in account ${account}, and change the principal to ${quote(provider.arn.replace(provider.account, account))}.`,
  };
});
