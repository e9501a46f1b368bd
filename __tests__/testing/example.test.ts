import "../../lib/testing/jest";
import { App } from "cdktf";
import { Access, AccountStack } from "../../index";

const stack = new AccountStack(new App(), "production", Access.fromFile("access.yaml"));
const repository = "octo-org/web-shop";

test("only the environment deploys", () => {
  expect(stack).toAllow({ role: "web-shop-production", job: { repository, environment: "production" } });
  expect(stack).not.toAllow({ role: "web-shop-production", job: { repository, branch: "main" } });
});

test("pull requests plan, those of strangers do not", () => {
  expect(stack).toAllow({ role: "web-shop-plan", job: { repository, pullRequest: 7 } });
  expect(stack).not.toAllow({ role: "web-shop-plan", job: { repository: "stranger/web-shop", pullRequest: 7 } });
});
