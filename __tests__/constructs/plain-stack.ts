import { TerraformStack } from "cdktf";
import { AwsProvider, GithubProvider } from "../../lib/constructs/bindings";
import { synthesizeApp, terraformJson, type TerraformJson } from "./terraform-json";

/** A stack that knows nothing of access files, with both providers: where a construct is used by itself. */
export function synthesizePlain(build: (stack: TerraformStack) => void): TerraformJson {
  const app = synthesizeApp((scope) => {
    const stack = new TerraformStack(scope, "plain");
    new AwsProvider(stack, "aws", { region: "eu-west-1" });
    new GithubProvider(stack, "github", { owner: "octo-org" });
    build(stack);
  });
  return terraformJson(app, "plain");
}
