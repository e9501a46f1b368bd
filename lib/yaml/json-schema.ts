import type { Path } from "./problem";

/** The part of JSON Schema that schemas of YAML files use here. */
export interface JsonSchema {
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: JsonSchema | boolean;
  readonly items?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
}

/** The schemas that a value at a path may follow: several where the file offers a choice. */
export function schemasAt(root: JsonSchema, path: Path): JsonSchema[] {
  return path.reduce<JsonSchema[]>((schemas, part) => schemas.flatMap((schema) => childSchemas(schema, part)), [root]);
}

function childSchemas(schema: JsonSchema, part: string | number): JsonSchema[] {
  const choices = schema.anyOf?.flatMap((choice) => childSchemas(choice, part)) ?? [];
  if (typeof part === "number") return schema.items ? [...choices, schema.items] : choices;
  const property = schema.properties && Object.hasOwn(schema.properties, part) ? schema.properties[part] : undefined;
  const other = typeof schema.additionalProperties === "object" ? schema.additionalProperties : undefined;
  const child = property ?? other;
  return child ? [...choices, child] : choices;
}

/** The keys that an object of one of these schemas may have. */
export const keysOf = (schemas: readonly JsonSchema[]): string[] =>
  schemas.flatMap((schema) => [...Object.keys(schema.properties ?? {}), ...keysOf(schema.anyOf ?? [])]);

/** The words that a value of one of these schemas may be. */
export const wordsOf = (schemas: readonly JsonSchema[]): string[] =>
  schemas.flatMap((schema) =>
    [schema.const, ...(schema.enum ?? []), ...wordsOf(schema.anyOf ?? [])].filter((word) => typeof word === "string"),
  );
