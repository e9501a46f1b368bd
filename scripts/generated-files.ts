import { readFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { synthOutputSchema } from "../lib/access/model";
import { accessJsonSchema, type JsonSchema } from "../lib/config/json-schema";

const ROOT = path.join(__dirname, "..");
const TABLE = { file: "docs/access-file.md", start: "<!-- table: npm run generate -->", end: "<!-- end of table -->" } as const;

/** Every file that is made from the code, relative to the project's root, with its text. */
export function generatedFiles(): Record<string, string> {
  return {
    "access.schema.json": json(accessJsonSchema()),
    "docs/schemas/synth.json": json(z.toJSONSchema(synthOutputSchema, { target: "draft-7" })),
    [TABLE.file]: withTable(readFileSync(path.join(ROOT, TABLE.file), "utf8")),
  };
}

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

/** The page with its table replaced by that of the schema. */
function withTable(page: string): string {
  const [start, end] = [page.indexOf(TABLE.start), page.indexOf(TABLE.end)];
  if (start < 0 || end < start) throw new Error(`${TABLE.file} lacks its markers for the table`);
  const table = ["| key | required | meaning |", "| --- | --- | --- |", ...rows(accessJsonSchema(), "")].join("\n");
  return `${page.slice(0, start)}${TABLE.start}\n${table}\n${page.slice(end)}`;
}

/** @param must what the table says of a key that is required. */
function rows(schema: JsonSchema, prefix: string, must = "yes"): string[] {
  const own = Object.entries(schema.properties ?? {}).flatMap(([key, child]) => [row(`${prefix}${key}`, schema.required?.includes(key) ? must : "", child), ...rows(child, `${prefix}${key}.`)]);
  const named = typeof schema.additionalProperties === "object" ? rows(schema.additionalProperties, `${prefix}NAME.`) : [];
  const items = schema.items ? rows(schema.items, `${prefix.slice(0, -1)}[].`) : [];
  return [...own, ...named, ...items, ...(schema.anyOf ?? []).flatMap((choice) => rows(choice, prefix, "either"))];
}

const row = (key: string, required: string, { description }: JsonSchema): string => `| \`${key}\` | ${required} | ${(description ?? "").replaceAll("|", "\\|")} |`;
