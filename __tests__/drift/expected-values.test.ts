import { Access } from "../../lib/config/access";
import { expectedOf } from "../../lib/drift/expected";

const SEALED = { encrypted: Buffer.alloc(60, 7).toString("base64"), keyId: "1" };
const access = Access.from({
  github: { owner: "octo-org" },
  accounts: {
    staging: { id: "222233334444", region: "eu-west-1" },
    production: { id: "111122223333", region: "eu-central-1" },
  },
  organization: { account: "staging", variables: { A: { value: "x", repositories: "all" } } },
  repositories: {
    web: {
      account: "staging",
      variables: { LEVEL: "info" },
      secrets: { KEY: SEALED },
      environments: {
        live: {
          account: "production",
          role: { accounts: "all", publish: [{ variable: "ROLE" }, { variable: "ID", value: "accountId" }] },
        },
      },
      roles: {
        assets: {
          account: "production",
          split: "perRepository",
          allow: [{ branch: "main" }, { repository: "api", branch: "main" }],
          publish: [{ variable: "ASSETS" }, { secret: "ASSETS", value: "name" }],
        },
      },
    },
  },
});
const told = (
  values: readonly { account: string; kind: string; name: string; value: string | undefined }[],
): string[] => values.map(({ account, kind, name, value }) => `${account} ${kind} ${name} ${value ?? "?"}`).sort();

describe("what is expected of GitHub", () => {
  const expected = new Map(expectedOf(access.accounts).map((each) => [each.fullName, each]));

  test("are an environment's values of every account", () => {
    expect(told(expected.get("octo-org/web")?.environments[0]?.values ?? [])).toEqual([
      "production variable ID_PRODUCTION 111122223333",
      "production variable ROLE_PRODUCTION arn:aws:iam::111122223333:role/web-live",
      "staging variable ID_STAGING 222233334444",
      "staging variable ROLE_STAGING arn:aws:iam::222233334444:role/web-live",
    ]);
  });

  test("are a repository's own values, and those of the parts of a split role in each repository", () => {
    expect(told(expected.get("octo-org/web")?.values ?? [])).toEqual([
      "production secret ASSETS ?",
      "production variable ASSETS arn:aws:iam::111122223333:role/web-assets-web",
      "staging secret KEY ?",
      "staging variable LEVEL info",
    ]);
    expect(told(expected.get("octo-org/api")?.values ?? [])).toEqual([
      "production secret ASSETS ?",
      "production variable ASSETS arn:aws:iam::111122223333:role/web-assets-api",
    ]);
  });
});
