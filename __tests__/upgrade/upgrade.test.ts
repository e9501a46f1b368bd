import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { Access } from "../../lib/config/access";
import { addresses, terraformJson, type TerraformJson } from "../constructs/terraform-json";
import { synthesize } from "../stacks/synthesize";

/** A folder for each version: an access file, and what that version wrote of it. Written once, and never again. */
const VERSIONS = readdirSync(__dirname, { withFileTypes: true })
  .filter((each) => each.isDirectory())
  .map(({ name }) => name);

describe.each(VERSIONS)("The access file that version %s read", (version) => {
  const folder = path.join(__dirname, version);
  const now = synthesize(Access.fromFile(path.join(folder, "access.yaml")));

  test.each(Object.keys(now.texts))("leads in stack %s to the addresses of that time", (stack) => {
    const then = JSON.parse(readFileSync(path.join(folder, stack, "cdk.tf.json"), "utf8")) as TerraformJson;
    const managed = (json: TerraformJson): string[] =>
      [...addresses(json).keys()].filter((address) => !address.startsWith("data.")).sort();
    expect(managed(terraformJson(now, stack))).toEqual(managed(then));
    expect(managed(then).length).toBeGreaterThan(20);
  });
});
