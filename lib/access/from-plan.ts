import type { AccessModel } from "./model";
import { SourceError } from "./source-error";
import { assemble } from "./terraform/assemble";
import { Configuration, providerSettings, withoutIndices } from "./terraform/configuration";
import { parseJson, readTextFile } from "./terraform/json-file";
import { shownSchema, stateModuleSchema, type ChangedResource, type ConfiguredResource, type Shown, type StateResource } from "./terraform/plan-schema";
import { readAttributes } from "./terraform/read-value";
import type { Attributes, Resource, Value } from "./terraform/resource";
import { fillUnknown } from "./terraform/unknown-values";

/**
 * The model of what a plan leads to, or of what a state holds: the output of `terraform show -json`.
 *
 * @throws SourceError when the file cannot be read, or is something else.
 */
export const fromPlan = (file: string): AccessModel => fromPlanText(readTextFile(file), file);

/** @throws SourceError when the text is something else. @param name what to call it in the message */
export function fromPlanText(text: string, name: string): AccessModel {
  const shown = checked(parseJson(text, name), name);
  const configuration = Configuration.of(shown);
  const resources = new Map<string, Resource>();
  const add = (resource: Resource): void => void resources.set(resource.address, resource);
  for (const [module, each] of stateResources(shown.prior_state?.values?.root_module, name)) if (each.mode === "data") add(stateResource(module, each, configuration));
  for (const root of [shown.values, shown.planned_values]) for (const [module, each] of stateResources(root?.root_module, name)) add(stateResource(module, each, configuration));
  for (const change of shown.resource_changes ?? []) {
    if (change.deposed !== undefined) continue;
    if (!change.change.after) resources.delete(change.address);
    else add(changedResource(change, configuration));
  }
  return assemble({ name: null, resources: [...resources.values()], providers: providerSettings(shown), notes: [] });
}

function checked(json: unknown, name: string): Shown {
  const { data, error } = shownSchema.safeParse(json);
  if (!data) {
    const isStateFile = typeof json === "object" && json !== null && "terraform_version" in json && "lineage" in json;
    if (isStateFile) throw new SourceError(`${name}: is a state file: name the output of "terraform show -json" instead`);
    const [issue] = error.issues;
    throw new SourceError(`${name}: is not the output of "terraform show -json"${issue && issue.path.length > 0 ? ` (${issue.path.slice(0, 6).join(".")}: ${issue.message})` : ""}`);
  }
  if (data.errored === true) throw new SourceError(`${name}: the plan ended with an error, and does not say all: correct the configuration and plan again`);
  if (data.values === undefined && data.planned_values === undefined && data.resource_changes === undefined) throw new SourceError(`${name}: has neither a plan nor a state in it: name the output of "terraform show -json PLAN"`);
  return data;
}

/** Deepest nesting of modules. */
const MAX_MODULES = 100;

/** The resources of a module and of those below it, each with the address of its module. */
function* stateResources(root: unknown, name: string): Generator<readonly [module: string, resource: StateResource]> {
  const open = [{ module: root, depth: 0 }];
  for (let next = open.pop(); next; next = open.pop()) {
    if (next.module === undefined) continue;
    const { data, error } = stateModuleSchema.safeParse(next.module);
    if (!data) throw new SourceError(`${name}: is not the output of "terraform show -json" (a module's ${error.issues[0]?.path.slice(0, 4).join(".") ?? ""}: ${error.issues[0]?.message ?? "wrong shape"})`);
    if (next.depth > MAX_MODULES) throw new SourceError(`${name}: modules are nested over ${MAX_MODULES} deep`);
    for (const resource of data.resources ?? []) if (resource.deposed_key === undefined) yield [data.address ?? "", resource];
    for (const module of data.child_modules ?? []) open.push({ module, depth: next.depth + 1 });
  }
}

const stateResource = (module: string, resource: StateResource, configuration: Configuration | undefined): Resource => made(module, resource, plainValues(resource.values ?? {}), configuration);

const plainValues = (values: Readonly<Record<string, unknown>>): Attributes => readAttributes(values, (text): Value => text);

function changedResource({ change, ...resource }: ChangedResource, configuration: Configuration | undefined): Resource {
  const module = resource.module_address ?? "";
  const configured = configuration?.resource(module, configuredAddress(resource));
  const values = plainValues(change.after ?? {});
  const whole = made(module, resource, fillUnknown(values, change.after_unknown, configured?.expressions, (expression) => configuration?.unknownValue(expression, module)), configuration);
  return { ...whole, isNew: change.actions.length === 1 && change.actions[0] === "create" };
}

type Named = Pick<StateResource, "address" | "mode" | "type" | "name" | "index">;

const configuredAddress = ({ mode, type, name }: Named): string => `${mode === "data" ? "data." : ""}${type}.${name}`;

function made(module: string, resource: Named, values: Attributes, configuration: Configuration | undefined): Resource {
  const { address, mode, type, name, index } = resource;
  const configured = configuration?.resource(module, configuredAddress(resource));
  return { address, module, mode, type, name, index: index === undefined ? "" : `[${JSON.stringify(index)}]`, provider: providerOf(type, configured), values, configured: configured && new Set(Object.keys(configured.expressions ?? {})) };
}

/** `aws.production`; of a module's own provider, with the module before it as the plan has it. */
const providerOf = (type: string, configured: ConfiguredResource | undefined): string => withoutIndices(configured?.provider_config_key ?? type.split("_")[0] ?? type);
