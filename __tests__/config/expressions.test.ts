import { Access } from "../../lib/config/access";
import type { AccessConfig } from "../../lib/config/schema";
import { terraformJson } from "../constructs/terraform-json";
import { synthesize } from "../stacks/synthesize";
import { AccessFolder, mistakesOf } from "./access-folder";

const folder = new AccessFolder();
afterAll(() => folder.remove());

const POLICY = { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "s3:GetObject", Resource: "*" }] };

type Json = { [key: string]: Json } | Json[] | string | number | boolean;

/** A sound access file that uses every text there is. */
const sound = (): Json => ({
  github: { owner: "octo-org", host: "github.com", ownerId: "65" },
  accounts: {
    main: {
      id: "111122223333",
      region: "eu-west-1",
      audiences: ["sts.amazonaws.com"],
      permissionsBoundary: "arn:aws:iam::111122223333:policy/boundary",
      rolePath: "/github/",
      tags: { team: "ops" },
      assumeRole: "arn:aws:iam::111122223333:role/terraform",
      backend: {
        s3: {
          bucket: "octo-state",
          key: "access",
          region: "eu-west-1",
          kmsKeyId: "alias/state",
          dynamodbTable: "locks",
          assumeRole: "arn:aws:iam::111122223333:role/state",
        },
      },
    },
  },
  repositories: {
    "web-shop": {
      id: "74",
      subjects: "name",
      environments: {
        production: {
          account: "main",
          reviewers: { teams: ["ops"], users: ["octocat"] },
          deployFrom: { branches: ["main"], tags: ["v*"] },
          variables: { LEVEL: "info" },
          secrets: { DSN: { fromVariable: "dsn" } },
          role: {
            description: "Deploys",
            name: "deploy",
            sessionDuration: "1h",
            managedPolicies: ["ReadOnlyAccess"],
            sessionName: "deploy-*",
            permissionsBoundary: "arn:aws:iam::111122223333:policy/own",
            customerPolicies: { inline: structuredClone(POLICY) },
            inlinePolicies: { inline: structuredClone(POLICY) },
            publish: { variable: "ROLE" },
          },
        },
      },
      roles: {
        plan: {
          account: "main",
          allow: [
            { branch: "main", repository: "ci" },
            { tag: "v1" },
            { environment: "production" },
            { mergeQueue: "main" },
            {
              any: true,
              workflow: "octo-org/ci/.github/workflows/release.yml@refs/heads/main",
              claims: { actor: "octocat", actor_id: ["1"] },
            },
            { subject: "repo:octo-org/ci:environment:x" },
          ],
          publish: { secret: "ROLE" },
        },
      },
    },
  },
});

/** The paths of all texts of a value, and of all its keys. */
function places(value: Json, path: readonly string[] = []): { path: readonly string[]; isKey: boolean }[] {
  if (typeof value === "string") return [{ path, isKey: false }];
  if (typeof value !== "object") return [];
  return Object.entries(value).flatMap(([key, child]) => [
    ...(Array.isArray(value) ? [] : [{ path: [...path, key], isKey: true }]),
    ...places(child, [...path, key]),
  ]);
}

/** The sound file with one text, or key, replaced. */
function withText(path: readonly string[], isKey: boolean, text: string): AccessConfig {
  const config = sound();
  const parent = path
    .slice(0, -1)
    .reduce<Json>((value, key) => (value as Record<string, Json>)[key] ?? {}, config) as Record<string, Json>;
  const last = path.at(-1) ?? "";
  if (isKey) {
    const value = parent[last] ?? "";
    delete parent[last];
    Object.defineProperty(parent, text, { value, enumerable: true });
  } else parent[last] = text;
  return config as unknown as AccessConfig;
}

const EVERYWHERE = [...places(sound()), { path: ["github", "enterpriseSlug"], isKey: false }].map(
  ({ path, isKey }) => ({ path, isKey, name: `${isKey ? "the key" : "the text"} ${path.join(".")}` }),
);

/** Texts in which an expression is no more than text. */
const FREE = [
  "repositories.web-shop.environments.production.deployFrom.branches.0",
  "repositories.web-shop.environments.production.deployFrom.tags.0",
  "repositories.web-shop.environments.production.variables.LEVEL",
  "repositories.web-shop.environments.production.role.description",
];
const isFree = (path: readonly string[]): boolean => FREE.includes(path.join("."));
const isInPolicy = (path: readonly string[]): boolean => path.includes("inline");

const EXPRESSION = '${file("/etc/passwd")}';

test("the file is sound before anything is replaced", () => {
  expect(mistakesOf(() => Access.from(sound() as unknown as AccessConfig))).toEqual([]);
  expect(EVERYWHERE.length).toBeGreaterThan(100);
});

describe("an expression of Terraform is refused, or no more than text", () => {
  test.each(EVERYWHERE.filter(({ path }) => !isFree(path) && !isInPolicy(path)))(
    "$name refuses it",
    ({ path, isKey }) => {
      for (const text of [EXPRESSION, `x${EXPRESSION}`, "%{if true}", `arn:aws:iam::111122223333:policy/${EXPRESSION}`])
        expect(mistakesOf(() => Access.from(withText(path, isKey, text)))).not.toEqual([]);
    },
  );

  test.each(EVERYWHERE.filter(({ path, isKey }) => isFree(path) && !isKey))(
    "$name keeps it as it stands",
    ({ path }) => {
      const text = JSON.stringify(terraformJson(synthesize(withText(path, false, EXPRESSION)), "main"));
      expect(text).toContain(JSON.stringify(`$${EXPRESSION}`));
      expect(text.replaceAll("$${", "")).not.toContain("${file");
    },
  );

  test.each(EVERYWHERE.filter(({ path, isKey }) => isInPolicy(path) && !isKey))(
    "$name is IAM's to read",
    ({ path }) => {
      const refused = mistakesOf(() => Access.from(withText(path, false, "${aws:username}")));
      if (refused.length > 0) return;
      const text = JSON.stringify(terraformJson(synthesize(withText(path, false, "${aws:username}")), "main"));
      expect(text).toContain("$${aws:username}");
      expect(text.replaceAll("$${", "")).not.toContain("${aws:username");
    },
  );
});

describe("what cdktf would take for a reference is refused", () => {
  test.each(EVERYWHERE)("in $name", ({ path, isKey }) => {
    for (const mark of ["$", "#", "&"])
      expect(mistakesOf(() => Access.from(withText(path, isKey, `${mark}{TfToken[TOKEN.0]}`)))).not.toEqual([]);
  });

  test("in a policy file", () => {
    folder.write(
      "policy.json",
      JSON.stringify({
        ...POLICY,
        Statement: [{ ...POLICY.Statement[0], Condition: { StringEquals: { "${TfToken[TOKEN.0]}": "x" } } }],
      }),
    );
    const config = withText(
      ["repositories", "web-shop", "environments", "production", "role", "inlinePolicies", "inline"],
      false,
      "policy.json",
    );
    expect(mistakesOf(() => Access.from(config, { policyFolder: folder.path }))).toEqual([
      'repositories.web-shop.environments.production.role.inlinePolicies.inline: policy file "policy.json": remove "{TfToken[": it is a mark of cdktf\'s own',
    ]);
  });
});
