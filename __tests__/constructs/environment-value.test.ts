import { TerraformVariable } from "cdktf";
import { publishEnvironmentSecret, publishEnvironmentVariable } from "../../lib/constructs/environment-value";
import { synthesizePlain } from "./plain-stack";
import { blocksOf, onlyBlock } from "./terraform-json";

const PLACE = { repository: "web", environment: "live ${x}" } as const;

describe("What is published in an environment of another stack", () => {
  test("is a variable or a secret of it, by its name", () => {
    const { resource } = synthesizePlain((stack) => {
      publishEnvironmentVariable(stack, { repository: "web", environment: "live:eu", name: "ROLE", value: "x" });
      publishEnvironmentSecret(stack, {
        repository: "web",
        environment: "live:eu",
        name: "ROLE",
        value: new TerraformVariable(stack, "token", { sensitive: true }).stringValue,
      });
    });
    expect(onlyBlock(resource, "github_actions_environment_variable")).toMatchObject({
      repository: "web",
      environment: "live:eu",
      variable_name: "ROLE",
      value: "x",
    });
    expect(onlyBlock(resource, "github_actions_environment_secret")).toMatchObject({
      repository: "web",
      environment: "live:eu",
      secret_name: "ROLE",
      plaintext_value: "${var.token}",
    });
  });

  test("is told apart by repository, environment and name, however they are spelled together", () => {
    const places = [
      ["web", "live", "ROLE"],
      ["web", "live:eu", "ROLE"],
      ["web", "live.eu", "ROLE"],
      ["web__live", "eu", "ROLE"],
      ["web", "live__eu", "ROLE"],
    ] as const;
    const json = synthesizePlain((stack) =>
      places.forEach(([repository, environment, name]) =>
        publishEnvironmentVariable(stack, { repository, environment, name, value: "x" }),
      ),
    );
    expect(blocksOf(json.resource, "github_actions_environment_variable")).toHaveLength(places.length);
  });

  test("is no secret that is written out, and the refusal does not quote it", () => {
    const publish = () =>
      synthesizePlain((stack) =>
        publishEnvironmentSecret(stack, { repository: "web", environment: "live", name: "TOKEN", value: "hunter2" }),
      );
    expect(publish).toThrow(
      new RangeError('plain: secret "TOKEN" is written out: pass a reference or a sensitive Terraform variable'),
    );
  });

  test.each([
    [{ ...PLACE, name: "ROLE" }, 'variable "ROLE" of environment "live ${x}" of "web": remove "${"'],
    [{ repository: "web", environment: "", name: "ROLE" }, "use 1 to 255 characters"],
    [{ repository: "octo-org/web", environment: "live", name: "ROLE" }, "use a repository name"],
    [{ repository: "web", environment: "live", name: "role" }, 'write "ROLE"'],
  ])("is refused in %j", (props, message) => {
    expect(() => synthesizePlain((stack) => publishEnvironmentVariable(stack, { ...props, value: "x" }))).toThrow(
      message,
    );
  });
});
