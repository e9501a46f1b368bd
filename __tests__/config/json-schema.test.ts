import { readFileSync } from "node:fs";
import path from "node:path";
import Ajv, { type ValidateFunction } from "ajv";
import fc from "fast-check";
import { parse } from "yaml";
import { accessJsonSchema } from "../../lib/config/access-schema";
import { validAccess } from "./valid-access";

const ROOT = path.join(__dirname, "../..");
const sample = (): Record<string, never> =>
  parse(readFileSync(path.join(ROOT, "access.yaml"), "utf8")) as Record<string, never>;

const validate: ValidateFunction = new Ajv({ strict: true, allErrors: true, allowUnionTypes: true }).compile(
  accessJsonSchema(),
);

/** What the schema says of a value: each error's place and kind. */
function errorsIn(value: unknown): string[] {
  validate(value);
  return (validate.errors ?? []).map(({ instancePath, keyword, params }) =>
    `${instancePath} ${keyword} ${String((params as { additionalProperty?: string; missingProperty?: string }).additionalProperty ?? (params as { missingProperty?: string }).missingProperty ?? "")}`.trim(),
  );
}

test("the checked-in access.schema.json is the schema", () => {
  expect(readFileSync(path.join(ROOT, "access.schema.json"), "utf8")).toBe(
    `${JSON.stringify(accessJsonSchema(), null, 2)}\n`,
  );
});

test("the schema is of the draft that editors know", () => {
  expect(accessJsonSchema()).toMatchObject({
    $schema: "http://json-schema.org/draft-07/schema#",
    title: "Access file of cdktf-github-oidc",
    type: "object",
  });
});

test("the sample is accepted", () => {
  expect(errorsIn(sample())).toEqual([]);
});

test("every valid access config is accepted", () => {
  fc.assert(fc.property(validAccess, (config) => expect(errorsIn(config)).toEqual([])));
});

test.each([
  ["at the top", [], "acounts", " additionalProperties acounts"],
  ["of GitHub", ["github"], "plna", "/github additionalProperties plna"],
  ["of an account", ["accounts", "production"], "regoin", "/accounts/production additionalProperties regoin"],
  [
    "of a backend",
    ["accounts", "production", "backend", "s3"],
    "bukcet",
    "/accounts/production/backend/s3 additionalProperties bukcet",
  ],
  [
    "of a repository",
    ["repositories", "web-shop"],
    "environment",
    "/repositories/web-shop additionalProperties environment",
  ],
  [
    "of an environment",
    ["repositories", "web-shop", "environments", "production"],
    "wait_timer",
    "/repositories/web-shop/environments/production additionalProperties wait_timer",
  ],
  [
    "of an environment's role",
    ["repositories", "web-shop", "environments", "production", "role"],
    "allow",
    "/repositories/web-shop/environments/production/role additionalProperties allow",
  ],
  [
    "of an entry of allow",
    ["repositories", "web-shop", "roles", "plan", "allow", "1"],
    "brnach",
    "/repositories/web-shop/roles/plan/allow/1 additionalProperties brnach",
  ],
  [
    "of a secret",
    ["repositories", "web-shop", "environments", "production", "secrets", "SENTRY_DSN"],
    "value",
    "/repositories/web-shop/environments/production/secrets/SENTRY_DSN additionalProperties value",
  ],
])("a misspelt key %s is refused", (_, place, key, expected) => {
  const config = sample();
  const holder = place.reduce<Record<string, unknown>>((value, part) => value[part] as Record<string, unknown>, config);
  holder[key] = {};
  expect(errorsIn(config)).toContain(expected.trim());
});

test.each([
  [
    "a repository's role without allow",
    { repositories: { "web-shop": { roles: { plan: {} } } } },
    "/repositories/web-shop/roles/plan required allow",
  ],
  [
    "an account id that is a number",
    { accounts: { staging: { id: 222233334444, region: "eu-west-1" } } },
    "/accounts/staging/id type",
  ],
  [
    "an empty list of jobs",
    { repositories: { "web-shop": { roles: { plan: { allow: [] } } } } },
    "/repositories/web-shop/roles/plan/allow minItems",
  ],
  [
    "a wait timer that is too long",
    { repositories: { "web-shop": { environments: { production: { waitTimer: 43_201 } } } } },
    "/repositories/web-shop/environments/production/waitTimer maximum",
  ],
  ["a plan that is none", { github: { owner: "octo-org", plan: "gold" } }, "/github/plan enum"],
  [
    "a secret that is written out",
    { repositories: { "web-shop": { environments: { production: { secrets: { DSN: "hunter2" } } } } } },
    "/repositories/web-shop/environments/production/secrets/DSN type",
  ],
])("%s is refused", (_, part, expected) => {
  expect(errorsIn({ ...sample(), ...part })).toContain(expected);
});

test("what may be left out may be left out", () => {
  expect(
    errorsIn({
      github: { owner: "o" },
      accounts: { main: { id: "111122223333", region: "eu-west-1" } },
      repositories: { a: null, b: {}, c: { environments: { d: null } } },
    }),
  ).toEqual([]);
});
