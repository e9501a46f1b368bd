/** The app that cdktf runs: the access file at the root of the project, one stack for each account. */
import { App } from "cdktf";
import { Access } from "./lib/config/access";
import { AccessConfigError } from "./lib/yaml/problem";
import { AccountStack } from "./stacks/account-stack";
import { steadyHeap } from "./stacks/steady-heap";

try {
  const access = Access.fromFile("access.yaml");
  steadyHeap();
  const app = new App();
  for (const { name } of access.accounts) new AccountStack(app, name, access);
  app.synth();
} catch (error) {
  if (!(error instanceof AccessConfigError)) throw error;
  console.error(error.message);
  process.exitCode = 2;
}
