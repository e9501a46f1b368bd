import { planChangeOfText } from "../../lib/readers/from-plan-change";
import type { ValueModel } from "../../lib/model/model";
import {
  ACCOUNT,
  change,
  changeOf,
  configured,
  held,
  managed,
  planText,
  policiesOf,
  roleValues,
  rolesOf,
  trust,
  type SmallPlan,
} from "./small-plan";

const ROLE = "aws_iam_role.ci";
const SECRET = "github_actions_environment_secret.arn";
const hidden = (place: string) => ({ unknown: `${place} (marked sensitive)` });
const CANARY = "canary-7f3a";

const marked = (before: unknown, after: unknown) => ({ change: { before_sensitive: before, after_sensitive: after } });
const secret = (value: string) => ({
  repository: "web",
  environment: "production",
  secret_name: "AWS_ROLE_ARN",
  plaintext_value: value,
  encrypted_value: null,
});
const arn = (name: string): string => `arn:aws:iam::${ACCOUNT}:role/${name}`;

describe("What is marked sensitive", () => {
  test.each<[string, SmallPlan]>([
    [
      "a trust policy",
      {
        changes: [
          change(
            ROLE,
            "create",
            null,
            roleValues("ci", { assume_role_policy: trust(CANARY) }),
            marked(false, { assume_role_policy: true }),
          ),
        ],
      },
    ],
    [
      "a trust policy that was",
      {
        changes: [
          change(
            ROLE,
            "update",
            roleValues("ci", { assume_role_policy: trust(CANARY) }),
            roleValues("ci"),
            marked({ assume_role_policy: true }, {}),
          ),
        ],
      },
    ],
    [
      "a name, of which the ARN is made",
      {
        changes: [
          change(
            ROLE,
            "no-op",
            roleValues(CANARY, { assume_role_policy: "{}" }),
            roleValues(CANARY, { assume_role_policy: "{}" }),
            marked({ name: true }, { name: true }),
          ),
        ],
      },
    ],
    [
      "a name on one side alone",
      {
        changes: [
          change(
            ROLE,
            "no-op",
            roleValues(CANARY, { assume_role_policy: "{}" }),
            roleValues(CANARY, { assume_role_policy: "{}" }),
            marked({ name: true }, false),
          ),
        ],
      },
    ],
    [
      "a policy in a block",
      {
        changes: [
          change(
            ROLE,
            "update",
            roleValues("ci", { inline_policy: [{ name: "a", policy: CANARY }] }),
            roleValues("ci", {
              inline_policy: [
                { name: "b", policy: "{}" },
                { name: "c", policy: CANARY },
              ],
            }),
            marked({ inline_policy: [{ policy: true }] }, { inline_policy: [{}, { policy: true }] }),
          ),
        ],
      },
    ],
    [
      "everything",
      {
        changes: [
          change(ROLE, "update", roleValues(CANARY), roleValues(CANARY, { path: `/${CANARY}/` }), marked(true, true)),
        ],
      },
    ],
    [
      "a resource that stays",
      {
        prior: [
          held(ROLE, roleValues("ci", { assume_role_policy: trust(CANARY) }), {
            sensitive_values: { assume_role_policy: true },
          }),
        ],
      },
    ],
    [
      "what drifted",
      {
        changes: [change(ROLE, "no-op", roleValues("ci"), roleValues("ci"))],
        drift: [
          change(
            ROLE,
            "update",
            roleValues("ci", { assume_role_policy: trust(CANARY) }),
            roleValues("ci"),
            marked({ assume_role_policy: true }, { assume_role_policy: true }),
          ),
        ],
      },
    ],
    [
      "an environment",
      {
        changes: [
          change(
            "github_repository_environment.e",
            "create",
            null,
            { repository: "web", environment: CANARY, id: `web:${CANARY}` },
            marked(false, { environment: true }),
          ),
        ],
      },
    ],
    [
      "a secret",
      {
        changes: [
          change(
            SECRET,
            "update",
            secret(arn(CANARY)),
            secret(arn(`${CANARY}2`)),
            marked({ plaintext_value: true }, { plaintext_value: true }),
          ),
        ],
      },
    ],
    [
      "a secret of a format that does not say so",
      { changes: [change(SECRET, "create", null, secret(arn(CANARY)), marked(undefined, undefined))] },
    ],
    [
      "a secret's value of the later providers",
      {
        changes: [
          change(
            "github_actions_secret.a",
            "create",
            null,
            { repository: "web", secret_name: "A", value: arn(CANARY) },
            marked(undefined, undefined),
          ),
        ],
      },
    ],
    [
      "what a reference leads to",
      {
        changes: [
          change(
            ROLE,
            "create",
            null,
            { name: CANARY },
            { change: { after_unknown: { arn: true }, after_sensitive: { name: true } } },
          ),
          change(
            "github_actions_variable.v",
            "create",
            null,
            { repository: "web", variable_name: "A" },
            { change: { after_unknown: { value: true } } },
          ),
        ],
        configuration: [
          configured(ROLE, { name: null }),
          configured("github_actions_variable.v", { value: `${ROLE}.arn` }),
        ],
      },
    ],
    [
      "what is known after apply, of which the configuration has a part",
      {
        changes: [
          change(
            ROLE,
            "create",
            null,
            { name: "ci" },
            { change: { after_unknown: { assume_role_policy: true }, after_sensitive: { assume_role_policy: true } } },
          ),
        ],
        configuration: [
          {
            ...configured(ROLE, {}),
            expressions: {
              assume_role_policy: { constant_value: `{"x":"${CANARY}","y":"\${aws_iam_role.other.arn}"}` },
            },
          },
        ],
      },
    ],
  ])("%s is nowhere", (_, plan) => {
    const text = planText(plan);
    expect(text).toContain(CANARY);
    expect(JSON.stringify(planChangeOfText(text, "plan.json"))).not.toContain(CANARY);
  });

  test("is not taken for absent", () => {
    const { after, before } = changeOf({
      changes: [
        change(
          ROLE,
          "update",
          roleValues("ci", { assume_role_policy: trust("repo:octo-org/old:*") }),
          roleValues("ci", { inline_policy: [{ name: "a", policy: "x" }] }),
          marked({}, { assume_role_policy: true, inline_policy: [{ policy: true }] }),
        ),
      ],
      configuration: [configured(ROLE, { inline_policy: null })],
    });
    expect(rolesOf(after)).toMatchObject([
      {
        trust: hidden(`${ROLE}.assume_role_policy`),
        inlinePolicies: [{ name: "a", document: [hidden(`${ROLE}.inline_policy[0].policy`)] }],
      },
    ]);
    expect(rolesOf(before)).toMatchObject([{ trust: { statements: [{}] } }]);
  });

  test("keeps the account of a role whose name is hidden", () => {
    const { after } = changeOf({
      changes: [change(ROLE, "no-op", roleValues(CANARY), roleValues(CANARY), marked({ name: true }, { name: true }))],
    });
    expect(rolesOf(after)).toMatchObject([
      { name: [hidden(`${ROLE}.name`)], arn: [`arn:aws:iam::${ACCOUNT}:role/`, hidden(`${ROLE}.name`)] },
    ]);
    expect(after.accounts.map(({ id }) => id)).toEqual([ACCOUNT]);
  });

  test("is not put together again from what is shown", () => {
    const { after } = changeOf({
      changes: [change(ROLE, "no-op", roleValues("ci"), roleValues("ci"), marked({ arn: true }, { arn: true }))],
    });
    expect(rolesOf(after)).toMatchObject([{ name: "ci", arn: [hidden(`${ROLE}.arn`)] }]);
  });

  test("does not hide which role a policy is of", () => {
    const attachment = { role: "ci", policy_arn: managed("ReadOnlyAccess") };
    const { before, after } = changeOf({
      changes: [
        change(ROLE, "no-op", roleValues("ci"), roleValues("ci")),
        change(
          "aws_iam_role_policy_attachment.a",
          "update",
          attachment,
          { ...attachment, policy_arn: managed("AdministratorAccess") },
          marked({ role: true }, { role: true }),
        ),
      ],
      configuration: [
        configured(ROLE, { name: null }),
        configured("aws_iam_role_policy_attachment.a", { role: `${ROLE}.name` }),
      ],
    });
    expect([policiesOf(before), policiesOf(after)]).toEqual([
      { ci: ["ReadOnlyAccess"] },
      { ci: ["AdministratorAccess"] },
    ]);
  });

  test("is listed where it changes, by the names of its arguments", () => {
    const other = "aws_db_instance.x";
    const { withheld } = changeOf({
      changes: [
        change(
          SECRET,
          "update",
          secret("a"),
          secret("b"),
          marked({ plaintext_value: true }, { plaintext_value: true }),
        ),
        change(
          ROLE,
          "update",
          roleValues("ci"),
          roleValues("ci", { description: "x", inline_policy: [{ name: "a" }] }),
          marked({}, { description: true, inline_policy: [{ policy: true }], path: true }),
        ),
        change(
          "aws_iam_role.same",
          "update",
          roleValues("same"),
          roleValues("same", { tags: {} }),
          marked({ path: true }, { path: true }),
        ),
        change(
          "aws_iam_role.waits",
          "update",
          roleValues("waits"),
          { name: "waits" },
          { change: { after_unknown: { description: true }, after_sensitive: { description: true } } },
        ),
        change("aws_iam_role.new", "create", null, roleValues("new"), marked(false, { path: true })),
        change(other, "update", { password: "a" }, { password: "b" }, marked({ password: true }, { password: true })),
      ],
    });
    expect(withheld).toEqual([
      { address: SECRET, type: "github_actions_environment_secret", attributes: ["plaintext_value"] },
      { address: ROLE, type: "aws_iam_role", attributes: ["inline_policy", "description"] },
      { address: "aws_iam_role.waits", type: "aws_iam_role", attributes: ["description"] },
    ]);
  });
});

describe("The role that a secret is the ARN of", () => {
  const configuration = [configured(ROLE, { name: null }), configured(SECRET, { plaintext_value: `${ROLE}.arn` })];
  const roleOf = ([value]: readonly ValueModel[]): unknown => value?.role;
  const both = (entry: ReturnType<typeof change>, set = configuration): unknown[] => {
    const { before, after } = changeOf({
      changes: [change(ROLE, "no-op", roleValues("ci"), roleValues("ci")), entry],
      configuration: set,
    });
    return [roleOf(before.values), roleOf(after.values)];
  };
  const marks = marked({ plaintext_value: true }, { plaintext_value: true });

  test.each([
    [
      "is what the configuration refers to, not what the value says",
      change(SECRET, "no-op", secret(arn("other")), secret(arn("other")), marks),
      [arn("ci"), arn("ci")],
    ],
    [
      "is the same before, where the value stays",
      change(SECRET, "update", secret(arn("ci")), { ...secret(arn("ci")), repository: "api" }, marks),
      [arn("ci"), arn("ci")],
    ],
    [
      "was not known, where the value changes",
      change(SECRET, "update", secret("x"), secret(arn("ci")), marks),
      [null, arn("ci")],
    ],
    [
      "is known of one that is new",
      change(
        SECRET,
        "create",
        null,
        { ...secret(""), plaintext_value: undefined },
        { change: { after_unknown: { plaintext_value: true }, after_sensitive: { plaintext_value: true } } },
      ),
      [undefined, arn("ci")],
    ],
    [
      "is known of one that is made anew",
      change(SECRET, "delete,create", secret("x"), secret(arn("ci")), marks),
      [null, arn("ci")],
    ],
  ])("%s", (_, entry, expected) => expect(both(entry)).toEqual(expected));

  test("is not told where the configuration does not refer to one", () => {
    for (const set of [
      [],
      [configured(SECRET, { plaintext_value: "var.arn" })],
      [{ ...configured(SECRET, {}), expressions: { plaintext_value: { constant_value: arn("ci") } } }],
    ])
      expect(both(change(SECRET, "no-op", secret(arn("ci")), secret(arn("ci")), marks), set)).toEqual([null, null]);
  });
});
