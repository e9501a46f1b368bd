import type { TerraformJson } from "../constructs/terraform-json";
import aws from "./fixtures/aws-provider-schema.json";
import github from "./fixtures/github-provider-schema.json";

/** What a provider says of an argument, a resource or itself. */
interface AttributeSchema {
  readonly type: string | readonly unknown[];
  readonly required?: boolean;
  readonly optional?: boolean;
  readonly computed?: boolean;
  readonly deprecated?: boolean;
}

interface NestedSchema {
  readonly nesting: string;
  readonly max_items?: number;
  readonly deprecated?: boolean;
  readonly block: BlockSchema;
}

interface BlockSchema {
  readonly attributes?: Readonly<Record<string, AttributeSchema>>;
  readonly blocks?: Readonly<Record<string, NestedSchema>>;
}

interface ProviderSchema {
  readonly provider: BlockSchema;
  readonly resources: Readonly<Record<string, BlockSchema>>;
  readonly data_sources: Readonly<Record<string, BlockSchema>>;
}

const VERSIONS = { aws: aws.versions, github: github.versions } as unknown as {
  readonly aws: Readonly<Record<string, ProviderSchema>>;
  readonly github: Readonly<Record<string, ProviderSchema>>;
};

export const AWS_VERSIONS = Object.keys(VERSIONS.aws);
export const GITHUB_VERSIONS = Object.keys(VERSIONS.github);

/** Terraform's own arguments, and cdktf's note of where a block comes from. */
const META = new Set(["//", "depends_on", "lifecycle"]);

/** Whether resources of a type have an argument. */
export const takes = (awsVersion: string, type: string, argument: string): boolean => {
  const schema = VERSIONS.aws[awsVersion]?.resources[type]?.attributes?.[argument];
  return schema?.optional === true || schema?.required === true;
};

/** Everything in a stack that these versions of the providers would refuse, or warn about. */
export function schemaProblems(json: TerraformJson, awsVersion: string, githubVersion: string): string[] {
  const providers: Readonly<Record<string, ProviderSchema | undefined>> = {
    aws: VERSIONS.aws[awsVersion],
    github: VERSIONS.github[githubVersion],
  };
  const schemaOf = (type: string, kind: "resources" | "data_sources"): BlockSchema | undefined =>
    providers[type.split("_")[0] ?? ""]?.[kind][type];
  const problems: string[] = [];
  for (const [name, configurations] of Object.entries(json.provider))
    for (const each of configurations) problems.push(...check(each, providers[name]?.provider, `provider.${name}`));
  for (const [kind, blocks] of [
    ["resources", json.resource],
    ["data_sources", json.data],
  ] as const)
    for (const [type, named] of Object.entries(blocks ?? {}))
      for (const [name, block] of Object.entries(named))
        problems.push(...check(block, schemaOf(type, kind), `${kind}.${type}.${name}`));
  return problems;
}

function check(block: Readonly<Record<string, unknown>>, schema: BlockSchema | undefined, path: string): string[] {
  if (!schema) return [`${path}: unknown`];
  const given = Object.entries(block).filter(([key, value]) => !META.has(key) && value !== undefined);
  const problems = given.flatMap(([key, value]) => {
    const [attribute, nested] = [schema.attributes?.[key], schema.blocks?.[key]];
    if (nested) return checkNested(value, nested, `${path}.${key}`);
    return attribute ? checkAttribute(value, attribute, `${path}.${key}`) : [`${path}.${key}: unknown`];
  });
  const missing = Object.entries(schema.attributes ?? {}).filter(
    ([key, { required }]) => required && block[key] === undefined,
  );
  return [...problems, ...missing.map(([key]) => `${path}.${key}: missing`)];
}

function checkNested(value: unknown, { max_items: max, deprecated, block }: NestedSchema, path: string): string[] {
  const items = Array.isArray(value) ? (value as unknown[]) : [value];
  const problems = items.flatMap((item) => (isObject(item) ? check(item, block, path) : [`${path}: no block`]));
  if (max !== undefined && items.length > max) problems.push(`${path}: ${items.length} of at most ${max}`);
  return deprecated ? [...problems, `${path}: deprecated`] : problems;
}

function checkAttribute(
  value: unknown,
  { type, required, optional, deprecated }: AttributeSchema,
  path: string,
): string[] {
  const problems = hasType(value, type) ? [] : [`${path}: ${JSON.stringify(value)} is no ${JSON.stringify(type)}`];
  if (!required && !optional) problems.push(`${path}: read only`);
  return deprecated ? [...problems, `${path}: deprecated`] : problems;
}

function hasType(value: unknown, type: AttributeSchema["type"]): boolean {
  // A reference is whatever it refers to.
  if (typeof value === "string" && /^\$\{.*\}$/s.test(value)) return true;
  if (typeof type === "string") return typeof value === (type === "bool" ? "boolean" : type);
  const [kind, element] = type as readonly [string, AttributeSchema["type"]];
  if (kind === "map") return isObject(value) && Object.values(value).every((each) => hasType(each, element));
  return Array.isArray(value) && value.every((each) => hasType(each, element));
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
