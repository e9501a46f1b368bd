import { readFileSync } from "node:fs";
import path from "node:path";
import { reviewSchema } from "../../../lib/review/review";
import { GithubApi } from "../../../lib/sandbox/github-api";
import { runAction } from "./support/run-action";

const PLANS = path.join(__dirname, "../../readers/fixtures/plans");
const plan = (name: string): string => readFileSync(path.join(PLANS, name), "utf8");
const CREATED = plan("story-created.json");
const UNCHANGED = plan("story-unchanged.json");
const role = (name: string, subject: string) => ({
  address: `aws_iam_role.${name}`,
  mode: "managed",
  type: "aws_iam_role",
  name,
  provider_name: "registry.terraform.io/hashicorp/aws",
  change: {
    actions: ["create"],
    before: null,
    after: {
      name,
      assume_role_policy: JSON.stringify({
        Version: "2012-10-17",
        Statement: [
          {
            Effect: "Allow",
            Action: "sts:AssumeRoleWithWebIdentity",
            Principal: { Federated: "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com" },
            Condition: {
              StringEquals: {
                "token.actions.githubusercontent.com:aud": "sts.amazonaws.com",
                "token.actions.githubusercontent.com:sub": subject,
              },
            },
          },
        ],
      }),
    },
    after_unknown: { arn: true },
    before_sensitive: false,
    after_sensitive: {},
  },
});
const planOf = (...changes: object[]): string =>
  JSON.stringify({
    format_version: "1.2",
    terraform_version: "1.11.4",
    planned_values: { root_module: {} },
    resource_changes: changes,
    configuration: { root_module: {} },
  });

describe("plans", () => {
  test("that create roles are reviewed, and the comment says who gains them", async () => {
    const api = await GithubApi.start({
      owner: { login: "octo-org" },
      repositories: [{ name: "web-shop", pullRequests: [7] }],
    });
    const { code, outputs, stderr } = await runAction({
      api,
      files: { "plan.json": CREATED },
      inputs: { plans: "plan.json", "fail-on": "gained" },
    });
    await api.stop();
    expect({ code, stderr }).toEqual({ code: 1, stderr: "" });
    expect(Number(outputs["gained"])).toBeGreaterThan(0);
    const review = reviewSchema.parse(JSON.parse(readFileSync(outputs["report-json"] ?? "", "utf8")));
    const [comment] = api.state.repository("web-shop").comments.list(7);
    for (const gained of review.gained) expect(comment?.body).toContain(gained.role);
  });

  test("that change nothing say so, and leave the gate open", async () => {
    const { code, outputs, summary } = await runAction({
      event: "push",
      files: { "plan.json": UNCHANGED },
      inputs: { plans: "plan.json", "fail-on": "weakened" },
    });
    expect({ code, outputs }).toMatchObject({
      code: 0,
      outputs: { gained: "0", widened: "0", closed: "false", headline: "No change in who can do what" },
    });
    expect(summary).toContain("No change in who can do what");
  });

  test("are reviewed together, from a folder as well", async () => {
    const files = {
      "a.json": planOf(role("one", "repo:octo-org/one:ref:refs/heads/main")),
      "b.json": planOf(role("two", "repo:octo-org/two:pull_request")),
    };
    const { outputs, summary } = await runAction({
      event: "push",
      files,
      inputs: { plans: ".", report: "out/review.md" },
    });
    expect(outputs).toMatchObject({ gained: "2" });
    expect(summary).toContain("2 plans");
  });

  test("tell none of their secrets anywhere", async () => {
    const secret = {
      address: "github_actions_secret.x",
      mode: "managed",
      type: "github_actions_secret",
      name: "x",
      provider_name: "registry.terraform.io/integrations/github",
      change: {
        actions: ["create"],
        before: null,
        after: { repository: "web-shop", secret_name: "TOKEN", plaintext_value: "hunter2hunter2" },
        after_unknown: {},
        before_sensitive: false,
        after_sensitive: { plaintext_value: true },
      },
    };
    const { outputs, summary, stdout } = await runAction({
      event: "push",
      files: { "plan.json": planOf(role("one", "repo:octo-org/one:pull_request"), secret) },
      inputs: { plans: "plan.json" },
    });
    expect(outputs).toMatchObject({ gained: "1" });
    expect(
      [
        summary,
        stdout,
        readFileSync(outputs["report"] ?? "", "utf8"),
        readFileSync(outputs["report-json"] ?? "", "utf8"),
      ].join("\n"),
    ).not.toContain("hunter2");
  });

  test("with a name that would be a command, a mention or Markdown take no effect", async () => {
    const hostile = "x\n::error::y\n@octo-org/admins <img src=x> [a](https://evil.example) `";
    const api = await GithubApi.start({
      owner: { login: "octo-org" },
      repositories: [{ name: "web-shop", pullRequests: [7] }],
    });
    const { code, stdout, annotations } = await runAction({
      api,
      files: { "plan.json": planOf(role(hostile, `repo:octo-org/${hostile}:pull_request`)) },
      inputs: { plans: "plan.json", "fail-on": "gained" },
    });
    await api.stop();
    expect(code).toBe(1);
    expect(stdout.split("\n").filter((line) => line !== "" && !line.startsWith("::add-mask::"))).toEqual(annotations);
    expect(annotations.filter((line) => line.startsWith("::error"))).toHaveLength(1);
    const [comment] = api.state.repository("web-shop").comments.list(7);
    // What stands in a code span is shown as it is, and does nothing.
    const [withoutCode = ""] = [comment?.body.replaceAll(/(`+)(?!`).+?(?<!`)\1(?!`)/g, "")];
    expect(comment?.body).toContain("@octo-org/admins");
    expect(withoutCode).not.toMatch(/octo-org\/admins|<img|evil/);
  });

  test.each([
    ["cut off", CREATED.slice(0, 10_000)],
    ["a state", JSON.stringify({ format_version: "1.0", terraform_version: "1.11.4", values: { root_module: {} } })],
    ["of a format to come", planOf().replace('"1.2"', '"2.0"')],
  ])("that are %s are refused in a sentence", async (_, text) => {
    const { code, annotations, outputs } = await runAction({
      event: "push",
      files: { "plan.json": text },
      inputs: { plans: "plan.json" },
    });
    expect({ code, outputs }).toEqual({ code: 1, outputs: {} });
    expect(annotations).toEqual([expect.stringMatching(/^::error title=Review::plan\.json: /)]);
  });
});
