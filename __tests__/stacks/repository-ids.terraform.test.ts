import { literal } from "../../lib/constructs/template";
import { evaluate, terraformMissing } from "../constructs/terraform-console";
import { onlyBlock } from "../constructs/terraform-json";
import { synthesizeMain } from "./synthesize";

/** What the conditions stand for, in their order. */
const CHECKS = ["found", "named", "said", "owner", "repository"] as const;
type Check = (typeof CHECKS)[number];

const ok = (body: unknown): { code: number; body: string } => ({
  code: 200,
  body: typeof body === "string" ? body : JSON.stringify(body),
});
const repository = (change: object = {}): { code: number; body: string } =>
  ok({ id: 74, name: "web", full_name: "octo-org/web", owner: { login: "octo-org", id: 65 }, ...change });

/** GitHub's answers about octo-org/web, of which the file has the owner's id 65 but not its own, and the checks that each fails. */
const ANSWERS: readonly (readonly [string, { code: number; body: string }, readonly Check[]])[] = [
  ["the repository", repository(), []],
  ["an id of many digits", repository({ id: 9_007_199_254_740_991 }), ["repository"]],
  ["no repository", { code: 404, body: '{"message":"Not Found"}' }, ["found"]],
  ["an error with the body of an answer", { code: 500, body: repository().body }, ["found"]],
  ["no JSON", ok("<html>"), ["named", "said", "owner", "repository"]],
  ["an empty object", ok({}), ["named", "said", "owner", "repository"]],
  ["another name", repository({ name: "shop" }), ["named"]],
  ["another spelling", repository({ name: "Web" }), ["named"]],
  ["another owner, who took the name", repository({ owner: { login: "octo-org", id: 66 } }), ["owner"]],
  ["another repository, which took the name", repository({ id: 75 }), ["repository"]],
  ["a transferred repository", repository({ owner: { login: "evil", id: 66 } }), ["named", "owner"]],
  ["no id", repository({ id: null }), ["said", "repository"]],
  ["an id that is no number", repository({ id: "7*" }), ["said", "repository"]],
  ["half an id", repository({ id: 74.5 }), ["said", "repository"]],
  ["no id that GitHub gives", repository({ id: 0 }), ["said", "repository"]],
];

const missing = terraformMissing();

(missing === undefined ? describe : describe.skip)(
  `A repository whose ids are looked up, when GitHub answers with${missing === undefined ? "" : ` (skipped: ${missing})`}`,
  () => {
    let verdicts: readonly (readonly string[])[];
    let prefix: string;

    beforeAll(() => {
      const { data, locals } = synthesizeMain({
        github: { ownerId: "65", subjects: "both" },
        repositories: { web: { roles: { plan: { allow: [{ branch: "main" }] } } } },
      });
      const given = onlyBlock(data, "github_rest_api").lifecycle?.postcondition ?? [];
      expect(given).toHaveLength(4);
      // Of a repository whose own id is in the file the answer is trusted without a look: here the fifth condition is made from the fourth.
      const conditions = [
        ...given,
        { condition: (given[3]?.condition ?? "").replaceAll(".owner.id", ".id").replace('"65"', '"74"') },
      ].map(({ condition }) => condition.slice(2, -1));
      const answers = ANSWERS.map(([, { code, body }]) => ({ code, body: literal(body) }));
      // A condition that cannot be evaluated is none that fails: it must say false.
      verdicts = evaluate(
        { answers },
        `[for self in local.answers : [${conditions.map((condition) => `try(tostring(${condition}), "no truth value")`).join(", ")}]]`,
      ) as string[][];
      const written = String(Object.values(locals ?? {})[0])
        .slice(2, -1)
        .replaceAll(/data\.github_rest_api\.[\w-]+\.body/g, "local.answers[0].body");
      prefix = evaluate({ answers }, written) as string;
    });

    test.each(
      ANSWERS.map(
        ([title, , failing], index) =>
          [title, failing.length > 0 ? `fails the plan: ${failing.join(", ")}` : "is trusted", index, failing] as const,
      ),
    )("%s, %s", (_, __, index, failing) => {
      expect(Object.fromEntries(CHECKS.map((check, at) => [check, verdicts[index]?.[at]]))).toEqual(
        Object.fromEntries(CHECKS.map((check) => [check, String(!failing.includes(check))])),
      );
    });

    test("itself, gives the prefix with its ids", () => expect(prefix).toBe("repo:octo-org@65/web@74"));
  },
);
