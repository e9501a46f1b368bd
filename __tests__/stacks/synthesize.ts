import { Access } from "../../lib/config/access";
import type { AccessConfig } from "../../lib/config/schema";
import { AccountStack } from "../../stacks/account-stack";
import { synthesizeApp, terraformJson, type SynthesizedApp, type TerraformJson } from "../constructs/terraform-json";

/** Every account of an access file, as `main.ts` does it. */
export function synthesize(config: AccessConfig | Access): SynthesizedApp {
  const access = Access.from(config);
  return synthesizeApp((app) => {
    for (const { name } of access.accounts) new AccountStack(app, name, access);
  });
}

/** The stack of the account `main`, of a file that has only this one. */
export const synthesizeMain = (file: OneAccount): TerraformJson => terraformJson(synthesize(oneAccount(file)), "main");

export interface OneAccount {
  readonly github?: Partial<AccessConfig["github"]>;
  readonly account?: Partial<AccessConfig["accounts"][string]>;
  readonly states?: AccessConfig["states"];
  readonly repositories: AccessConfig["repositories"];
}

/** An access file with one account, and what most tests do not care about filled in. */
export const oneAccount = ({ github, account, states, repositories }: OneAccount): AccessConfig => ({
  github: { owner: "octo-org", ...github },
  accounts: { main: { id: "111122223333", region: "eu-west-1", ...account } },
  ...(states && { states }),
  repositories,
});
