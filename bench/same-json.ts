import assert from "node:assert";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

/** The parts of a `cdk.tf.json` that hold named things which others refer to. */
interface Configuration {
  readonly resource: Record<string, Named>;
  readonly data: Record<string, Named>;
  readonly locals: Named;
}
type Named = Record<string, unknown>;

/**
 * Asserts that two output folders describe the same infrastructure: every stack, resource, attribute,
 * reference and condition, all but the names of the resources, the wording of sentences and cdktf's own
 * metadata.
 */
export function assertSameJson(one: string, other: string): void {
  const stacks = readdirSync(path.join(one, "stacks"));
  assert.deepStrictEqual(readdirSync(path.join(other, "stacks")), stacks, "not the same stacks");
  for (const stack of stacks) assert.deepStrictEqual(nameless(read(one, stack)), nameless(read(other, stack)));
}

const read = (outdir: string, stack: string): string =>
  readFileSync(path.join(outdir, "stacks", stack, "cdk.tf.json"), "utf8");

/** A configuration with every name replaced by its place among the names of its kind. */
function nameless(json: string): unknown {
  const configuration = JSON.parse(json, (key, value: unknown) =>
    key === "//" ? undefined : key === "error_message" ? "worded somehow" : value,
  ) as Configuration;
  const places = placesOf(configuration);
  const renamed = {
    ...configuration,
    resource: byType(configuration.resource, ""),
    data: byType(configuration.data, "data."),
    locals: byPlace(configuration.locals, "local."),
  };
  return JSON.parse(
    JSON.stringify(renamed).replaceAll(
      /\b(?:data\.)?[a-z_]+\.[A-Za-z_][\w-]*/g,
      (reference) => places.get(reference) ?? reference,
    ),
    withDocuments,
  );
}

/** Policies are JSON within JSON: the order of their keys means nothing either. */
const withDocuments = (_key: string, value: unknown): unknown =>
  typeof value === "string" && value.startsWith("{") ? JSON.parse(value) : value;

function placesOf({ resource, data, locals }: Configuration): Map<string, string> {
  const groups = [...typed(resource, ""), ...typed(data, "data."), ["local.", locals] as const];
  return new Map(
    groups.flatMap(([prefix, named]) =>
      Object.keys(named).map((name, index) => [`${prefix}${name}`, `${prefix}${index}`]),
    ),
  );
}

const typed = (types: Record<string, Named>, prefix: string) =>
  Object.entries(types).map(([type, named]) => [`${prefix}${type}.`, named] as const);
const byType = (types: Record<string, Named>, prefix: string) =>
  Object.fromEntries(typed(types, prefix).map(([each, named]) => [each, byPlace(named, each)]));
const byPlace = (named: Named, prefix: string) =>
  Object.fromEntries(Object.values(named).map((value, index) => [`${prefix}${index}`, value]));
