import path from "node:path";
import fc from "fast-check";
import { Access } from "../../lib/config/access";
import type { AccessConfig } from "../../lib/config/schema";
import { terraformJson } from "../constructs/terraform-json";
import { accessConfigs } from "./access-configs";
import { synthesize } from "./synthesize";
import { runs } from "../support/runs";

/** The same value, with its keys in another order; policy documents stay as their authors wrote them. */
function withKeysReordered(value: unknown, reorder: <T>(items: readonly T[]) => T[]): unknown {
  if (Array.isArray(value)) return value.map((each) => withKeysReordered(each, reorder));
  if (typeof value !== "object" || value === null || "Statement" in value) return value;
  return Object.fromEntries(
    reorder(Object.entries(value)).map(([key, each]) => [key, withKeysReordered(each, reorder)]),
  );
}

/** The same value, with every list in another order: no list of an access file says what comes first. */
function withListsReordered(value: unknown, reorder: <T>(items: readonly T[]) => T[]): unknown {
  if (Array.isArray(value)) return reorder(value.map((each) => withListsReordered(each, reorder)));
  if (typeof value !== "object" || value === null || "Statement" in value) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, withListsReordered(each, reorder)]));
}

const reverse = <T>(items: readonly T[]): T[] => [...items].reverse();
const rotate = <T>(items: readonly T[]): T[] => [...items.slice(1), ...items.slice(0, 1)];
const reorderings = fc.constantFrom(reverse, rotate);

/** Every stack, but for the place of a local state: that depends on the output's folder, another one each time. */
function synthesized(config: AccessConfig): Record<string, unknown> {
  const app = synthesize(config);
  return Object.fromEntries(
    Object.keys(app.texts).map((stack) => {
      const { terraform, ...json } = terraformJson(app, stack);
      return [stack, { ...json, terraform: { ...terraform, backend: Object.keys(terraform.backend) } }];
    }),
  );
}

describe("Synthesis", () => {
  test("gives the same bytes each time, for the sample", () => {
    const access = Access.fromFile(path.resolve(__dirname, "../../access.yaml"));
    const [one, other] = [synthesize(access), synthesize(access)];
    expect(other.texts).toEqual(one.texts);
  });

  test("gives the same bytes each time, for any file", () => {
    fc.assert(
      fc.property(accessConfigs, (config) => {
        const [one, other] = [synthesize(config), synthesize(config)];
        expect(other.texts).toEqual(one.texts);
      }),
      { numRuns: runs(30) },
    );
  });

  test("does not depend on the order of the file's keys, its accounts among them", () => {
    fc.assert(
      fc.property(accessConfigs, reorderings, (config, reorder) => {
        expect(synthesized(withKeysReordered(config, reorder) as AccessConfig)).toEqual(synthesized(config));
      }),
      { numRuns: runs(30) },
    );
  });

  test("does not depend on the order of the file's lists", () => {
    fc.assert(
      fc.property(accessConfigs, reorderings, (config, reorder) => {
        // Audiences are a provider's client ids, in the order given; AWS takes them as a set.
        const reordered = { ...(withListsReordered(config, reorder) as AccessConfig), accounts: config.accounts };
        expect(synthesized(reordered)).toEqual(synthesized(config));
      }),
      { numRuns: runs(30) },
    );
  });
});
