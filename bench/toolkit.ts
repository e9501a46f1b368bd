import { App } from "cdktf";
import type { Access } from "../lib/config/access";
import { AccountStack } from "../stacks/account-stack";

/** Synthesizes every account the way `main.ts` does. */
export function synthesizeToolkit(access: Access, outdir: string): void {
  const app = new App({ outdir });
  for (const { name } of access.accounts) new AccountStack(app, name, access);
  app.synth();
}
