import { Access } from "../../lib/config/access";
import type { AccessConfig } from "../../lib/config/schema";

const keyed = <T>(count: number, value: T): Record<string, T> =>
  Object.fromEntries(Array.from({ length: count }, (_, n) => [`V${n}`, value]));
const accounts = (audiences: number): AccessConfig["accounts"] => ({
  main: { id: "111122223333", region: "eu-west-1", audiences: Array.from({ length: audiences }, (_, n) => `a${n}`) },
});
const secret = { fromVariable: "x" };

/** As many of everything as there may be, or one more of one thing. */
function file(
  more: { environment?: number; variables?: number; secrets?: number; organization?: number; audiences?: number } = {},
): AccessConfig {
  const { environment = 0, variables = 0, secrets = 0, organization = 0, audiences = 0 } = more;
  return {
    github: { owner: "octo-org" },
    accounts: accounts(100 + audiences),
    repositories: {
      web: {
        variables: keyed(499 + variables, "x"),
        secrets: keyed(100 + secrets, secret),
        environments: { live: { variables: keyed(98 + environment, "x"), secrets: keyed(100, secret), role: {} } },
        roles: {
          plan: {
            allow: [{ branch: "main" }],
            publish: [{ variable: "PLAN" }, { variable: "PLAN", organization: "all" }],
          },
        },
      },
    },
    organization: {
      variables: keyed(999 + organization, { value: "x", repositories: "all" as const }),
      secrets: keyed(1_000, { ...secret, repositories: "all" as const }),
    },
  };
}

test("as many values as GitHub keeps, and as many audiences as AWS takes, are accepted, those that roles publish among them", () => {
  expect(() => Access.from(file())).not.toThrow();
});

test.each([
  [
    { environment: 1 },
    "repositories.web.environments.live: 101 variables: GitHub keeps at most 100 in an environment, take some away",
  ],
  [{ variables: 1 }, "repositories.web: 501 variables: GitHub keeps at most 500 in a repository, take some away"],
  [{ secrets: 1 }, "repositories.web: 101 secrets: GitHub keeps at most 100 in a repository, take some away"],
  [
    { organization: 1 },
    "repositories.web: 1001 variables: GitHub keeps at most 1000 in an organization, take some away",
  ],
  [{ audiences: 1 }, "accounts.main.audiences: 101 audiences: an OIDC provider takes at most 100, remove some"],
])("with %j there is one too many", (more, message) => {
  expect(() => Access.from(file(more))).toThrow(new Error(message));
});
