/** The resources of `terraform show -json`: what is looked at of each, checked by hand because there are so many. */

export type JsonObject = Readonly<Record<string, unknown>>;

interface Instance {
  readonly address: string;
  /** `managed` or `data`; of others nothing is read. */
  readonly mode: string;
  readonly type: string;
  readonly name: string;
  readonly index?: string | number | undefined;
}

/** A resource of a state, or of planned values. */
export interface StateEntry extends Instance {
  readonly deposed_key?: string | undefined;
  readonly values?: JsonObject | null | undefined;
  readonly sensitive_values?: unknown;
}

/** What a plan says of a resource. */
export interface ChangeEntry extends Instance {
  readonly module_address?: string | undefined;
  readonly previous_address?: string | undefined;
  readonly deposed?: string | undefined;
  readonly change: {
    readonly actions: readonly string[];
    readonly before?: JsonObject | null | undefined;
    readonly after?: JsonObject | null | undefined;
    readonly after_unknown?: unknown;
    readonly before_sensitive?: unknown;
    readonly after_sensitive?: unknown;
    readonly importing?: unknown;
  };
}

/** Deepest nesting that two values are compared to. */
const MAX_DEPTH = 50;

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const isText = (value: unknown): value is string => typeof value === "string";
const isMissing = (value: unknown): boolean => value === undefined || value === null;

/** A member of a tree of marks; one mark may stand for the whole. */
export const memberOf = (tree: unknown, name: string): unknown =>
  tree === true ? true : isObject(tree) && Object.hasOwn(tree, name) ? tree[name] : undefined;

/** What is wrong with a resource of a state, and where in it; `undefined` where nothing is. */
export function stateEntryProblem(entry: unknown): string | undefined {
  if (!isObject(entry)) return ": is no object";
  return instanceProblem(entry) ?? textProblem(entry, "deposed_key") ?? objectProblem(entry, "values", "");
}

/** What is wrong with a change, and where in it; `undefined` where nothing is. */
export function changeEntryProblem(entry: unknown): string | undefined {
  if (!isObject(entry)) return ": is no object";
  const wrong =
    instanceProblem(entry) ??
    textProblem(entry, "module_address") ??
    textProblem(entry, "previous_address") ??
    textProblem(entry, "deposed");
  if (wrong !== undefined) return wrong;
  const { change } = entry;
  if (!isObject(change)) return ".change: is no object";
  const { actions } = change;
  if (!Array.isArray(actions) || !actions.every(isText)) return ".change.actions: is no list of texts";
  return objectProblem(change, "before", ".change") ?? objectProblem(change, "after", ".change");
}

function instanceProblem(entry: JsonObject): string | undefined {
  if (!isText(entry["address"])) return ".address: is not a string";
  if (!isText(entry["mode"])) return ".mode: is not a string";
  if (!isText(entry["type"])) return ".type: is not a string";
  if (!isText(entry["name"])) return ".name: is not a string";
  const { index } = entry;
  return isMissing(index) || isText(index) || typeof index === "number"
    ? undefined
    : ".index: is neither a text nor a number";
}

const textProblem = (entry: JsonObject, key: string): string | undefined =>
  entry[key] === undefined || isText(entry[key]) ? undefined : `.${key}: is not a string`;

const objectProblem = (entry: JsonObject, key: string, place: string): string | undefined =>
  isMissing(entry[key]) || isObject(entry[key]) ? undefined : `${place}.${key}: is no object`;

/** Whether two values are the same. What is nested too deep to tell is not. */
export function sameJson(a: unknown, b: unknown, depth = 0): boolean {
  if (a === b) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null || depth > MAX_DEPTH) return false;
  if (Array.isArray(a) || Array.isArray(b))
    return (
      Array.isArray(a) &&
      Array.isArray(b) &&
      a.length === b.length &&
      a.every((each, index) => sameJson(each, b[index], depth + 1))
    );
  const [left, right] = [a as JsonObject, b as JsonObject];
  let count = 0;
  for (const key in left) {
    if (!Object.hasOwn(right, key) || !sameJson(left[key], right[key], depth + 1)) return false;
    count += 1;
  }
  return count === Object.keys(right).length;
}
