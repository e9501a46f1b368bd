import fc from "fast-check";
import { stringify } from "yaml";
import { Access } from "../../lib/config/access";
import type { AccessConfig } from "../../lib/config/schema";
import { AccessFolder, mistakesOf } from "./access-folder";
import { validAccess } from "./valid-access";
import { runs } from "../support/runs";

const folder = new AccessFolder();
afterAll(() => folder.remove());

test("every valid access config is accepted", () => {
  fc.assert(
    fc.property(validAccess, (config) => expect(mistakesOf(() => Access.from(config))).toEqual([])),
    { numRuns: runs(300) },
  );
});

test("a config written as YAML, in any style, reads as the same accounts", () => {
  const styles = fc.record({
    defaultStringType: fc.constantFrom("PLAIN" as const, "QUOTE_SINGLE" as const, "QUOTE_DOUBLE" as const),
    defaultKeyType: fc.constantFrom("PLAIN" as const, "QUOTE_DOUBLE" as const),
    collectionStyle: fc.constantFrom("any" as const, "block" as const, "flow" as const),
    // Where it breaks long texts in two, the library that writes loses characters.
    lineWidth: fc.constant(0),
  });
  fc.assert(
    fc.property(validAccess, styles, (config, style) => {
      expect(folder.read(stringify(config, style)).accounts).toEqual(Access.from(config).accounts);
    }),
    { numRuns: runs(200) },
  );
});

test("a config is not changed by reading it", () => {
  fc.assert(
    fc.property(validAccess, (config) => {
      const before = structuredClone(config);
      Access.from(config);
      expect(config).toEqual(before);
    }),
    { numRuns: runs(50) },
  );
});

type Container = Record<string | number, unknown>;

/** Every key and list entry of a value: what holds it, and its key there. */
function places(value: unknown): [Container, string | number][] {
  if (typeof value !== "object" || value === null) return [];
  const own = (Array.isArray(value) ? [...value.keys()] : Object.keys(value)).map(
    (key): [Container, string | number] => [value as Container, key],
  );
  return [...own, ...own.flatMap(([container, key]) => places(container[key]))];
}

type Change = { readonly kind: "delete" | "rename" } | { readonly kind: "replace"; readonly by: unknown };

/** The config with one of its places changed; the whole of it is a place as well. */
function changed(config: AccessConfig, index: number, change: Change): unknown {
  const copy: Container = { root: structuredClone(config) };
  const all = places(copy);
  const [container, key] = all[index % all.length] ?? [copy, "root"];
  if (change.kind === "replace") container[key] = change.by;
  else {
    const value = container[key];
    if (Array.isArray(container)) container.splice(Number(key), 1);
    else delete container[key];
    if (change.kind === "rename" && !Array.isArray(container)) container[`${key}x`] = value;
  }
  return copy["root"];
}

test("one change anywhere, whatever it is, ends in an access or in a list of mistakes", () => {
  const change = fc.oneof<fc.Arbitrary<Change>[]>(
    fc.constantFrom<Change>({ kind: "delete" }, { kind: "rename" }),
    fc.jsonValue({ noUnicodeString: false }).map((by) => ({ kind: "replace", by })),
    fc
      .constantFrom(
        null,
        "",
        0,
        -1,
        1.5,
        true,
        [],
        {},
        [null],
        [[]],
        { a: null },
        "x".repeat(300),
        "\u0000",
        "${x}",
        "*",
      )
      .map((by) => ({ kind: "replace", by })),
  );
  const shape =
    /^((accounts|states|repositories|chainedRoles|organization|github|__proto__)[^\n]*|access): .+[:,] .+|[^\n]*unknown key[^\n]*$/;
  fc.assert(
    fc.property(validAccess, fc.nat(), change, (config, index, what) => {
      const wrong = changed(config, index, what);
      for (const line of mistakesOf(() => Access.from(wrong as AccessConfig))) expect(line).toMatch(shape);
      const inFile = mistakesOf(() => folder.read(stringify(wrong) ?? ""));
      if (!JSON.stringify(wrong)?.match(/__proto__|\\u[0-9a-f]{4}|[\p{Cc}\p{Cf}\p{Cs}\p{Cn}]/u))
        expect(inFile.length > 0).toBe(mistakesOf(() => Access.from(wrong as AccessConfig)).length > 0);
    }),
    { numRuns: runs(400) },
  );
});
