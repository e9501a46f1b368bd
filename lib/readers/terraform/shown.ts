import { SourceError } from "../../model/source-error";
import { isObject, stateEntryProblem, type StateEntry } from "./plan-entry";
import { parseJson } from "./json-file";
import { shownSchema, type Shown } from "./plan-schema";

/** Format of Terraform 1.0; from 1.1 on it is 1.0 and above, and what is added in between may be ignored. */
const FORMATS = /^(?:0\.2|1\.[0-9]+)$/;
/** Deepest nesting of modules. */
const MAX_MODULES = 100;

/**
 * Reads the outline of `terraform show -json`.
 *
 * @throws SourceError when the text is something else. @param name what to call it in the message
 */
export function readShown(text: string, name: string): Shown {
  // A plan as Terraform saves it is an archive.
  if (text.startsWith("PK\u0003\u0004"))
    throw new SourceError(`${name}: is the plan itself: name the output of "terraform show -json" on it`);
  const json = parseJson(text, name);
  const { data, error } = shownSchema.safeParse(json);
  if (!data) {
    if (isObject(json) && "terraform_version" in json && "lineage" in json)
      throw new SourceError(`${name}: is a state file: name the output of "terraform show -json" instead`);
    const [issue] = error.issues;
    throw notShown(
      name,
      issue && issue.path.length > 0 ? `${issue.path.slice(0, 6).join(".")}: ${issue.message}` : undefined,
    );
  }
  if (!FORMATS.test(data.format_version))
    throw new SourceError(
      `${name}: has format version ${JSON.stringify(data.format_version.slice(0, 40))}, which is not read: plan with Terraform 1.0 or newer, or OpenTofu`,
    );
  if (!data.values && !isPlan(data))
    throw new SourceError(
      `${name}: has neither a plan nor a state in it: name the output of "terraform show -json PLAN"`,
    );
  return data;
}

/** Whether it is of a plan; one that failed early says no more than that. */
export const isPlan = ({ planned_values: planned, resource_changes: changes, errored }: Shown): boolean =>
  planned !== undefined || changes !== undefined || errored === true;

/** Why a file is not what was asked for. @param problem where it is wrong and how */
export const notShown = (name: string, problem?: string): SourceError =>
  new SourceError(
    `${name}: is not the output of "terraform show -json"${problem === undefined ? "" : ` (${problem})`}`,
  );

/** The resources of a module and of those below it, each with the address of its module. */
export function* stateEntries(root: unknown, name: string): Generator<readonly [module: string, resource: StateEntry]> {
  const open = [{ module: root, depth: 0 }];
  for (let next = open.pop(); next; next = open.pop()) {
    const { module, depth } = next;
    if (module === undefined || module === null) continue;
    if (depth > MAX_MODULES) throw new SourceError(`${name}: modules are nested over ${MAX_MODULES} deep`);
    if (!isObject(module)) throw notShown(name, "a module is no object");
    const { address = "", resources = [], child_modules: children = [] } = module;
    if (typeof address !== "string") throw notShown(name, "a module's address: is not a string");
    if (!Array.isArray(resources)) throw notShown(name, "a module's resources: is no list");
    if (!Array.isArray(children)) throw notShown(name, "a module's child_modules: is no list");
    for (const [index, resource] of resources.entries()) {
      const problem = stateEntryProblem(resource);
      if (problem !== undefined) throw notShown(name, `a module's resources.${index}${problem}`);
      yield [address, resource as StateEntry];
    }
    for (const child of children) open.push({ module: child, depth: depth + 1 });
  }
}
