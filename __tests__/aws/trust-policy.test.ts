import {
  type TrustAlternative,
  trustPolicy,
  trustPolicyProblem,
  type TrustPolicyProps,
  trustValueRule,
} from "../../lib/aws/trust-policy";
import { testRule } from "../github/rule-table";

const ISSUER = "token.actions.githubusercontent.com";
const PROVIDER = `arn:aws:iam::111122223333:oidc-provider/${ISSUER}`;
const MAIN = "repo:octo-org/web-shop:ref:refs/heads/main";
const TAGS = "repo:octo-org/web-shop:ref:refs/tags/v*";
const PRODUCTION = "repo:octo-org/web-shop:environment:production";

const build = (alternatives: readonly TrustAlternative[], props: Partial<TrustPolicyProps> = {}) =>
  trustPolicy({ providerArn: PROVIDER, issuer: ISSUER, audiences: ["sts.amazonaws.com"], alternatives, ...props });
/** The conditions alone, with the issuer left out of the keys. */
const conditions = (alternatives: readonly TrustAlternative[], props: Partial<TrustPolicyProps> = {}): unknown[] =>
  build(alternatives, props).Statement.map(
    ({ Condition }) => JSON.parse(JSON.stringify(Condition).replaceAll(`${props.issuer ?? ISSUER}:`, "")) as unknown,
  );

describe("a trust policy", () => {
  test("lets one provider's tokens assume the role, and says nothing else", () => {
    expect(build([{ sub: [MAIN] }])).toEqual({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: { Federated: PROVIDER },
          Action: "sts:AssumeRoleWithWebIdentity",
          Condition: { StringEquals: { [`${ISSUER}:aud`]: "sts.amazonaws.com", [`${ISSUER}:sub`]: MAIN } },
        },
      ],
    });
  });

  test("has the whole issuer, slug included, in front of every key", () => {
    const issuer = `${ISSUER}/octo-enterprise`;
    const [statement] = build([{ sub: [TAGS], ref: ["refs/tags/v1"] }], { issuer }).Statement;
    expect(statement?.Condition).toEqual({
      StringEquals: { [`${issuer}:aud`]: "sts.amazonaws.com", [`${issuer}:ref`]: "refs/tags/v1" },
      StringLike: { [`${issuer}:sub`]: TAGS },
    });
  });

  test("has every audience in every statement, in order and once", () => {
    const audiences = ["sts.amazonaws.com", "https://github.com/octo-org", "sts.amazonaws.com"];
    for (const each of conditions([{ sub: [MAIN, TAGS] }, { sub: [PRODUCTION], ref: ["refs/heads/main"] }], {
      audiences,
    }))
      expect(each).toHaveProperty(["StringEquals", "aud"], ["https://github.com/octo-org", "sts.amazonaws.com"]);
  });

  test("compares a value without wildcards exactly", () => {
    expect(conditions([{ sub: [MAIN] }])).toEqual([{ StringEquals: { aud: "sts.amazonaws.com", sub: MAIN } }]);
  });

  test.each([TAGS, "repo:octo-org/web-shop:ref:refs/tags/v?"])(
    "compares %s as a pattern, and the audience still exactly",
    (sub) => {
      expect(conditions([{ sub: [sub] }])).toEqual([
        { StringEquals: { aud: "sts.amazonaws.com" }, StringLike: { sub } },
      ]);
    },
  );

  test("puts exact values and patterns of one claim into two statements", () => {
    expect(conditions([{ sub: [TAGS, PRODUCTION, MAIN] }])).toEqual([
      { StringEquals: { aud: "sts.amazonaws.com", sub: [PRODUCTION, MAIN] } },
      { StringEquals: { aud: "sts.amazonaws.com" }, StringLike: { sub: TAGS } },
    ]);
  });

  test("puts every combination of exact values and patterns into a statement of its own", () => {
    expect(conditions([{ sub: ["a", "a*"], ref: ["b", "b*"] }])).toEqual([
      { StringEquals: { aud: "sts.amazonaws.com", ref: "b", sub: "a" } },
      { StringEquals: { aud: "sts.amazonaws.com", ref: "b" }, StringLike: { sub: "a*" } },
      { StringEquals: { aud: "sts.amazonaws.com", sub: "a" }, StringLike: { ref: "b*" } },
      { StringEquals: { aud: "sts.amazonaws.com" }, StringLike: { ref: "b*", sub: "a*" } },
    ]);
  });

  test("keeps claims that must hold together in one statement", () => {
    expect(
      conditions([
        {
          sub: [PRODUCTION],
          ref: ["refs/heads/main"],
          job_workflow_ref: ["octo-org/ci/.github/workflows/release.yml@refs/heads/*"],
        },
      ]),
    ).toEqual([
      {
        StringEquals: { aud: "sts.amazonaws.com", ref: "refs/heads/main", sub: PRODUCTION },
        StringLike: { job_workflow_ref: "octo-org/ci/.github/workflows/release.yml@refs/heads/*" },
      },
    ]);
  });

  test("asks in every statement for the session's name, exactly or as a pattern, and never loosens the rest", () => {
    const alternatives = [{ sub: [MAIN, TAGS] }];
    expect(conditions(alternatives, { sessionName: "deploy" })).toEqual([
      { StringEquals: { aud: "sts.amazonaws.com", sub: MAIN, "sts:RoleSessionName": "deploy" } },
      { StringEquals: { aud: "sts.amazonaws.com", "sts:RoleSessionName": "deploy" }, StringLike: { sub: TAGS } },
    ]);
    expect(conditions(alternatives, { sessionName: "deploy-*" })).toEqual([
      { StringEquals: { aud: "sts.amazonaws.com", sub: MAIN }, StringLike: { "sts:RoleSessionName": "deploy-*" } },
      { StringEquals: { aud: "sts.amazonaws.com" }, StringLike: { sub: TAGS, "sts:RoleSessionName": "deploy-*" } },
    ]);
  });

  test.each([ISSUER, "github.example.com/_services/token"])(
    "has the keys in the alphabet's order, as AWS's provider stores them: %s",
    (issuer) => {
      const [statement] = build([{ sub: [MAIN], actor: ["octocat"] }], { issuer, sessionName: "deploy" }).Statement;
      const keys = Object.keys((statement?.Condition as { StringEquals: object }).StringEquals);
      expect(keys).toEqual([...keys].sort());
      expect(keys).toHaveLength(4);
    },
  );

  test("keeps alternatives with other claims apart, so that no claim of one helps the other", () => {
    expect(
      conditions([
        { sub: [MAIN] },
        { sub: [PRODUCTION], ref: ["refs/heads/main"] },
        { sub: [PRODUCTION], ref: ["refs/heads/release"] },
      ]),
    ).toHaveLength(3);
  });

  test("joins alternatives that differ in nothing but the subject", () => {
    expect(
      conditions([
        { sub: [MAIN], ref: ["a", "b"] },
        { sub: [PRODUCTION], ref: ["b", "a", "b"] },
      ]),
    ).toEqual([{ StringEquals: { aud: "sts.amazonaws.com", ref: ["a", "b"], sub: [PRODUCTION, MAIN] } }]);
  });

  test("says the same text however the alternatives were listed", () => {
    const one = build([{ sub: [MAIN, TAGS] }, { ref: ["x", "y"], sub: [PRODUCTION] }], { audiences: ["a", "b"] });
    const other = build([{ sub: [PRODUCTION, PRODUCTION], ref: ["y", "x"] }, { sub: [TAGS] }, { sub: [MAIN] }], {
      audiences: ["b", "a", "b"],
    });
    expect(JSON.stringify(other)).toBe(JSON.stringify(one));
  });

  test("orders by code unit, the same on every machine", () => {
    expect(conditions([{ sub: ["é", "b", "B", "a-1", "a1", "_"] }])).toEqual([
      { StringEquals: { aud: "sts.amazonaws.com", sub: ["B", "_", "a-1", "a1", "b", "é"] } },
    ]);
  });

  test("leaves what it was given as it was", () => {
    const alternatives = Object.freeze([Object.freeze({ sub: Object.freeze(["b", "a"]) })]);
    build(alternatives, { audiences: Object.freeze(["y", "x"]) });
    expect(alternatives).toEqual([{ sub: ["b", "a"] }]);
  });
});

describe("a trust policy that AWS would refuse, or that means nothing", () => {
  test.each<[string, readonly TrustAlternative[], string]>([
    ["no alternative", [], "at least one job"],
    ["no claims", [{}], "every alternative needs a subject"],
    ["no subject", [{ repository_id: ["74"] }], "every alternative needs a subject"],
    ["an empty list of subjects", [{ sub: [] }], "every alternative needs a subject"],
    [
      "no subject in the second alternative",
      [{ sub: [MAIN] }, { ref: ["refs/heads/main"] }],
      "every alternative needs a subject",
    ],
    ["a claim without values", [{ sub: [MAIN], ref: [] }], '"ref" has no values'],
    ["a subject scoped to all", [{ sub: ["*"] }], '"sub": "*" admits everybody'],
    ["a subject scoped to all among others", [{ sub: [MAIN, "*"] }], '"sub": "*" admits everybody'],
    ["a claim scoped to all", [{ sub: [MAIN], ref: ["?*"] }], '"ref": "?*" admits everybody'],
    [
      "a character that IAM does not take",
      [{ sub: ["repo:octo-org/web-shop:environment:продакшн"] }],
      'IAM does not accept the character "п"',
    ],
    [
      "an audience of its own, which would stand in for the account's",
      [{ sub: [MAIN], aud: ["sigstore"] }],
      'an "aud" of its own',
    ],
  ])("is refused: %s", (_what, alternatives, message) => {
    expect(trustPolicyProblem({ audiences: ["sts.amazonaws.com"], alternatives })).toContain(message);
    expect(() => build(alternatives)).toThrow(RangeError);
    expect(() => build(alternatives)).toThrow(message);
  });

  test("is refused: no audience", () => {
    expect(() => build([{ sub: [MAIN] }], { audiences: [] })).toThrow("at least one audience");
  });

  test("is not one with a subject, an audience and values", () => {
    expect(
      trustPolicyProblem({
        audiences: ["sts.amazonaws.com"],
        alternatives: [{ sub: [MAIN], ref: ["refs/heads/main"] }],
      }),
    ).toBeUndefined();
  });
});

testRule("a value of a trust policy", trustValueRule, {
  accepts: {
    "a subject": MAIN,
    "a pattern that begins with something": "repo:*",
    "a wildcard behind one character": "a*",
    "a wildcard before one character": "*a",
    "a space": " ",
    "the last character of Latin-1": "ÿ",
    "a letter with an accent": "prüfung",
  },
  refuses: {
    nothing: ["", "admits everybody"],
    "a star": ["*", "admits everybody"],
    "a question mark": ["?", "admits everybody"],
    "stars and question marks": ["**?*", "admits everybody"],
    "the first character behind Latin-1": ["Ā", 'the character "Ā"'],
    "an emoji, quoted whole": ["rocket🚀", 'the character "🚀"'],
    "a character before the space": ["a\u001fb", "does not accept the character"],
    "a line break": ["a\nb", "does not accept the character"],
    "a typographic hyphen, which looks like another": ["prod\u2010eu", "does not accept the character"],
  },
});
