import { readFileSync } from "node:fs";
import path from "node:path";
import Ajv, { type ValidateFunction } from "ajv";

/** A JSON schema, or null for no body. */
type Schema = Readonly<Record<string, unknown>> | null;

interface Description {
  readonly operations: Readonly<Record<string, OperationDescription>>;
  readonly schemas: Readonly<Record<string, Schema>>;
}

interface OperationDescription {
  readonly documentation: string;
  readonly request: Schema;
  readonly responses: Readonly<Record<string, Schema>>;
}

/** Fields that GitHub takes and sends and its description leaves out, by a field that tells where. */
const UNDESCRIBED: readonly { readonly beside: string; readonly fields: object }[] = [
  // The administrators' bypass of an environment, in requests and answers alike.
  { beside: "deployment_branch_policy", fields: { can_admins_bypass: { type: "boolean" } } },
  // The status of an error, which only some kinds of error are said to repeat in their body.
  { beside: "documentation_url", fields: { status: { type: "string" } } },
];

/** Statuses that GitHub gives on any operation without describing them there, all with the same body. */
const ANYWHERE = [301, 307, 400, 401, 403, 404, 409, 413, 422, 500];

/** GitHub's own description, closed: no object may hold a field that it does not describe. */
const description = close(
  JSON.parse(readFileSync(path.join(__dirname, "..", "..", "github-openapi.json"), "utf8")),
) as Description;

const ajv = new Ajv({ strict: false, allErrors: true }).addSchema(description, "github");
ajv.addFormat("date-time", /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
ajv.addFormat("uri", (text) => URL.canParse(text));
ajv.addFormat("email", /@/);
ajv.addFormat("int64", true);

const compiled = new Map<string, ValidateFunction>();

/** The operations described, as `METHOD /path/{parameter}`. */
export const describedOperations: readonly string[] = Object.keys(description.operations);

/** The page of GitHub's documentation about an operation. */
export const documentationOf = (operation: string): string | undefined =>
  description.operations[operation]?.documentation;

/** The operation that a request is, paths by id included, which are served like those by name but not described. */
export function operationOf(method: string, requestPath: string): string | undefined {
  const route = requestPath
    .replace(/\?.*$/, "")
    .replace(/^\/repositories\/[^/]+/, "/repos/owner/repo")
    .replace(/^\/organizations\/[^/]+\/team\//, "/orgs/org/teams/")
    .replace(/^\/organizations\//, "/orgs/");
  // The literal comes before the parameter: `public-key` is no name of a secret.
  const fitting = describedOperations.filter((operation) => pattern(operation).test(`${method} ${route}`));
  return fitting.sort((a, b) => b.replace(/\{.*?\}/g, "").length - a.replace(/\{.*?\}/g, "").length)[0];
}

/** What is wrong with a request body that was accepted; nothing when it is as GitHub describes it. */
export function requestProblems(operation: string, body: unknown): string[] {
  const schema = description.operations[operation]?.request ?? null;
  if (schema === null) return body === undefined ? [] : [`${operation} takes no body`];
  return body === undefined ? [] : problems(pointer(operation, "request"), body);
}

/** What is wrong with an answer; nothing when it is as GitHub describes it. */
export function responseProblems(operation: string, status: number, body: unknown): string[] {
  const described = description.operations[operation]?.responses ?? {};
  if (status === 304) return body === undefined ? [] : ["a 304 has no body"];
  if (!(status in described) || (described[status] === null && status >= 400))
    return ANYWHERE.includes(status)
      ? problems("github#/schemas/basic-error", body)
      : [`${operation} never answers ${status}`];
  if (described[status] === null) return body === undefined ? [] : [`${operation} answers ${status} without a body`];
  return problems(pointer(operation, "responses", String(status)), body);
}

function problems(reference: string, value: unknown): string[] {
  const validate = compiled.get(reference) ?? ajv.compile({ $ref: reference });
  compiled.set(reference, validate);
  if (validate(value)) return [];
  return (validate.errors ?? []).map(
    (error) => `${error.instancePath || "/"} ${error.message} ${JSON.stringify(error.params)}`,
  );
}

const pointer = (operation: string, ...names: readonly string[]): string =>
  `github#/${["operations", operation, ...names].map((name) => encodeURIComponent(name.replace(/~/g, "~0").replace(/\//g, "~1"))).join("/")}`;

const pattern = (operation: string): RegExp => new RegExp(`^${operation.replace(/\{.*?\}/g, "[^/]+")}$`);

/** Forbids undescribed fields in every object that describes any. */
function close(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(close);
  if (typeof schema !== "object" || schema === null) return schema;
  const closed = Object.fromEntries(Object.entries(schema).map(([name, value]) => [name, close(value)]));
  const { properties } = closed as { properties?: Record<string, unknown> };
  if (!properties || closed["type"] !== "object") return closed;
  const gaps = UNDESCRIBED.filter(({ beside }) => beside in properties).map(({ fields }) => fields);
  return {
    ...closed,
    properties: Object.assign({}, properties, ...gaps),
    additionalProperties: closed["additionalProperties"] ?? false,
  };
}
