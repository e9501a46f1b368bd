import { readFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { grantsSchema } from "../lib/questions/grants";
import { outlineOf } from "../lib/config/outline-of-config";
import { synthOutputSchema } from "../lib/config/outline";
import { explainCall } from "../lib/trust/near-miss/explained";
import { explainOutputSchema } from "../lib/trust/sts/output";
import { readRoleFacts } from "../lib/trust/sts/role-facts";
import { readToken } from "../lib/trust/sts/token";
import { parseTrustDocument } from "../lib/aws/policy/trust-document";
import { STATE_ACCESS, STATE_NEEDS, type StateTarget } from "../lib/aws/terraform-state";
import { checkOutputSchema } from "../lib/check/output";
import { Access } from "../lib/config/access";
import { accessJsonSchema } from "../lib/config/access-schema";
import type { JsonSchema } from "../lib/yaml/json-schema";
import { driftOutputSchema } from "../lib/drift/output";
import { colors } from "../lib/report/colors";
import { renderExplanation } from "../lib/report/explanation";
import { renderSummary } from "../lib/report/summary";
import { reviewSchema } from "../lib/review/review";
import { rulePages } from "./rule-pages";

const ROOT = path.join(__dirname, "..");
const TABLE = {
  file: "docs/access-file.md",
  start: "<!-- table: npm run generate -->",
  end: "<!-- end of table -->",
} as const;
const OUTPUT = {
  file: "README.md",
  start: "<!-- output: npm run generate -->",
  end: "<!-- end of output -->",
} as const;
const STATE_TABLE = {
  file: "docs/state-access.md",
  start: "<!-- actions: npm run generate -->",
  end: "<!-- end of actions -->",
} as const;
/** Denials that `docs/not-authorized.md` walks through: a folder each in `docs/examples/not-authorized`. */
export const DENIALS = {
  page: "docs/not-authorized.md",
  folder: "docs/examples/not-authorized",
  cases: ["environment", "numeric-ids", "unknown-key", "wildcard", "audience"],
} as const;

/** Every file that is made from the code, relative to the project's root, with its text. */
export function generatedFiles(): Record<string, string> {
  return {
    "access.schema.json": json(accessJsonSchema()),
    "docs/schemas/access.json": json(z.toJSONSchema(grantsSchema, { target: "draft-7" })),
    "docs/schemas/check.json": json(z.toJSONSchema(checkOutputSchema, { target: "draft-7" })),
    "docs/schemas/drift.json": json(z.toJSONSchema(driftOutputSchema, { target: "draft-7" })),
    "docs/schemas/explain.json": json(z.toJSONSchema(explainOutputSchema, { target: "draft-7" })),
    "docs/schemas/review.json": json(z.toJSONSchema(reviewSchema, { target: "draft-7" })),
    "docs/schemas/synth.json": json(z.toJSONSchema(synthOutputSchema, { target: "draft-7" })),
    [TABLE.file]: between(
      readFileSync(path.join(ROOT, TABLE.file), "utf8"),
      TABLE,
      ["| key | required | meaning |", "| --- | --- | --- |", ...rows(accessJsonSchema(), "")].join("\n"),
    ),
    [OUTPUT.file]: between(
      readFileSync(path.join(ROOT, OUTPUT.file), "utf8"),
      OUTPUT,
      `\`\`\`\n${summaryOf("production")}\n\`\`\``,
    ),
    [STATE_TABLE.file]: between(
      readFileSync(path.join(ROOT, STATE_TABLE.file), "utf8"),
      STATE_TABLE,
      [
        "| action | on | `read` | `lock` | `write` | why |",
        "| --- | --- | --- | --- | --- | --- |",
        ...STATE_NEEDS.map(stateRow),
      ].join("\n"),
    ),
    ...rulePages(),
    [DENIALS.page]: DENIALS.cases.reduce(
      (page, name) => between(page, denialMarkers(name), explanationOf(name)),
      readFileSync(path.join(ROOT, DENIALS.page), "utf8"),
    ),
  };
}

const STATE_TARGETS: Readonly<Record<StateTarget, string>> = {
  bucket: "the bucket, `s3:prefix` being the state's key",
  state: "`KEY`",
  lockFile: "`KEY.tflock`",
  table: "the table",
  lockItem: "item `BUCKET/KEY`",
  digestItem: "item `BUCKET/KEY-md5`",
  kmsKey: "the KMS key, through S3",
};

/** An action of the policy for states. A need that is there for one way of locking says so. */
function stateRow({ action, target, from, lock, why }: (typeof STATE_NEEDS)[number]): string {
  const allowed = STATE_ACCESS.map((access) =>
    STATE_ACCESS.indexOf(from) <= STATE_ACCESS.indexOf(access) ? "yes" : "",
  );
  const isOfLocks = lock !== undefined && target === "kmsKey";
  return `| \`${action}\` | ${STATE_TARGETS[target]}${isOfLocks ? ", where a file locks" : ""} | ${allowed.join(" | ")} | ${why} |`;
}

const denialMarkers = (name: string): { readonly file: string; readonly start: string; readonly end: string } => ({
  file: DENIALS.page,
  start: `<!-- explain ${name}: npm run generate -->`,
  end: `<!-- end of ${name} -->`,
});

/** The command on one of the denials, and what it prints. */
function explanationOf(name: string): string {
  const [trust, claims] = ["trust.json", "claims.json"].map((file) => `${DENIALS.folder}/${name}/${file}`) as [
    string,
    string,
  ];
  const policy = readFileSync(path.join(ROOT, trust), "utf8");
  const { document, problems } = parseTrustDocument(policy);
  if (!document) throw new Error(`${trust}: ${problems[0]?.message}`);
  const explained = explainCall({
    policy: document,
    token: readToken(readFileSync(path.join(ROOT, claims), "utf8")),
    role: readRoleFacts(policy),
    at: 0,
  });
  const command = `$ cd ${DENIALS.folder}/${name}\n$ npx github-oidc explain --trust-policy trust.json --claims claims.json`;
  return `\`\`\`console\n${command}\n${renderExplanation(explained, { colors: colors(false), width: 80 })}\n\`\`\``;
}

/** What `npm start` prints of one account of the sample. */
function summaryOf(account: string): string {
  const access = Access.fromFile(path.join(ROOT, "access.yaml"));
  const layout = { colors: colors(false), width: 80, folderOf: (name: string) => `cdktf.out/stacks/${name}` };
  return renderSummary(outlineOf([access.account(account)]), layout);
}

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

/** The page with what stands between the markers replaced. */
function between(
  page: string,
  markers: { readonly file: string; readonly start: string; readonly end: string },
  text: string,
): string {
  const [start, end] = [page.indexOf(markers.start), page.indexOf(markers.end)];
  if (start < 0 || end < start)
    throw new Error(`${markers.file} lacks its markers "${markers.start}" and "${markers.end}"`);
  return `${page.slice(0, start)}${markers.start}\n${text}\n${page.slice(end)}`;
}

/** @param must what the table says of a key that is required. */
function rows(schema: JsonSchema, prefix: string, must = "yes"): string[] {
  const own = Object.entries(schema.properties ?? {}).flatMap(([key, child]) => [
    row(`${prefix}${key}`, schema.required?.includes(key) ? must : "", child),
    ...rows(child, `${prefix}${key}.`),
  ]);
  const named =
    typeof schema.additionalProperties === "object" ? rows(schema.additionalProperties, `${prefix}NAME.`) : [];
  const items = schema.items ? rows(schema.items, `${prefix.slice(0, -1)}[].`) : [];
  return [...own, ...named, ...items, ...(schema.anyOf ?? []).flatMap((choice) => rows(choice, prefix, "either"))];
}

const row = (key: string, required: string, { description }: JsonSchema): string =>
  `| \`${key}\` | ${required} | ${(description ?? "").replaceAll("|", "\\|")} |`;
