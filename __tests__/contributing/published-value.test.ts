import { Access } from "../../lib/config/access";
import { ROLE_FACTS } from "../../lib/config/published-names";
import type { AccessConfig } from "../../lib/config/schema";
import { expectedOf } from "../../lib/drift/expected";
import { argumentsOf, blockAt, terraformJson } from "../constructs/terraform-json";
import { oneAccount, synthesize } from "../stacks/synthesize";
import { lackedBy, listedFiles, sectionOf, textOf } from "./project-files";

const nameOf = (fact: string): string => fact.toUpperCase();
/** A role that publishes every fact of itself, as a variable and as a secret. */
const CONFIG: AccessConfig = oneAccount({
  repositories: {
    web: {
      roles: {
        plan: {
          allow: [{ branch: "main" }],
          publish: ROLE_FACTS.flatMap((value) => [
            { variable: nameOf(value), value },
            { secret: nameOf(value), value },
          ]),
        },
      },
    },
  },
});
const json = terraformJson(synthesize(CONFIG), "main");
const [expected] = expectedOf(Access.from(CONFIG).accounts);

test.each(listedFiles("## Add a published value"))("%s, which CONTRIBUTING.md lists, has every value", (file) =>
  expect(lackedBy(file, ROLE_FACTS)).toEqual([]),
);

test("the list in CONTRIBUTING.md is read", () => {
  const some = ["lib/config/published-names.ts", "docs/values.md", "docs/capabilities.md", "access.schema.json"];
  expect(listedFiles("## Add a published value")).toEqual(expect.arrayContaining(some));
});

describe.each(ROLE_FACTS)("the published value %s", (fact) => {
  test("is explained in docs/values.md and offered in docs/capabilities.md", () => {
    const [table = ""] =
      /^\| `value` \|[\s\S]*?\n\n/m.exec(sectionOf("docs/values.md", "## What a role publishes")) ?? [];
    expect(table).toContain(`\`${fact}\``);
    const row = textOf("docs/capabilities.md")
      .split("\n")
      .find((line) => line.includes("values.md#what-a-role-publishes"));
    expect(row).toContain(`\`${fact}\``);
  });

  test("is described where the access file is", () => {
    const [row = ""] = /^.*roles\.NAME\.publish\.value` .*$/m.exec(textOf("docs/access-file.md")) ?? [];
    expect(row).toContain(`\`${fact}\``);
  });

  test("is written into a variable, and into a secret as a reference", () => {
    const at = (address: string): Record<string, unknown> => argumentsOf(blockAt(json.resource, address));
    expect(at(`github_actions_variable.web__${nameOf(fact)}`)["value"]).toMatch(/./);
    expect(at(`github_actions_secret.web__${nameOf(fact)}`)["plaintext_value"]).toMatch(/^\$\{.+\}$/);
  });

  test("is expected of GitHub by drift", () => {
    const found = expected?.values.find(({ kind, name }) => kind === "variable" && name === nameOf(fact));
    expect(found?.value).toMatch(/./);
  });
});
