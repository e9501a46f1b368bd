import fc from "fast-check";
import type { FoundRole } from "../../../lib/model/find-role";
import type { ProviderModel } from "../../../lib/model/model";
import type { StatementModel, TrustModel } from "../../../lib/trust/trust-model";
import { explainRole, type RoleCall, type RoleExplained } from "../../../lib/questions/role-call/explain-role";
import { ContradictoryClaims } from "../../../lib/questions/role-call/token-repository";
import { bareClaims } from "../../../lib/trust/sts/token";
import type { Text } from "../../../lib/trust/text";
import type { GithubJob } from "../../../lib/github/job";
import { mintClaims } from "../../../lib/github/token";
import { ACCOUNT, CLAIMS, ISSUER, PROVIDER, SUBJECT } from "../../trust/calls";
import { account, condition, LOOKUP, roleOf, statement, subjects, unknown } from "./roles";
import { casesMet, runs } from "../../support/runs";

const MAIN = ":ref:refs/heads/main";
const IDS = "repo:octo-org@65/web-shop@74";
const REPOSITORY = "octo-org/web-shop";
const AT = 1_795_000_000;

const calling = (claims: object, otherwise: Partial<RoleCall> = {}): RoleCall => ({
  token: bareClaims(claims),
  at: AT,
  ...otherwise,
});
const job = (given: Partial<GithubJob>): RoleCall =>
  calling(mintClaims({ repository: REPOSITORY, issuedAt: AT, ...given }));
const withIds = { immutableSubject: true, ownerId: 65, repositoryId: 74 };

/** The decision, or what is missing for one. */
function decided(result: RoleExplained): string {
  if ("explained" in result) return result.explained.verdict.decision;
  return "refused" in result ? `refused: ${result.refused.join(", ")}` : `unknown: ${result.unknown.join(", ")}`;
}

function stepOf(result: RoleExplained, name: string): string {
  if (!("explained" in result)) throw new Error(decided(result));
  const step = result.explained.verdict.steps.find((each) => each.name === name);
  return `${step?.outcome}: ${step?.detail}`;
}

describe("both forms, of which the plan looks the ids up", () => {
  const lookup: Text = [{ lookup: REPOSITORY, withIds: true }, MAIN];
  const role = roleOf([subjects(`repo:${REPOSITORY}${MAIN}`, lookup)]);

  test.each<[string, RoleCall, string]>([
    ["a job by names", job({}), "allow"],
    ["a job by ids", job(withIds), "allow"],
    ["another job by ids", job({ branch: "topic", ...withIds }), "deny"],
    [
      "a job of another repository, by ids",
      calling(mintClaims({ repository: "octo-org/other", issuedAt: AT, ...withIds })),
      "deny",
    ],
  ])("%s", (_, call, decision) => expect(decided(explainRole(role, call))).toBe(decision));

  test("alone admit no job by names", () =>
    expect(decided(explainRole(roleOf([subjects(lookup)]), job({})))).toBe("deny"));
});

describe("a prefix that the plan looks up", () => {
  const role = roleOf([subjects([LOOKUP, MAIN])]);

  test.each<[string, RoleCall, string]>([
    ["a job of the repository, by names", job({}), "allow"],
    ["a job of the repository, by ids", job(withIds), "allow"],
    ["another job of it", job({ branch: "topic", ...withIds }), "deny"],
    ["the same job of another repository", job({ repository: "octo-org/other" }), "deny"],
    ["of one whose name goes on", job({ repository: "octo-org/web-shop-evil" }), "deny"],
    ["of the same name with another owner", job({ repository: "evil/web-shop", ...withIds }), "deny"],
    ["of an owner whose name goes on", job({ repository: "octo-org-evil/web-shop" }), "deny"],
    ["a customised subject", job({ subjectTemplate: ["repository_id", "context"] }), "deny"],
    ["the subject alone, by names", calling({ sub: SUBJECT }), "allow"],
    ["the subject alone, by ids", calling({ sub: `${IDS}${MAIN}` }), "allow"],
    ["the subject alone, of another", calling({ sub: `repo:octo-org@65/other@74${MAIN}` }), "deny"],
    ["ids joined by hyphens are another name", calling({ sub: `repo:octo-org-65/web-shop-74${MAIN}` }), "deny"],
    ["half a pair of ids", calling({ sub: `repo:octo-org@65/web-shop${MAIN}` }), "deny"],
    ["no subject", calling({ repository: REPOSITORY }), "deny"],
  ])("%s", (_, call, expected) => expect(decided(explainRole(role, call))).toBe(expected));

  test("is GitHub's, also where the file spells it in another case", () => {
    const other = roleOf([subjects([{ lookup: "Octo-Org/Web-Shop" }, MAIN])]);
    expect(decided(explainRole(other, job(withIds)))).toBe("allow");
    expect(stepOf(explainRole(other, job(withIds)), "trust-policy")).toContain(`"${IDS}"`);
  });

  test("was taken from the token, and that is said", () => {
    expect(stepOf(explainRole(role, job(withIds)), "trust-policy")).toBe(
      `pass: statement 1 lets the token in; "${IDS}" and its ids 65 and 74 were taken from the token: the plan reads the real ones from GitHub`,
    );
    expect(stepOf(explainRole(role, job({})), "trust-policy")).toBe(
      'pass: statement 1 lets the token in; "repo:octo-org/web-shop" was taken from the token: the plan reads the real one from GitHub',
    );
    expect(stepOf(explainRole(role, job({ repository: "evil/x" })), "trust-policy")).toMatch(
      /^fail: Not authorized to perform sts:AssumeRoleWithWebIdentity; subjects of octo-org\/web-shop are written without ids here: /,
    );
  });

  test("is not said of a policy that looks nothing up", () =>
    expect(stepOf(explainRole(roleOf([subjects(SUBJECT)]), job({})), "trust-policy")).toBe(
      "pass: statement 1 lets the token in",
    ));

  test("cannot be had from claims that contradict each other; a policy without it judges them as they are", () => {
    const odd = calling({ ...CLAIMS, repository: "octo-org/other" });
    expect(() => explainRole(role, odd)).toThrow(ContradictoryClaims);
    expect(decided(explainRole(roleOf([subjects(SUBJECT)]), odd))).toBe("allow");
  });

  test("of another repository may have ids or not: where that decides, nothing is decided", () => {
    const open = roleOf([statement([condition("sub", [[LOOKUP, "*"]], "StringLike")])]);
    expect(decided(explainRole(open, job({ repository: "octo-org/web-shop-evil" })))).toBe(
      "unknown: whether subjects of octo-org/web-shop carry ids",
    );
    expect(decided(explainRole(open, job({})))).toBe("allow");
    expect(decided(explainRole(open, job({ repository: "octo-org/other" })))).toBe("deny");
  });

  test("of several others each may have ids or not", () => {
    const sub = (repository: string): StatementModel["conditions"] => [
      condition("sub", [[{ lookup: repository }, "*"]], "StringLike"),
    ];
    const mixed = roleOf([statement(sub("octo-org/web")), statement(sub("octo-org/web-shop"), { effect: "Deny" })]);
    // By names it is denied, by ids nobody allows it; with names of the first and ids of the second it would be allowed.
    expect(decided(explainRole(mixed, job({ repository: "octo-org/web-shop-2" })))).toBe(
      "unknown: whether subjects of octo-org/web carry ids, whether subjects of octo-org/web-shop carry ids",
    );
  });

  test("of several each is its own", () => {
    const two = roleOf([subjects([LOOKUP, MAIN], [{ lookup: "octo-org/docs" }, ":pull_request"])]);
    expect(
      ["web-shop", "docs", "other"].map((name) =>
        decided(explainRole(two, job({ repository: `octo-org/${name}`, ...withIds }))),
      ),
    ).toEqual(["allow", "deny", "deny"]);
    expect(decided(explainRole(two, job({ repository: "octo-org/docs", pullRequest: 7, ...withIds })))).toBe("allow");
  });

  test("a stranger is never told to let his ids in", () => {
    const result = explainRole(role, job({ repository: "evil/web-shop", ...withIds }));
    expect("explained" in result && result.explained.hints.map(({ id }) => id)).toEqual(["other-repository"]);
  });

  const anyJob = fc.record({
    repository: fc.constantFrom(REPOSITORY, "octo-org/web-shop-evil", "evil/web-shop", "octo-org/docs"),
    branch: fc.constantFrom("main", "topic"),
    immutableSubject: fc.boolean(),
    ownerId: fc.constant(65),
    repositoryId: fc.constantFrom(74, 75),
  });
  const suffix = fc.constantFrom(MAIN, ":*", "*", ":ref:refs/heads/*", "-evil:*", "");
  test("decides as the policy will, once the plan has put the real prefix in", () => {
    const seen = { allow: 0, deny: 0 };
    fc.assert(
      fc.property(
        anyJob,
        suffix,
        fc.constantFrom("StringLike", "StringNotLike"),
        fc.constantFrom<"Allow" | "Deny">("Allow", "Deny"),
        fc.boolean(),
        (given, rest, operator, effect, hasIds) => {
          const isOwn = given.repository === REPOSITORY;
          const immutable = isOwn ? given.immutableSubject : hasIds;
          const real = immutable
            ? `repo:octo-org@65/web-shop@${isOwn ? given.repositoryId : 99}`
            : "repo:octo-org/web-shop";
          const everyone = statement([condition("sub", ["repo:*"], "StringLike")]);
          const trust = (sub: Text): StatementModel[] => [
            statement([condition("sub", [sub], operator)], { effect }),
            ...(effect === "Deny" ? [everyone] : []),
          ];
          const before = decided(explainRole(roleOf(trust([LOOKUP, rest])), job(given)));
          if (before === "unknown: whether subjects of octo-org/web-shop carry ids") return;
          const after = decided(explainRole(roleOf(trust(`${real}${rest}`)), job(given)));
          expect(before).toBe(after);
          seen[after as "allow" | "deny"] += 1;
        },
      ),
      { numRuns: runs(500) },
    );
    expect(Math.min(seen.allow, seen.deny)).toBeGreaterThan(casesMet(50));
  });
});

describe("what is not known of a trust policy", () => {
  const ORG: Text = ["repo:", unknown("var.org"), `/web-shop${MAIN}`];
  const aud = (value: string): StatementModel["conditions"][number] => condition("aud", [value]);
  const someone = (...actions: string[]): StatementModel =>
    statement([], { principals: [{ kind: "AWS", value: [unknown("module.ci.arn")] }], actions });

  test.each<[string, StatementModel[] | TrustModel, string]>([
    ["a subject", [subjects(ORG)], "unknown: var.org"],
    ["a subject, and the audience is another", [statement([condition("sub", [ORG]), aud("other")])], "deny"],
    [
      "a subject, and a key is wanted that AWS does not have",
      [statement([condition("sub", [ORG]), condition("repository_owner", ["octo-org"])])],
      "deny",
    ],
    ["a subject beside one that matches", [subjects(ORG, SUBJECT)], "allow"],
    ["a subject beside one that does not", [subjects(ORG, "repo:x/y:pull_request")], "unknown: var.org"],
    [
      "a value of a key that the call lacks",
      [
        statement([
          condition("sub", [SUBJECT], "StringLike"),
          condition("environment", [[unknown("var.environment")]]),
        ]),
      ],
      "deny",
    ],
    [
      "the same, where the key may be lacking",
      [
        statement([
          condition("sub", [SUBJECT]),
          condition("environment", [[unknown("var.environment")]], "StringEqualsIfExists"),
        ]),
      ],
      "allow",
    ],
    ["a statement beside one that lets in", [subjects(ORG), subjects(SUBJECT)], "allow"],
    ["a statement beside one that does not", [subjects(ORG), subjects("repo:x/y:pull_request")], "unknown: var.org"],
    [
      "values that are shut out, and one that shuts out is known",
      [statement([condition("sub", [ORG, SUBJECT], "StringNotEquals")])],
      "deny",
    ],
    ["values that are shut out", [statement([condition("sub", [ORG], "StringNotEquals")])], "unknown: var.org"],
    ["a denial", [subjects(SUBJECT), statement([condition("sub", [ORG])], { effect: "Deny" })], "unknown: var.org"],
    [
      "a denial about another audience",
      [subjects(SUBJECT), statement([condition("sub", [ORG]), aud("other")], { effect: "Deny" })],
      "allow",
    ],
    [
      "a denial, and nothing allows",
      [subjects("repo:x/y:pull_request"), statement([condition("sub", [ORG])], { effect: "Deny" })],
      "deny",
    ],
    ["what is allowed, and it is denied", [subjects(ORG), statement([], { effect: "Deny" })], "deny"],
    ["whether a key is there", [statement([condition("sub", [[unknown("var.null")]], "Null")])], "unknown: var.null"],
    ["a principal that may do something else", [subjects(SUBJECT), someone("sts:AssumeRole")], "allow"],
    ["a principal that may do the same", [someone("sts:*")], "unknown: module.ci.arn"],
    [
      "a principal that is denied the same",
      [subjects(SUBJECT), { ...someone("sts:*"), effect: "Deny" }],
      "unknown: module.ci.arn",
    ],
    [
      "a principal beside the provider",
      [
        statement([condition("sub", [SUBJECT])], {
          principals: [
            { kind: "Federated", value: PROVIDER },
            { kind: "AWS", value: [unknown("module.ci.arn")] },
          ],
        }),
      ],
      "allow",
    ],
    [
      "the provider",
      [
        statement([condition("sub", [SUBJECT])], {
          principals: [{ kind: "Federated", value: [unknown("var.provider")] }],
        }),
      ],
      "unknown: var.provider",
    ],
    [
      "the provider, and the subject is another",
      [
        statement([condition("sub", ["repo:x/y:pull_request"])], {
          principals: [{ kind: "Federated", value: [unknown("var.provider")] }],
        }),
      ],
      "unknown: var.provider",
    ],
    ["all of it", { unknown: "var.policy" }, "unknown: var.policy"],
    ["nothing, but AWS would refuse it", { refused: ["there is no statement"] }, "refused: there is no statement"],
  ])("%s", (_, trust, expected) => expect(decided(explainRole(roleOf(trust), calling(CLAIMS)))).toBe(expected));

  test("is said, where the decision is the same", () =>
    expect(stepOf(explainRole(roleOf([subjects(ORG, SUBJECT)]), calling(CLAIMS)), "trust-policy")).toBe(
      "pass: statement 1 lets the token in; the decision is the same whatever becomes of what is not known yet: var.org",
    ));

  test("a provider of which only the account is not known is the role's", () => {
    const value: Text = [
      "arn:aws:iam::",
      unknown("data.aws_caller_identity.current.account_id"),
      `:oidc-provider/${ISSUER}`,
    ];
    const trust = [statement([condition("sub", [SUBJECT])], { principals: [{ kind: "Federated", value }] })];
    const result = explainRole(roleOf(trust), calling(CLAIMS));
    expect([decided(result), stepOf(result, "issuer")]).toEqual(["allow", `pass: ${ISSUER} in account ${ACCOUNT}`]);
    expect(stepOf(result, "trust-policy")).toContain(
      "the provider's account is not known, and was taken for the role's own",
    );
    const nowhere = explainRole(
      roleOf(trust, { arn: ["arn:aws:iam::", unknown("account"), ":role/deploy"] }, { id: null }),
      calling(CLAIMS),
    );
    expect([decided(nowhere), stepOf(nowhere, "issuer")]).toEqual([
      "allow",
      `pass: ${ISSUER} in the role's account, whichever that is`,
    ]);
  });

  const part = fc.constantFrom<Text>(SUBJECT, "repo:x/y:pull_request", [unknown("a")], ["repo:", unknown("b"), MAIN]);
  const anyCondition = fc.record({
    claim: fc.constantFrom("sub", "aud", "ref", "environment"),
    values: fc.array(part, { minLength: 1, maxLength: 3 }),
    operator: fc.constantFrom(
      "StringEquals",
      "StringLike",
      "StringNotEquals",
      "StringNotLike",
      "StringLikeIfExists",
      "ForAnyValue:StringEquals",
      "ForAllValues:StringLike",
      "ForAnyValue:StringNotEquals",
      "ForAllValues:StringNotLike",
      "Null",
    ),
  });
  const anyStatement = fc.record({
    effect: fc.constantFrom<"Allow" | "Deny">("Allow", "Allow", "Deny"),
    conditions: fc.uniqueArray(anyCondition, {
      maxLength: 3,
      selector: ({ claim, operator }) => `${operator} ${claim}`,
    }),
  });
  const becomes = fc.constantFrom("*", SUBJECT, "octo-org/web-shop", "sts.amazonaws.com", "true", "x");
  const filledIn = (value: Text, a: string, b: string): string =>
    typeof value === "string"
      ? value
      : value
          .map((each) => (typeof each === "string" ? each : "unknown" in each ? (each.unknown === "a" ? a : b) : ""))
          .join("");
  test("never decides: whatever it becomes, the decision stands", () => {
    let seen = 0;
    fc.assert(
      fc.property(fc.array(anyStatement, { minLength: 1, maxLength: 3 }), becomes, becomes, (statements, a, b) => {
        const trust = (value: (text: Text) => Text): StatementModel[] =>
          statements.map(({ effect, conditions }) =>
            statement(
              conditions.map(({ claim, values, operator }) => condition(claim, values.map(value), operator)),
              { effect },
            ),
          );
        const before = decided(explainRole(roleOf(trust((value) => value)), calling(CLAIMS)));
        if (before.startsWith("unknown")) return;
        expect(decided(explainRole(roleOf(trust((value) => filledIn(value, a, b))), calling(CLAIMS)))).toBe(before);
        seen += 1;
      }),
      { numRuns: runs(2_000) },
    );
    expect(seen).toBeGreaterThan(casesMet(500));
  });
});

describe("what the model knows beside the policy", () => {
  const role = roleOf([subjects(SUBJECT)]);
  const clientIds = (ids: ProviderModel["clientIds"]): FoundRole =>
    roleOf([subjects(SUBJECT)], {}, { providers: account.providers.map((each) => ({ ...each, clientIds: ids })) });

  test("client ids judge the audience, where all are known", () => {
    expect(stepOf(explainRole(role, calling(CLAIMS)), "audience")).toMatch(/^pass: /);
    expect(stepOf(explainRole(clientIds(["octo"]), calling(CLAIMS)), "audience")).toMatch(
      /^fail: Incorrect token audience/,
    );
    expect(
      stepOf(explainRole(clientIds({ unknown: "the provider exists already" }), calling(CLAIMS)), "audience"),
    ).toMatch(/^skipped: /);
    expect(stepOf(explainRole(clientIds(["octo", [unknown("var.audience")]]), calling(CLAIMS)), "audience")).toMatch(
      /^skipped: /,
    );
  });
  test("client ids of another issuer's provider are none of this token's business", () => {
    const foreign = roleOf(
      [subjects(SUBJECT)],
      {},
      {
        providers: account.providers.map((each) => ({
          ...each,
          issuer: "token.actions.octo.ghe.com",
          clientIds: ["octo"],
        })),
      },
    );
    expect(stepOf(explainRole(foreign, calling(CLAIMS)), "audience")).toMatch(/^skipped: /);
  });
  test("client ids judge also claims that do not say who issued them", () =>
    expect(stepOf(explainRole(clientIds(["octo"]), calling({ ...CLAIMS, iss: undefined })), "audience")).toMatch(
      /^fail: /,
    ));
  test("client ids that are given go before", () =>
    expect(
      stepOf(explainRole(clientIds(["octo"]), calling(CLAIMS, { clientIds: ["sts.amazonaws.com"] })), "audience"),
    ).toMatch(/^pass: /));

  test("the longest session is the role's", () => {
    expect(
      [7_200, 7_201].map((durationSeconds) =>
        stepOf(explainRole(role, calling(CLAIMS, { durationSeconds })), "duration").slice(0, 4),
      ),
    ).toEqual(["pass", "fail"]);
    expect(
      stepOf(
        explainRole(
          roleOf([subjects(SUBJECT)], { sessionSeconds: { unknown: "var.seconds" } }),
          calling(CLAIMS, { durationSeconds: 7_201 }),
        ),
        "duration",
      ),
    ).toMatch(/the role's maximum is not known/);
  });

  test("a provider of another account than the role's is none", () => {
    const elsewhere = roleOf([
      statement([condition("sub", [SUBJECT])], {
        principals: [{ kind: "Federated", value: PROVIDER.replace(ACCOUNT, "444455556666") }],
      }),
    ]);
    expect(stepOf(explainRole(elsewhere, calling(CLAIMS)), "issuer")).toMatch(/^fail: /);
  });
});
