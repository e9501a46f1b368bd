import { literal } from "../../lib/constructs/template";
import { evaluate, terraformMissing } from "../constructs/terraform-console";
import { onlyBlock, type Postcondition } from "../constructs/terraform-json";
import { synthesizeMain } from "./synthesize";

interface Answer {
  readonly code: number;
  readonly body: string;
}

/** What the conditions stand for, in their order. */
const CHECKS = ["found", "plain", "said", "own"] as const;
type Check = (typeof CHECKS)[number];

const ok = (body: unknown): Answer => ({ code: 200, body: typeof body === "string" ? body : JSON.stringify(body) });
const prefix = (sub_claim_prefix: unknown): Answer => ok({ use_default: true, sub_claim_prefix });

/** GitHub's answers about octo-org/web, and the checks that each fails. None: the prefix is trusted. */
const ANSWERS: readonly (readonly [string, Answer, readonly Check[]])[] = [
  ["a repository with ids", prefix("repo:octo-org@65/web@74"), []],
  ["a repository by name", prefix("repo:octo-org/web"), []],
  [
    "a repository with ids, whatever the flag beside says",
    ok({ use_default: true, use_immutable_subject: false, sub_claim_prefix: "repo:octo-org@65/web@74" }),
    [],
  ],
  ["a repository that was renamed", prefix("repo:octo-org@65/shop.v2_x-y@74"), []],
  ["an owner in GitHub's own spelling", prefix("repo:Octo-Org/web"), []],
  ["an owner in GitHub's own spelling, with ids", prefix("repo:OCTO-ORG@65/Web@74"), []],
  [
    "the default's own keys, listed",
    ok({ use_default: false, include_claim_keys: ["repo", "context"], sub_claim_prefix: "repo:octo-org/web" }),
    [],
  ],

  ["no repository", { code: 404, body: '{"message":"Not Found","status":"404"}' }, ["found"]],
  ["no permission", { code: 403, body: '{"message":"Resource not accessible by integration"}' }, ["found"]],
  ["a redirect", { code: 301, body: '{"message":"Moved Permanently"}' }, ["found"]],
  ["an error of GitHub's", { code: 500, body: "<html>Unicorn!</html>" }, ["found"]],
  ["an error of GitHub's with the body of an answer", { code: 503, body: prefix("repo:octo-org/web").body }, ["found"]],
  ["another success", { code: 202, body: prefix("repo:octo-org/web").body }, ["found"]],

  ["no JSON", ok("<html>Log in</html>"), ["plain", "said"]],
  ["nothing", ok(""), ["plain", "said"]],
  ["null", ok("null"), ["plain", "said"]],
  ["a list", ok("[]"), ["plain", "said"]],
  ["a text", ok('"repo:octo-org/web"'), ["plain", "said"]],
  ["an empty object", ok({}), ["plain", "said"]],
  ["no word of a template", ok({ sub_claim_prefix: "repo:octo-org/web" }), ["plain"]],

  [
    "a template",
    ok({
      use_default: false,
      include_claim_keys: ["repository_owner_id", "repo"],
      sub_claim_prefix: "repo:octo-org/web",
    }),
    ["plain"],
  ],
  ["the organization's template", ok({ use_default: false, sub_claim_prefix: "repo:octo-org/web" }), ["plain"]],
  [
    "the organization's template, without keys",
    ok({ use_default: false, include_claim_keys: [], sub_claim_prefix: "repo:octo-org/web" }),
    ["plain"],
  ],
  [
    "the default's keys the other way round",
    ok({ use_default: false, include_claim_keys: ["context", "repo"], sub_claim_prefix: "repo:octo-org/web" }),
    ["plain"],
  ],
  [
    "the default's keys and one more",
    ok({ use_default: false, include_claim_keys: ["repo", "context", "actor"], sub_claim_prefix: "repo:octo-org/web" }),
    ["plain"],
  ],
  [
    "the default's keys in one text",
    ok({ use_default: false, include_claim_keys: '["repo","context"]', sub_claim_prefix: "repo:octo-org/web" }),
    ["plain"],
  ],
  ["null for the default", ok({ use_default: null, sub_claim_prefix: "repo:octo-org/web" }), ["plain"]],
  ["a word for the default", ok({ use_default: "perhaps", sub_claim_prefix: "repo:octo-org/web" }), ["plain"]],
  ["a list for the default", ok({ use_default: [true], sub_claim_prefix: "repo:octo-org/web" }), ["plain"]],

  ["no prefix", ok({ use_default: true }), ["said"]],
  ["null for the prefix", prefix(null), ["said"]],
  ["an empty prefix", prefix(""), ["said"]],
  ["a list for the prefix", prefix(["repo:octo-org/web"]), ["said"]],
  ["an object for the prefix", prefix({}), ["said"]],
  ["a line break for the prefix", prefix("\n"), ["said"]],
  ["a number for the prefix", prefix(7), ["own"]],
  ["a truth value for the prefix", prefix(true), ["own"]],

  ["another owner", prefix("repo:evil/web"), ["own"]],
  ["another owner, with ids", prefix("repo:evil@66/web@74"), ["own"]],
  ["an owner whose name begins the same", prefix("repo:octo-org-evil/web"), ["own"]],
  ["an owner whose name ends the same", prefix("repo:evil-octo-org/web"), ["own"]],
  ["an owner where the name's dash is another character", prefix("repo:octoxorg/web"), ["own"]],
  ["the withdrawn form with hyphens", prefix("repo:octo-org-65/web-74"), ["own"]],
  ["the owner's id alone", prefix("repo:octo-org@65/web"), ["own"]],
  ["the repository's id alone", prefix("repo:octo-org/web@74"), ["own"]],
  ["ids that are no numbers", prefix("repo:octo-org@x/web@74"), ["own"]],
  ["empty ids", prefix("repo:octo-org@/web@"), ["own"]],
  ["a wildcard for the repository", prefix("repo:octo-org/*"), ["own"]],
  ["a wildcard for an id", prefix("repo:octo-org@65/web@*"), ["own"]],
  ["no repository's name", prefix("repo:octo-org/"), ["own"]],
  ["a path", prefix("repo:octo-org/web/x"), ["own"]],
  ["the owner alone", prefix("repo:octo-org"), ["own"]],
  ["another claim first", prefix("repository:octo-org/web"), ["own"]],
  ["a whole subject", prefix("repo:octo-org/web:ref:refs/heads/main"), ["own"]],
  ["a colon behind", prefix("repo:octo-org/web:"), ["own"]],
  ["a line break behind", prefix("repo:octo-org/web\n"), ["own"]],
  ["a second line", prefix("repo:octo-org/web\nrepo:evil/web"), ["own"]],
  ["a line before", prefix("repo:evil/web\nrepo:octo-org/web"), ["own"]],
  ["a space before", prefix(" repo:octo-org/web"), ["own"]],
  ["a quotation mark in it", prefix('repo:octo-org/web","repo:evil/web'), ["own"]],
  ["an expression in it", prefix("repo:octo-org/${web}"), ["own"]],

  [
    "a template and another owner",
    ok({ use_default: false, include_claim_keys: ["actor"], sub_claim_prefix: "repo:evil/web" }),
    ["plain", "own"],
  ],
];

const missing = terraformMissing();

(missing === undefined ? describe : describe.skip)(
  `A looked-up repository, when GitHub answers with${missing === undefined ? "" : ` (skipped: ${missing})`}`,
  () => {
    let verdicts: readonly (readonly string[])[];
    let messages: readonly (readonly string[])[];

    beforeAll(() => {
      const postconditions = postconditionsOf("github.com");
      const answers = ANSWERS.map(([, { code, body }]) => ({ code, body: literal(body) }));
      const each = (expressions: readonly string[]): string =>
        `[for self in local.answers : [${expressions.join(", ")}]]`;
      // A condition that cannot be evaluated is none that fails: it must say false.
      verdicts = evaluate(
        { answers },
        each(postconditions.map(({ condition }) => `try(tostring(${expressionOf(condition)}), "no truth value")`)),
      ) as string[][];
      messages = evaluate(
        { answers },
        each(postconditions.map((postcondition) => quoted(postcondition.error_message))),
      ) as string[][];
    });

    test.each(
      ANSWERS.map(
        ([title, , failing], index) =>
          [
            title,
            failing.length > 0 ? `fails the plan: not ${failing.join(" and not ")}` : "is trusted",
            index,
            failing,
          ] as const,
      ),
    )("%s, %s", (_, __, index, failing) => {
      expect(Object.fromEntries(CHECKS.map((check, at) => [check, verdicts[index]?.[at]]))).toEqual(
        Object.fromEntries(CHECKS.map((check) => [check, String(!failing.includes(check))])),
      );
    });

    test("anything, can be told what is wrong: the sentences name what GitHub said", () => {
      const indexOf = (title: string): number => ANSWERS.findIndex(([each]) => each === title);
      expect(messages[indexOf("no repository")]?.[0]).toContain("(GitHub answered 404)");
      expect(messages[indexOf("another owner")]?.[3]).toContain(
        'begin with "repo:evil/web", which is not a repository of octo-org',
      );
      expect(messages[indexOf("no JSON")]?.[3]).toContain("begin with nothing");
      expect(messages[indexOf("null for the prefix")]?.[3]).toContain("begin with null");
      expect(messages[indexOf("a second line")]?.[3]).toContain('begin with "repo:octo-org/web\\nrepo:evil/web"');
    });

    test("anything, is on GitHub Enterprise Server held to the first two checks", () => {
      expect(postconditionsOf("github.example.com")).toEqual(postconditionsOf("github.com").slice(0, 2));
    });
  },
);

function postconditionsOf(host: string): readonly Postcondition[] {
  const { data } = synthesizeMain({
    github: { host },
    repositories: { web: { roles: { plan: { allow: [{ branch: "main" }] } } } },
  });
  return onlyBlock(data, "github_rest_api").lifecycle?.postcondition ?? [];
}

/** What stands between "${" and "}". */
function expressionOf(template: string): string {
  expect(template).toMatch(/^\$\{.*\}$/s);
  return template.slice(2, -1);
}

/** A template of Terraform's JSON, in the notation of HCL. */
function quoted(template: string): string {
  // Quotation marks inside an expression are its own.
  return `"${template.replaceAll(/\$\{[^}]*\}|"/g, (part) => (part === '"' ? '\\"' : part))}"`;
}
