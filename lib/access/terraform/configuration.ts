import { z } from "zod";
import { readTemplate } from "./expression";
import { configuredModuleSchema, type ConfiguredModule, type ConfiguredResource, type Shown } from "./plan-schema";
import { Template, type Attributes, type Piece, type ProviderSettings, type Value } from "./resource";
import { readAttributes } from "./read-value";
import { settingsOf } from "./settings";

const expressionSchema = z.looseObject({ references: z.array(z.string()).optional(), constant_value: z.unknown().optional() });

/** Longest way through modules that a reference is followed, and deepest module that is looked at. */
const MAX_STEPS = 30;

/** The configuration that a plan comes from: which resource an attribute refers to that is not known yet. */
export class Configuration {
  private readonly modules = new Map<string, ConfiguredModule>();
  private readonly resources = new Map<string, ConfiguredResource>();

  private constructor(root: unknown) {
    const open: { readonly path: string; readonly module: unknown; readonly depth: number }[] = [{ path: "", module: root, depth: 0 }];
    for (let next = open.pop(); next; next = open.pop()) {
      const module = configuredModuleSchema.safeParse(next.module).data;
      if (!module || next.depth > MAX_STEPS) continue;
      this.modules.set(next.path, module);
      for (const resource of module.resources ?? []) this.resources.set(join(next.path, resource.address), resource);
      for (const [name, call] of Object.entries(module.module_calls ?? {})) open.push({ path: join(next.path, `module.${name}`), module: call.module, depth: next.depth + 1 });
    }
  }

  /** The configuration of a plan; `undefined` for a state, which has none. */
  static of({ configuration }: Shown): Configuration | undefined {
    return configuration === undefined ? undefined : new Configuration(configuration.root_module);
  }

  /** @param address of a resource, without indices */
  resource(module: string, address: string): ConfiguredResource | undefined {
    return this.resources.get(join(withoutIndices(module), address));
  }

  /**
   * What a value is that Terraform knows only after apply: the one attribute that its expression refers to.
   * A plan says what an expression refers to and not what it makes of it, so this is for values that can
   * only be handed on: ARNs and names.
   */
  unknownValue(expression: unknown, module: string): Value {
    const pieces = this.piecesOf(expression, module);
    return pieces ?? new Template([{ unknown: `known after apply${referencesOf(expression).length > 0 ? `: ${referencesOf(expression)[0]}` : ""}` }]);
  }

  private piecesOf(expression: unknown, module: string): Value | undefined {
    let [at, current] = [module, expression];
    for (let step = 0; step < MAX_STEPS; step += 1) {
      const written = expressionSchema.safeParse(current).data?.constant_value;
      // Of JSON the plan has the template itself.
      if (typeof written === "string") return readTemplate(written, { module: at, local: () => undefined });
      const references = referencesOf(current);
      const [only] = references;
      if (references.length !== 1 || only === undefined) return undefined;
      const [kind, name = "", output = ""] = only.split(/\[[^\]]*\]|\./).filter(Boolean);
      if (kind === "var") {
        current = this.modules.get(parentOf(withoutIndices(at)))?.module_calls?.[lastName(at)]?.expressions?.[name];
        at = parentOf(at);
      } else if (kind === "module") {
        at = join(at, /^module\.[^.[]+(\[[^\]]*\])?/.exec(only)?.[0] ?? "");
        current = this.modules.get(withoutIndices(at))?.outputs?.[output]?.expression;
      } else {
        const piece = referencePiece(only, at);
        return piece && new Template([piece]);
      }
      if (current === undefined) return undefined;
    }
    return undefined;
  }
}

const REFERENCE = /^((?:data\.)?[A-Za-z][A-Za-z0-9_]*\.[A-Za-z_][A-Za-z0-9_-]*(?:\[[^\]]*\])?)\.([A-Za-z_][A-Za-z0-9_-]*)$/;

function referencePiece(reference: string, module: string): Piece | undefined {
  const [, resource, attribute] = /^(local|each|count|path|self|terraform)\./.test(reference) ? [] : (REFERENCE.exec(reference) ?? []);
  return resource === undefined || attribute === undefined ? undefined : { reference: { module, resource, attribute } };
}

/** What an expression refers to, each once: Terraform names beside each attribute also the resource that it is of. */
function referencesOf(expression: unknown): string[] {
  const references = expressionSchema.safeParse(expression).data?.references ?? [];
  return references.filter((each) => !references.some((other) => other !== each && other.startsWith(each) && /^[.[]/.test(other.slice(each.length))));
}

/** `aws` of a provider to what its configuration says. */
export function providerSettings({ configuration }: Shown): Map<string, ProviderSettings> {
  return new Map(Object.entries(configuration?.provider_config ?? {}).map(([key, { expressions }]) => [key, settingsOf(constants(expressions ?? {}))]));
}

/** The arguments that are written out. */
function constants(expressions: Readonly<Record<string, unknown>>): Attributes {
  const entries = Object.entries(expressions).map(([name, expression]) => [name, expressionSchema.safeParse(expression).data?.constant_value ?? null]);
  return readAttributes(Object.fromEntries(entries), (text) => text);
}

export const withoutIndices = (module: string): string => module.replaceAll(/\["(?:[^"\\]|\\.)*"\]|\[[0-9]+\]/g, "");
const join = (module: string, rest: string): string => (module === "" ? rest : rest === "" ? module : `${module}.${rest}`);
/** `module.a["x"].module.b` is in `module.a["x"]`. */
const parentOf = (module: string): string => /^(?:(.*)\.)?module\.[^.[]+(?:\["(?:[^"\\]|\\.)*"\]|\[[0-9]+\])?$/.exec(module)?.[1] ?? "";
const lastName = (module: string): string => /(?:^|\.)module\.([^.]+)$/.exec(withoutIndices(module))?.[1] ?? "";
