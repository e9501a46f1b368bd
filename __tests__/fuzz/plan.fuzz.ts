import { readFileSync } from "node:fs";
import path from "node:path";
import { fromPlanText } from "../../lib/readers/from-plan";
import { planChangeOfText } from "../../lib/readers/from-plan-change";
import { fromStackJson } from "../../lib/readers/from-synth";
import { grantsOf, grantsSchema } from "../../lib/questions/grants";
import { accessModelSchema, type AccessModel } from "../../lib/model/model";
import { SourceError } from "../../lib/model/source-error";
import { colors } from "../../lib/report/colors";
import { renderGrants } from "../../lib/report/grants";
import { renderGrantsMarkdown } from "../../lib/report/grants-markdown";
import { renderGrantsMermaid } from "../../lib/report/grants-mermaid";
import { ACCOUNT, attachmentValues, change, configured, held, planText, roleValues } from "../readers/small-plan";
import type { FuzzTarget } from "./harness";

const read = (file: string): string => readFileSync(path.join(__dirname, "..", file), "utf8");
const DICTIONARY = [
  '"after_unknown"',
  "true",
  "null",
  "[]",
  "{}",
  '"references"',
  '"var.x"',
  '"module.roles.x"',
  '"__proto__"',
  '"constant_value"',
  "${",
  "$${",
  "%{",
  "${local.x}",
  '"values"',
  "1e999",
  "-1",
  '"index"',
  "*",
];

/** Each kind of change once. */
const CHANGES = [
  planText({
    changes: [
      change("aws_iam_role.a", "update", roleValues("a"), roleValues("a", { path: "/x/" }), {
        change: { before_sensitive: { name: true }, after_sensitive: { inline_policy: [{ policy: true }] } },
      }),
      change("aws_iam_role.b", "no-op", roleValues("b"), roleValues("b"), {
        previous_address: "aws_iam_role.old",
        change: { importing: { id: "b" } },
      }),
      change(
        "aws_iam_role.c",
        "delete,create",
        roleValues("c"),
        { name: "c" },
        { change: { after_unknown: { arn: true, managed_policy_arns: true } } },
      ),
      change("aws_iam_role.c", "delete", roleValues("d"), null, { deposed: "abcd1234" }),
      change('module.m.aws_iam_role_policy_attachment.x["k"]', "forget", attachmentValues("a", "A"), null),
      change(
        "github_actions_secret.s",
        "create",
        null,
        { repository: "web", secret_name: "A" },
        { change: { after_unknown: { plaintext_value: true }, after_sensitive: { plaintext_value: true } } },
      ),
    ],
    prior: [
      held("aws_iam_role.e", roleValues("e"), { deposed_key: "1" }),
      held("data.aws_caller_identity.x", { account_id: ACCOUNT }),
    ],
    drift: [change("aws_iam_role.a", "update", roleValues("a"), roleValues("a", { path: "/y/" }))],
    configuration: [
      configured("aws_iam_role.a", { name: null }),
      configured("github_actions_secret.s", { plaintext_value: "aws_iam_role.a.arn" }),
    ],
  }),
];

/** The reader of plans and states. */
export const planFuzz: FuzzTarget = {
  name: "plan",
  corpus: ["policy-document-module", "deprecated-arguments", "organization-wide"].map((name) =>
    read(`readers/fixtures/plans/${name}.json`),
  ),
  dictionary: DICTIONARY,
  run: (input) => check(() => fromPlanText(textOf(input), "plan")),
};

/** The reader of what a plan changes. */
export const planChangeFuzz: FuzzTarget = {
  name: "plan change",
  corpus: [
    ...CHANGES,
    ...["policy-document-module", "deprecated-arguments"].map((name) => read(`readers/fixtures/plans/${name}.json`)),
  ],
  dictionary: [
    ...DICTIONARY,
    '"before_sensitive"',
    '"after_sensitive"',
    '"previous_address"',
    '"deposed"',
    '"no-op"',
    '"forget"',
    '"delete","create"',
    '"resource_drift"',
    '"importing"',
  ],
  run: (input) => {
    const change = resultOr(() => planChangeOfText(textOf(input), "plan"));
    if (!change) return;
    for (const model of [change.before, change.after, change.beforeDrift]) if (model) accessModelSchema.parse(model);
    for (const { accounts } of [change.before, change.after])
      for (const { roles } of accounts)
        if (new Set(roles.map(({ location }) => JSON.stringify(location))).size !== roles.length)
          throw new Error("a role is there twice");
  },
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

const textOf = (input: string | Uint8Array): string =>
  typeof input === "string" ? input : new TextDecoder().decode(input);

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** Whatever is read is a whole model, of which grants can be told in every form. */
function check(readModel: () => AccessModel): void {
  const model = resultOr(readModel);
  if (!model) return;
  accessModelSchema.parse(model);
  const grants = grantsSchema.parse(grantsOf(model));
  for (const text of [
    renderGrants(grants, { colors: colors(false), width: 80 }),
    renderGrantsMarkdown(grants),
    renderGrantsMermaid(grants),
  ])
    if (/[\u0000-\u0009\u000b-\u001f\u007f]/.test(text)) throw new Error("a control character reaches the terminal");
}

function resultOr<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof SourceError) return undefined;
    throw error;
  }
}
