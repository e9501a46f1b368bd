import { readFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { modelOfConfig } from "../lib/access/from-config";
import { synthOutputSchema } from "../lib/access/model";
import { Access } from "../lib/config/access";
import { accessJsonSchema, type JsonSchema } from "../lib/config/json-schema";
import { colors } from "../lib/report/colors";
import { renderSummary } from "../lib/report/summary";

const ROOT = path.join(__dirname, "..");
const TABLE = { file: "docs/access-file.md", start: "<!-- table: npm run generate -->", end: "<!-- end of table -->" } as const;
const OUTPUT = { file: "README.md", start: "<!-- output: npm run generate -->", end: "<!-- end of output -->" } as const;

/** Every file that is made from the code, relative to the project's root, with its text. */
export function generatedFiles(): Record<string, string> {
  return {
    "access.schema.json": json(accessJsonSchema()),
    "docs/schemas/synth.json": json(z.toJSONSchema(synthOutputSchema, { target: "draft-7" })),
    [TABLE.file]: between(readFileSync(path.join(ROOT, TABLE.file), "utf8"), TABLE, ["| key | required | meaning |", "| --- | --- | --- |", ...rows(accessJsonSchema(), "")].join("\n")),
    [OUTPUT.file]: between(readFileSync(path.join(ROOT, OUTPUT.file), "utf8"), OUTPUT, `\`\`\`\n${summaryOf("production")}\n\`\`\``),
  };
}

/** What `npm start` prints of one account of the sample. */
function summaryOf(account: string): string {
  const access = Access.fromFile(path.join(ROOT, "access.yaml"));
  const layout = { colors: colors(false), width: 80, folderOf: (name: string) => `cdktf.out/stacks/${name}` };
  return renderSummary(modelOfConfig([access.account(account)]), layout);
}

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

/** The page with what stands between the markers replaced. */
function between(page: string, markers: { readonly file: string; readonly start: string; readonly end: string }, text: string): string {
  const [start, end] = [page.indexOf(markers.start), page.indexOf(markers.end)];
  if (start < 0 || end < start) throw new Error(`${markers.file} lacks its markers "${markers.start}" and "${markers.end}"`);
  return `${page.slice(0, start)}${markers.start}\n${text}\n${page.slice(end)}`;
}

/** @param must what the table says of a key that is required. */
function rows(schema: JsonSchema, prefix: string, must = "yes"): string[] {
  const own = Object.entries(schema.properties ?? {}).flatMap(([key, child]) => [row(`${prefix}${key}`, schema.required?.includes(key) ? must : "", child), ...rows(child, `${prefix}${key}.`)]);
  const named = typeof schema.additionalProperties === "object" ? rows(schema.additionalProperties, `${prefix}NAME.`) : [];
  const items = schema.items ? rows(schema.items, `${prefix.slice(0, -1)}[].`) : [];
  return [...own, ...named, ...items, ...(schema.anyOf ?? []).flatMap((choice) => rows(choice, prefix, "either"))];
}

const row = (key: string, required: string, { description }: JsonSchema): string => `| \`${key}\` | ${required} | ${(description ?? "").replaceAll("|", "\\|")} |`;
