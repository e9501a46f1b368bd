import { readFileSync } from "node:fs";
import path from "node:path";
import { fromPlanText } from "../../lib/access/from-plan";
import { fromStackJson } from "../../lib/access/from-synth";
import { grantsOf, grantsSchema } from "../../lib/access/grants";
import { accessModelSchema, type AccessModel } from "../../lib/access/model";
import { SourceError } from "../../lib/access/source-error";
import { colors } from "../../lib/report/colors";
import { renderGrants } from "../../lib/report/grants";
import { renderGrantsMarkdown } from "../../lib/report/grants-markdown";
import { renderGrantsMermaid } from "../../lib/report/grants-mermaid";
import type { FuzzTarget } from "./harness";

const read = (file: string): string => readFileSync(path.join(__dirname, "..", file), "utf8");
const DICTIONARY = ['"after_unknown"', "true", "null", "[]", "{}", '"references"', '"var.x"', '"module.roles.x"', '"__proto__"', '"constant_value"', "${", "$${", "%{", "${local.x}", '"values"', "1e999", "-1", '"index"', "*"];

/** The reader of plans and states. */
export const planFuzz: FuzzTarget = {
  name: "plan",
  corpus: ["policy-document-module", "deprecated-arguments", "organization-wide"].map((name) => read(`access/fixtures/plans/${name}.json`)),
  dictionary: DICTIONARY,
  run: (input) => check(() => fromPlanText(textOf(input), "plan")),
};

/** The reader of Terraform in JSON. */
export const stackFuzz: FuzzTarget = {
  name: "stack",
  corpus: [read("stacks/golden/staging.json")],
  dictionary: DICTIONARY,
  run: (input) => {
    const json = parsed(textOf(input));
    if (json !== undefined) check(() => fromStackJson(json));
  },
};

const textOf = (input: string | Uint8Array): string => (typeof input === "string" ? input : new TextDecoder().decode(input));

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** Whatever is read is a whole model, of which grants can be told in every form. */
function check(readModel: () => AccessModel): void {
  const model = modelOr(readModel);
  if (!model) return;
  accessModelSchema.parse(model);
  const grants = grantsSchema.parse(grantsOf(model));
  for (const text of [renderGrants(grants, { colors: colors(false), width: 80 }), renderGrantsMarkdown(grants), renderGrantsMermaid(grants)])
    if (/[\u0000-\u0009\u000b-\u001f\u007f]/.test(text)) throw new Error("a control character reaches the terminal");
}

function modelOr(readModel: () => AccessModel): AccessModel | undefined {
  try {
    return readModel();
  } catch (error) {
    if (error instanceof SourceError) return undefined;
    throw error;
  }
}
