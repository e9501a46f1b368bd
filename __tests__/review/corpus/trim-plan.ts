/** Keys of a plan that say nothing of access. What is marked sensitive stays, with its marks. */
const LEFT_OUT = new Set([
  "provider_name",
  "full_name",
  "output_changes",
  "outputs",
  "relevant_attributes",
  "checks",
  "timestamp",
  "version_constraint",
  "schema_version",
  "postconditions",
  "preconditions",
  "headers",
  "avatar_url",
]);

/** Attributes that AWS and GitHub make up anew every time. */
const MADE_UP = new Set([
  "unique_id",
  "create_date",
  "created_at",
  "updated_at",
  "remote_updated_at",
  "etag",
  "key_id",
  "policy_id",
]);

/** What Terraform puts after a `name_prefix`: the time and a counter. */
const UNIQUE_SUFFIX = /\b[0-9]{18}[0-9a-f]{8}\b/g;

/** What a local server says of itself and of a request. */
const LOCAL = [
  [/\bhttp:\/\/127\.0\.0\.1:[0-9]+/g, "https://github.example"],
  [/"[0-9A-F]{4}(:[0-9A-F]+){4}"/g, '"request"'],
] as const;

/** A plan without what differs from machine to machine and from day to day. */
export function trimPlan(json: string): string {
  const suffixes = new Map<string, string>();
  const numbered = (suffix: string): string => {
    const known = suffixes.get(suffix) ?? `2026${String(suffixes.size + 1).padStart(22, "0")}`;
    suffixes.set(suffix, known);
    return known;
  };
  const kept = (key: string, value: unknown): unknown => {
    if (LEFT_OUT.has(key)) return undefined;
    if (MADE_UP.has(key) && typeof value === "string") return undefined;
    return key === "deposed" || key === "deposed_key" ? "00000000" : value;
  };
  const text = LOCAL.reduce(
    (all, [what, instead]) => all.replaceAll(what, instead),
    json.replaceAll(UNIQUE_SUFFIX, numbered),
  );
  return `${JSON.stringify(JSON.parse(text), kept, 1)}\n`;
}
