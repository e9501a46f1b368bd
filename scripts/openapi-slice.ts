/**
 * Cuts the operations that the local GitHub API serves out of GitHub's own OpenAPI description, as JSON Schema.
 *
 *   npm install --no-save --prefix /tmp/octokit @octokit/openapi
 *   npx tsx scripts/openapi-slice.ts /tmp/octokit/node_modules/@octokit/openapi/generated/api.github.com.json \
 *     > __tests__/sandbox/github-openapi.json
 *
 * The whole description weighs hundreds of megabytes, too much for a dependency; the slice is kept with the tests.
 * It takes the file with references, `api.github.com.json`, which holds every schema once.
 */
import { readFileSync } from "node:fs";
import path from "node:path";

/** The paths whose operations are kept, with every method. */
const PATHS = [
  "/orgs/{org}",
  "/users/{username}",
  "/users/{username}/gpg_keys",
  "/users/{username}/keys",
  "/orgs/{org}/teams/{team_slug}",
  "/orgs/{org}/teams/{team_slug}/members",
  "/orgs/{org}/teams/{team_slug}/repos",
  "/orgs/{org}/actions/oidc/customization/sub",
  "/orgs/{org}/actions/secrets",
  "/orgs/{org}/actions/secrets/public-key",
  "/orgs/{org}/actions/secrets/{secret_name}",
  "/orgs/{org}/actions/secrets/{secret_name}/repositories",
  "/orgs/{org}/actions/secrets/{secret_name}/repositories/{repository_id}",
  "/orgs/{org}/actions/variables",
  "/orgs/{org}/actions/variables/{name}",
  "/orgs/{org}/actions/variables/{name}/repositories",
  "/orgs/{org}/actions/variables/{name}/repositories/{repository_id}",
  "/repos/{owner}/{repo}",
  "/repos/{owner}/{repo}/actions/oidc/customization/sub",
  "/repos/{owner}/{repo}/actions/secrets",
  "/repos/{owner}/{repo}/actions/secrets/public-key",
  "/repos/{owner}/{repo}/actions/secrets/{secret_name}",
  "/repos/{owner}/{repo}/actions/variables",
  "/repos/{owner}/{repo}/actions/variables/{name}",
  "/repos/{owner}/{repo}/branches",
  "/repos/{owner}/{repo}/branches/{branch}/protection",
  "/repos/{owner}/{repo}/branches/{branch}/protection/required_signatures",
  "/repos/{owner}/{repo}/environments",
  "/repos/{owner}/{repo}/environments/{environment_name}",
  "/repos/{owner}/{repo}/environments/{environment_name}/deployment-branch-policies",
  "/repos/{owner}/{repo}/environments/{environment_name}/deployment-branch-policies/{branch_policy_id}",
  "/repos/{owner}/{repo}/environments/{environment_name}/deployment_protection_rules",
  "/repos/{owner}/{repo}/environments/{environment_name}/secrets",
  "/repos/{owner}/{repo}/environments/{environment_name}/secrets/public-key",
  "/repos/{owner}/{repo}/environments/{environment_name}/secrets/{secret_name}",
  "/repos/{owner}/{repo}/environments/{environment_name}/variables",
  "/repos/{owner}/{repo}/environments/{environment_name}/variables/{name}",
  "/repos/{owner}/{repo}/issues/comments/{comment_id}",
  "/repos/{owner}/{repo}/issues/{issue_number}/comments",
];

/** Methods of these paths that the local API does not serve. */
const LEFT_OUT: Readonly<Record<string, readonly string[]>> = {
  "/orgs/{org}": ["patch", "delete"],
  "/orgs/{org}/teams/{team_slug}": ["patch", "delete"],
  "/repos/{owner}/{repo}": ["patch", "delete"],
  "/repos/{owner}/{repo}/branches/{branch}/protection/required_signatures": ["post"],
  "/repos/{owner}/{repo}/issues/comments/{comment_id}": ["get"],
  "/repos/{owner}/{repo}/environments/{environment_name}/deployment_protection_rules": ["post"],
};

type Json = null | boolean | number | string | Json[] | { [name: string]: Json };
type Dictionary = { [name: string]: Json };

/** Keywords that explain but decide nothing. */
const PROSE = new Set([
  "description",
  "example",
  "examples",
  "title",
  "default",
  "externalDocs",
  "deprecated",
  "discriminator",
]);

const description = JSON.parse(readFileSync(inputFile(), "utf8")) as Dictionary;
const kept = new Map<string, Json>();

const operations = Object.fromEntries(
  PATHS.flatMap((route) =>
    Object.entries(at(description, "paths", route))
      .filter(([method]) => !LEFT_OUT[route]?.includes(method) && isMethod(method))
      .map(([method, operation]) => [`${method.toUpperCase()} ${route}`, slice(operation as Dictionary)]),
  ),
);

process.stdout.write(
  `${JSON.stringify(
    {
      about: "Part of GitHub's OpenAPI description as JSON Schema, cut out by scripts/openapi-slice.ts. Do not edit.",
      origin: "https://github.com/github/rest-api-description, api.github.com",
      package: packageVersion(),
      license: "MIT",
      licenseText: readFileSync(path.join(packageFolder(), "LICENSE"), "utf8"),
      operations,
      schemas: Object.fromEntries([...kept].sort(([a], [b]) => (a < b ? -1 : 1))),
    },
    undefined,
    1,
  )}\n`,
);

/** The request body and the answers of one operation. */
function slice(operation: Dictionary): Json {
  const body = operation["requestBody"] as Dictionary | undefined;
  const responses = Object.entries(operation["responses"] as Dictionary).map(([status, response]) => [
    status,
    contentSchema(resolve(response as Dictionary)),
  ]);
  return {
    documentation: at(operation, "externalDocs")["url"] ?? null,
    request: body ? contentSchema(body) : null,
    responses: Object.fromEntries(responses) as Json,
  };
}

/** The schema of a JSON body, or null when there is none. */
function contentSchema(container: Dictionary): Json {
  const schema = at(container, "content", "application/json")["schema"];
  return schema === undefined ? null : toJsonSchema(schema);
}

/** OpenAPI 3.0 to JSON Schema, without its prose. Whatever it refers to is kept too. */
function toJsonSchema(schema: Json): Json {
  if (Array.isArray(schema)) return schema.map(toJsonSchema);
  if (schema === null || typeof schema !== "object") return schema;
  if (typeof schema["$ref"] === "string") return { $ref: keep(schema["$ref"]) };
  const entries = Object.entries(schema)
    .filter(([name]) => name !== "nullable" && !PROSE.has(name))
    .map(([name, value]) => [name, name === "properties" ? properties(value as Dictionary) : toJsonSchema(value)]);
  const plain = Object.fromEntries(entries) as Dictionary;
  return schema["nullable"] === true ? orNull(plain) : plain;
}

/** Names of properties are not keywords: one may well be called `description`. */
function properties(schemas: Dictionary): Dictionary {
  return Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, toJsonSchema(schema)]));
}

function orNull(schema: Dictionary): Dictionary {
  return { anyOf: [schema, { type: "null" }] };
}

/** Keeps the schema that a reference points at, once, and gives its new address. */
function keep(reference: string): string {
  const name = reference.split("/").pop() ?? "";
  if (!kept.has(name)) {
    // Reserved first: schemas may refer to themselves.
    kept.set(name, null);
    kept.set(name, toJsonSchema(at(description, "components", "schemas", name)));
  }
  return `#/schemas/${name}`;
}

/** What a response stands for when it is a reference. */
function resolve(response: Dictionary): Dictionary {
  const reference = response["$ref"];
  return typeof reference === "string"
    ? at(description, "components", "responses", reference.split("/").pop() ?? "")
    : response;
}

function at(root: Dictionary, ...names: readonly string[]): Dictionary {
  return names.reduce<Dictionary>((node, name) => (node[name] ?? {}) as Dictionary, root);
}

function isMethod(name: string): boolean {
  return ["get", "post", "put", "patch", "delete"].includes(name);
}

function inputFile(): string {
  const file = process.argv[2];
  if (!file) throw new Error("Usage: openapi-slice <path to api.github.com.json of @octokit/openapi>");
  return file;
}

/** Name and version of the package that the file came in. */
function packageVersion(): string {
  const file = readFileSync(path.join(packageFolder(), "package.json"), "utf8");
  const { name, version } = JSON.parse(file) as { name: string; version: string };
  return `${name} ${version}`;
}

/** The package keeps its descriptions in a folder of their own. */
function packageFolder(): string {
  return path.join(path.dirname(inputFile()), "..");
}
