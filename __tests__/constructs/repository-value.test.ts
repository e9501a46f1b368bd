import { TerraformVariable } from "cdktf";
import { publishRepositorySecret, publishRepositoryVariable } from "../../lib/constructs/repository-value";
import { synthesizePlain } from "./plain-stack";
import { blocksOf, onlyBlock } from "./terraform-json";

describe("What is published in a repository", () => {
  test("is a variable or a secret of it", () => {
    const { resource } = synthesizePlain((stack) => {
      publishRepositoryVariable(stack, { repository: "web", name: "ROLE", value: "x" });
      publishRepositorySecret(stack, {
        repository: "web",
        name: "ROLE",
        value: new TerraformVariable(stack, "token", { sensitive: true }).stringValue,
      });
    });
    expect(onlyBlock(resource, "github_actions_variable")).toMatchObject({
      repository: "web",
      variable_name: "ROLE",
      value: "x",
    });
    expect(onlyBlock(resource, "github_actions_secret")).toMatchObject({
      repository: "web",
      secret_name: "ROLE",
      plaintext_value: "${var.token}",
    });
  });

  test("is told apart by repository and name, however they are spelled together", () => {
    const values = [
      ["web", "A_B"],
      ["web_A", "B"],
      ["web.A", "B"],
      ["web", "B"],
    ] as const;
    const { resource } = synthesizePlain((stack) =>
      values.forEach(([repository, name]) => publishRepositoryVariable(stack, { repository, name, value: "x" })),
    );
    expect(blocksOf(resource, "github_actions_variable")).toHaveLength(values.length);
  });

  test("is no secret that is written out: it would stand in the configuration", () => {
    expect(() =>
      synthesizePlain((stack) =>
        publishRepositorySecret(stack, { repository: "web", name: "TOKEN", value: "hunter2" }),
      ),
    ).toThrow(
      new RangeError('plain: secret "TOKEN" is written out: pass a reference or a sensitive Terraform variable'),
    );
  });

  test("does not quote the secret that it refuses", () => {
    expect(() =>
      synthesizePlain((stack) =>
        publishRepositorySecret(stack, { repository: "web", name: "TOKEN", value: "hunter2" }),
      ),
    ).not.toThrow("hunter2");
  });

  test.each([
    ["web", "token", 'write "TOKEN"'],
    ["web", "GITHUB_X", 'does not start with "GITHUB_"'],
    ["octo-org/web", "TOKEN", "use a repository name"],
    ["", "TOKEN", "use a repository name"],
  ])("of repository %j under the name %j is refused", (repository, name, message) => {
    const place = `plain: variable ${JSON.stringify(name)} of repository ${JSON.stringify(repository)}: `;
    expect(() =>
      synthesizePlain((stack) => publishRepositoryVariable(stack, { repository, name, value: "x" })),
    ).toThrow(place);
    expect(() =>
      synthesizePlain((stack) => publishRepositoryVariable(stack, { repository, name, value: "x" })),
    ).toThrow(message);
    expect(() =>
      synthesizePlain((stack) => publishRepositorySecret(stack, { repository, name, value: "${var.x}" })),
    ).toThrow(place.replace("variable", "secret"));
  });
});
