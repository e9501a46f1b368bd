import { readTemplate } from "./expression";
import { isObject, type JsonObject } from "./plan-entry";
import type { Shown } from "./plan-schema";
import { Template, UNKNOWN_PROVIDER, type Attributes, type Piece, type ProviderSettings, type Value } from "./resource";
import { readAttributes } from "./read-value";
import { settingsOf } from "./settings";
import { Withheld } from "./withheld";

/** A resource as it is configured: one for all of its instances. */
export interface ConfiguredResource {
  readonly expressions: JsonObject;
  /** Names of the arguments. */
  readonly set: ReadonlySet<string>;
  readonly provider: string | undefined;
}

interface ConfiguredModule {
  readonly calls: JsonObject;
  readonly outputs: JsonObject;
  readonly variables: JsonObject;
}

/** Longest way through modules that a reference is followed, and deepest module that is looked at. */
const MAX_STEPS = 30;

/** The configuration that a plan comes from: which resource an attribute refers to that is not known yet. */
export class Configuration {
  private readonly modules = new Map<string, ConfiguredModule>();
  private readonly resources = new Map<string, ConfiguredResource>();
  /** Modules' paths without indices: there are few, of many resources. */
  private readonly paths = new Map<string, string>();
  /** By the first word of a type the configurations of its provider. */
  private readonly providers = new Map<string, Set<string>>();

  private constructor({ root_module: root, provider_config: providers = {} }: NonNullable<Shown["configuration"]>) {
    // A module repeats a provider that is handed down to it.
    for (const [key, { name, module_address: module, expressions }] of Object.entries(providers))
      if (name !== undefined && (module === undefined || expressions !== undefined)) this.addProvider(name, key);
    const open: { readonly path: string; readonly module: unknown; readonly depth: number }[] = [
      { path: "", module: root, depth: 0 },
    ];
    for (let next = open.pop(); next; next = open.pop()) {
      if (!isObject(next.module) || next.depth > MAX_STEPS) continue;
      const calls = objectAt(next.module, "module_calls");
      this.modules.set(next.path, {
        calls,
        outputs: objectAt(next.module, "outputs"),
        variables: objectAt(next.module, "variables"),
      });
      const resources = next.module["resources"];
      for (const resource of Array.isArray(resources) ? resources : []) this.addResource(next.path, resource);
      for (const [name, call] of Object.entries(calls))
        if (isObject(call))
          open.push({ path: join(next.path, `module.${name}`), module: call["module"], depth: next.depth + 1 });
    }
  }

  /** The configuration of a plan; `undefined` for a state, which has none. */
  static of({ configuration }: Shown): Configuration | undefined {
    return configuration === undefined ? undefined : new Configuration(configuration);
  }

  /** @param address whole address of a resource, with module; found where neither has an index */
  at(address: string): ConfiguredResource | undefined {
    return this.resources.get(address);
  }

  /** @param address of a resource, without indices */
  resource(module: string, address: string): ConfiguredResource | undefined {
    return this.resources.get(join(this.pathOf(module), address));
  }

  /** Configuration of the provider of a resource that is not configured any more: the only one, or else not known. */
  providerOf(prefix: string): string {
    const [only = prefix, ...others] = this.providers.get(prefix) ?? [];
    return others.length === 0 ? only : UNKNOWN_PROVIDER;
  }

  private addResource(path: string, resource: unknown): void {
    if (!isObject(resource) || typeof resource["address"] !== "string") return;
    const { address, type, provider_config_key: key } = resource;
    const expressions = objectAt(resource, "expressions");
    const provider = typeof key === "string" ? withoutIndices(key) : undefined;
    this.resources.set(join(path, address as string), {
      expressions,
      set: new Set(Object.keys(expressions)),
      provider,
    });
    if (provider !== undefined && typeof type === "string") this.addProvider(prefixOf(type), provider);
  }

  private addProvider(prefix: string, key: string): void {
    const known = this.providers.get(prefix);
    if (known) known.add(key);
    else this.providers.set(prefix, new Set([key]));
  }

  private pathOf(module: string): string {
    const known = this.paths.get(module) ?? withoutIndices(module);
    this.paths.set(module, known);
    return known;
  }

  /**
   * What a value is that Terraform knows only after apply: the one attribute that its expression refers to.
   * A plan says what an expression refers to and not what it makes of it, so this is for values that can
   * only be handed on: ARNs and names.
   */
  unknownValue(expression: unknown, module: string): Value {
    const pieces = this.piecesOf(expression, module);
    return (
      pieces ??
      new Template([
        {
          unknown: `known after apply${referencesOf(expression).length > 0 ? `: ${referencesOf(expression)[0]}` : ""}`,
        },
      ])
    );
  }

  private piecesOf(expression: unknown, module: string): Value | undefined {
    let [at, current] = [module, expression];
    let sensitive: string | undefined;
    for (let step = 0; step < MAX_STEPS; step += 1) {
      const written = isObject(current) ? current["constant_value"] : undefined;
      // What is written out is not marked itself, but what it is handed on through may be.
      if (typeof written === "string" && sensitive !== undefined) return new Withheld(sensitive);
      // Of JSON the plan has the template itself.
      if (typeof written === "string") return readTemplate(written, { module: at, local: () => undefined });
      const references = referencesOf(current);
      const [only] = references;
      if (references.length !== 1 || only === undefined) return undefined;
      const [kind, name = "", output = ""] = only.split(/\[[^\]]*\]|\./).filter(Boolean);
      if (kind === "var") {
        if (isSensitive(this.modules.get(withoutIndices(at))?.variables, name)) sensitive ??= join(at, `var.${name}`);
        const call = this.modules.get(parentOf(withoutIndices(at)))?.calls;
        current = objectAt(objectAt(call, lastName(at)), "expressions")[name];
        at = parentOf(at);
      } else if (kind === "module") {
        at = join(at, /^module\.[^.[]+(\[[^\]]*\])?/.exec(only)?.[0] ?? "");
        const outputs = this.modules.get(withoutIndices(at))?.outputs;
        if (isSensitive(outputs, output)) sensitive ??= join(at, `output.${output}`);
        current = objectAt(outputs, output)["expression"];
      } else {
        const piece = referencePiece(only, at);
        return piece && new Template([piece]);
      }
      if (current === undefined) return undefined;
    }
    return undefined;
  }
}

const REFERENCE =
  /^((?:data\.)?[A-Za-z][A-Za-z0-9_]*\.[A-Za-z_][A-Za-z0-9_-]*(?:\[[^\]]*\])?)\.([A-Za-z_][A-Za-z0-9_-]*)$/;

function referencePiece(reference: string, module: string): Piece | undefined {
  const [, resource, attribute] = /^(local|each|count|path|self|terraform)\./.test(reference)
    ? []
    : (REFERENCE.exec(reference) ?? []);
  return resource === undefined || attribute === undefined ? undefined : { reference: { module, resource, attribute } };
}

/** Whether a variable or an output is declared sensitive. */
const isSensitive = (declared: unknown, name: string): boolean => objectAt(declared, name)["sensitive"] === true;

/** What an expression refers to, each once: Terraform names beside each attribute also the resource that it is of. */
function referencesOf(expression: unknown): string[] {
  const listed = isObject(expression) ? expression["references"] : undefined;
  const references = Array.isArray(listed) ? listed.filter((each) => typeof each === "string") : [];
  return references.filter(
    (each) =>
      !references.some((other) => other !== each && other.startsWith(each) && /^[.[]/.test(other.slice(each.length))),
  );
}

/** `aws` of a provider to what its configuration says. */
export function providerSettings({ configuration }: Shown): Map<string, ProviderSettings> {
  const providers = Object.entries(configuration?.provider_config ?? {}).map(([key, { name, expressions }]) => ({
    key,
    name,
    settings: settingsOf(constants(expressions ?? {})),
  }));
  const [owner, ...others] = new Set(
    providers.filter(({ name }) => name === "github").map(({ settings }) => settings.owner),
  );
  const agreed: ProviderSettings = owner !== undefined && others.length === 0 ? { owner } : {};
  return new Map([[UNKNOWN_PROVIDER, agreed], ...providers.map(({ key, settings }) => [key, settings] as const)]);
}

/** The arguments that are written out. */
function constants(expressions: Readonly<Record<string, unknown>>): Attributes {
  const entries = Object.entries(expressions).map(([name, expression]) => [
    name,
    (isObject(expression) ? expression["constant_value"] : undefined) ?? null,
  ]);
  return readAttributes(Object.fromEntries(entries), (text) => text);
}

/** A member that is an object, or else an empty one. */
const objectAt = (of: unknown, key: string): JsonObject => {
  const member = isObject(of) && Object.hasOwn(of, key) ? of[key] : undefined;
  return isObject(member) ? member : {};
};

/** `aws` of `aws_iam_role`: the provider, unless the configuration says otherwise. */
export const prefixOf = (type: string): string => type.split("_", 1)[0] ?? type;

export const withoutIndices = (module: string): string => module.replaceAll(/\["(?:[^"\\]|\\.)*"\]|\[[0-9]+\]/g, "");
const join = (module: string, rest: string): string =>
  module === "" ? rest : rest === "" ? module : `${module}.${rest}`;
/** `module.a["x"].module.b` is in `module.a["x"]`. */
const parentOf = (module: string): string =>
  /^(?:(.*)\.)?module\.[^.[]+(?:\["(?:[^"\\]|\\.)*"\]|\[[0-9]+\])?$/.exec(module)?.[1] ?? "";
const lastName = (module: string): string => /(?:^|\.)module\.([^.]+)$/.exec(withoutIndices(module))?.[1] ?? "";
