import { listOf, type Attributes, type ProviderSettings } from "./resource";

/** What a provider's arguments say of the account or owner, where they are written out. */
export function settingsOf(values: Attributes): ProviderSettings {
  const [only, ...others] = listOf(values["allowed_account_ids"]);
  const { region, owner, organization } = values;
  const login = owner ?? organization;
  return {
    ...(typeof only === "string" && /^[0-9]{12}$/.test(only) && others.length === 0 ? { accountId: only } : {}),
    ...(typeof region === "string" && /^[a-z0-9-]+$/.test(region) ? { region } : {}),
    ...(typeof login === "string" && /^[A-Za-z0-9_-]+$/.test(login) ? { owner: login } : {}),
  };
}
