import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { fromPlanText } from "../../lib/readers/from-plan";
import { planChange, planChangeOfText } from "../../lib/readers/from-plan-change";
import { accessModelSchema, type AccessModel } from "../../lib/model/model";
import {
  ACCOUNT,
  attachmentValues,
  change,
  changeOf,
  configured,
  held,
  managed,
  planText,
  policiesOf,
  PROVIDERS,
  roleValues,
  rolesOf,
  trust,
  type SmallPlan,
} from "./small-plan";

const ROLE = "aws_iam_role.ci";
const namesOf = (model: AccessModel): unknown[] => rolesOf(model).map(({ name }) => name);
const addressesOf = (model: AccessModel): unknown[] =>
  rolesOf(model).map(({ location }) => location && "address" in location && location.address);

describe("What a plan does to a role", () => {
  const [old, next] = [
    roleValues("ci"),
    roleValues("ci", { assume_role_policy: trust("repo:octo-org/other:pull_request") }),
  ];
  const coming = { name: "ci", path: "/", assume_role_policy: next["assume_role_policy"] };
  const unknown = {
    change: { after_unknown: { arn: true, id: true, managed_policy_arns: true, inline_policy: true } },
  };

  test.each<[string, object, boolean, boolean, object[]]>([
    ["nothing", change(ROLE, "no-op", old, old), true, true, []],
    ["create", change(ROLE, "create", null, coming, unknown), false, true, [{ address: ROLE, action: "create" }]],
    ["update", change(ROLE, "update", old, next), true, true, [{ address: ROLE, action: "update" }]],
    ["delete", change(ROLE, "delete", old, null), true, false, [{ address: ROLE, action: "delete" }]],
    [
      "replace, deleting first",
      change(ROLE, "delete,create", old, coming, unknown),
      true,
      true,
      [{ address: ROLE, action: "replace" }],
    ],
    [
      "replace, creating first",
      change(ROLE, "create,delete", old, coming, unknown),
      true,
      true,
      [{ address: ROLE, action: "replace" }],
    ],
    [
      "replace, forgetting",
      change(ROLE, "create,forget", old, coming, unknown),
      true,
      true,
      [{ address: ROLE, action: "replace" }],
    ],
    ["forget", change(ROLE, "forget", old, null), true, true, [{ address: ROLE, action: "forget" }]],
    [
      "import",
      change(ROLE, "no-op", old, old, { change: { importing: { id: "ci" } } }),
      true,
      true,
      [{ address: ROLE, action: "import" }],
    ],
    [
      "import and update",
      change(ROLE, "update", old, next, { change: { importing: { id: "ci" } } }),
      true,
      true,
      [{ address: ROLE, action: "update" }],
    ],
    [
      "move",
      change(ROLE, "no-op", old, old, { previous_address: "aws_iam_role.old" }),
      true,
      true,
      [{ address: ROLE, action: "move", movedFrom: "aws_iam_role.old" }],
    ],
    [
      "move and update",
      change(ROLE, "update", old, next, { previous_address: "aws_iam_role.old" }),
      true,
      true,
      [{ address: ROLE, action: "update", movedFrom: "aws_iam_role.old" }],
    ],
  ])("%s", (_, entry, isBefore, isAfter, changes) => {
    const { before, after, ...rest } = changeOf({
      changes: [entry as never],
      configuration: [configured(ROLE, { name: null, assume_role_policy: null })],
    });
    expect([addressesOf(before), addressesOf(after)]).toEqual([isBefore ? [ROLE] : [], isAfter ? [ROLE] : []]);
    expect(rest.changes).toEqual(changes.map((each) => ({ type: "aws_iam_role", movedFrom: undefined, ...each })));
    expect(rest).toMatchObject({
      file: "plan.json",
      terraform: "1.11.4",
      errored: false,
      beforeDrift: undefined,
      withheld: [],
    });
    for (const model of [before, after])
      expect(accessModelSchema.parse(JSON.parse(JSON.stringify(model)))).toEqual(model);
  });

  test("what stays is the same object on both sides, so that nobody need compare it", () => {
    const attached = { address: "aws_iam_role_policy_attachment.ci", values: attachmentValues("ci", "ReadOnlyAccess") };
    const both = (second: string) =>
      changeOf({
        changes: [
          change(ROLE, "no-op", old, { ...old }),
          change(attached.address, "no-op", attached.values, { ...attached.values }),
          ...(second === ""
            ? []
            : [change("aws_iam_role_policy_attachment.two", "create", null, attachmentValues("ci", second))]),
        ],
        configuration: [configured(ROLE, { name: null })],
      });
    const [same, other] = [both(""), both("AdministratorAccess")];
    expect(rolesOf(same.after)[0]).toBe(rolesOf(same.before)[0]);
    expect(rolesOf(other.after)[0]).not.toBe(rolesOf(other.before)[0]);
    expect(policiesOf(other.after)).toEqual({ ci: ["ReadOnlyAccess", "AdministratorAccess"] });
  });

  test("a managed policy of the plan's own that changes makes another role of one that does not", () => {
    const policy = (statement: string) => ({
      name: "p",
      path: "/",
      arn: `arn:aws:iam::${ACCOUNT}:policy/p`,
      policy: statement,
    });
    const { before, after } = changeOf({
      changes: [
        change(ROLE, "no-op", old, old),
        change("aws_iam_policy.p", "update", policy("{}"), policy("[]")),
        change(
          "aws_iam_role_policy_attachment.p",
          "no-op",
          { role: "ci", policy_arn: policy("")["arn"] },
          { role: "ci", policy_arn: policy("")["arn"] },
        ),
      ],
    });
    expect([before, after].map((model) => rolesOf(model)[0]?.managedPolicies)).toEqual([
      [{ arn: policy("")["arn"], document: "{}" }],
      [{ arn: policy("")["arn"], document: "[]" }],
    ]);
  });

  test("a permissions boundary of the plan's own has its document, and makes another role where it changes", () => {
    const arn = `arn:aws:iam::${ACCOUNT}:policy/limit`;
    const limit = (policy: string) => ({ name: "limit", path: "/", arn, policy });
    const bounded = { ...old, permissions_boundary: arn };
    const role = change(ROLE, "no-op", bounded, { ...bounded });
    const documents = (...changes: readonly ReturnType<typeof change>[]) => {
      const { before, after } = changeOf({
        changes: [role, ...changes],
        configuration: [configured("aws_iam_policy.limit", { policy: "aws_s3_bucket.x.arn" })],
      });
      return [before, after].map(
        (model) =>
          rolesOf(model).map(({ permissionsBoundary, boundaryDocument }) => [permissionsBoundary, boundaryDocument])[0],
      );
    };
    expect(documents()).toEqual([
      [arn, null],
      [arn, null],
    ]);
    expect(documents(change("aws_iam_policy.limit", "update", limit("{}"), limit("[]")))).toEqual([
      [arn, "{}"],
      [arn, "[]"],
    ]);
    expect(
      documents(
        change(
          "aws_iam_policy.limit",
          "update",
          limit("{}"),
          { ...limit(""), policy: null },
          { change: { after_unknown: { policy: true } } },
        ),
      ),
    ).toEqual([
      [arn, "{}"],
      [arn, [{ unknown: "aws_s3_bucket.x.arn" }]],
    ]);
    const same = changeOf({ changes: [role, change("aws_iam_policy.limit", "no-op", limit("{}"), limit("{}"))] });
    expect(rolesOf(same.after)[0]).toBe(rolesOf(same.before)[0]);
  });

  test("two that swap their addresses are matched by the new ones", () => {
    const [a, b] = [roleValues("a"), roleValues("b")];
    const { before, after } = changeOf({
      changes: [
        change("aws_iam_role.a", "no-op", b, b, { previous_address: "aws_iam_role.b" }),
        change("aws_iam_role.b", "no-op", a, a, { previous_address: "aws_iam_role.a" }),
      ],
      prior: [held("aws_iam_role.a", b), held("aws_iam_role.b", a)],
    });
    expect([namesOf(before), namesOf(after)]).toEqual([
      ["b", "a"],
      ["b", "a"],
    ]);
  });

  test("one that moved is there once, whichever address the state has for it", () => {
    const entry = change(ROLE, "no-op", old, old, { previous_address: "aws_iam_role.old" });
    for (const address of [ROLE, "aws_iam_role.old"]) {
      const { before, after } = changeOf({ changes: [entry], prior: [held(address, old)] });
      expect([addressesOf(before), addressesOf(after)]).toEqual([[ROLE], [ROLE]]);
    }
  });

  test("one beyond the targets of a plan stays as it is", () => {
    const plan = {
      changes: [change("aws_iam_role.other", "create", null, { name: "other", assume_role_policy: trust("x") })],
      prior: [held(ROLE, old)],
    };
    const { before, after, changes } = changeOf(plan);
    expect([namesOf(before), namesOf(after), changes.length]).toEqual([["ci"], ["ci", "other"], 1]);
    expect(namesOf(fromPlanText(planText(plan), "plan.json"))).toEqual(["ci", "other"]);
  });

  test("in modules and instances it keeps its whole address", () => {
    const address = 'module.team.aws_iam_role.ci["web"]';
    const { before, after } = changeOf({ changes: [change(address, "update", old, next)] });
    expect([addressesOf(before), addressesOf(after)]).toEqual([[address], [address]]);
  });

  test("a replacement that leaves the old one behind says so", () => {
    const { after } = changeOf({ changes: [change(ROLE, "create,forget", old, coming, unknown)] });
    expect(after.notes).toEqual([`${ROLE} is recreated; Terraform forgets the old object, which is not reviewed`]);
  });

  test("one that is put off is said to be", () => {
    const { before, after } = changeOf({
      more: {
        deferred_changes: [
          { reason: "resource_config_unknown", resource_change: change(ROLE, "update", old, next) },
          "x",
        ],
      },
      prior: [held(ROLE, old)],
    });
    expect([namesOf(before), namesOf(after)]).toEqual([["ci"], ["ci"]]);
    expect(after.notes).toEqual([`${ROLE} is deferred to a later plan; it is not reviewed here`]);
  });
});

describe("Objects that are only left to be deleted", () => {
  const values = roleValues("ci");
  const left = roleValues("ci-old");

  test("are resources of their own until a change deletes them", () => {
    const stays = {
      changes: [change(ROLE, "no-op", values, values)],
      prior: [held(ROLE, values), held(ROLE, left, { deposed_key: "abcd1234" })],
    };
    const goes = { ...stays, changes: [...stays.changes, change(ROLE, "delete", left, null, { deposed: "abcd1234" })] };
    expect(
      [changeOf(stays).before, changeOf(stays).after, changeOf(goes).before, changeOf(goes).after].map(addressesOf),
    ).toEqual([
      [`${ROLE} (deposed abcd1234)`, ROLE],
      [`${ROLE} (deposed abcd1234)`, ROLE],
      [ROLE, `${ROLE} (deposed abcd1234)`],
      [ROLE],
    ]);
    expect(changeOf(goes).changes).toEqual([
      { address: `${ROLE} (deposed abcd1234)`, type: "aws_iam_role", action: "delete", movedFrom: undefined },
    ]);
  });

  test("do not stand in the way of a reference from elsewhere", () => {
    const { after } = changeOf({
      changes: [
        change(ROLE, "no-op", values, values),
        change(ROLE, "forget", left, null, { deposed: "abcd1234" }),
        change(
          'aws_iam_role_policy_attachment.ci["a"]',
          "create",
          null,
          { policy_arn: managed("ReadOnlyAccess") },
          { change: { after_unknown: { role: true } } },
        ),
      ],
      configuration: [
        configured(ROLE, { name: null }),
        configured("aws_iam_role_policy_attachment.ci", { role: `${ROLE}.name`, policy_arn: null }),
      ],
    });
    expect(policiesOf(after)).toEqual({ ci: ["ReadOnlyAccess"], "ci-old": [] });
  });

  test("are not what a reference means", () => {
    const { after } = changeOf({
      changes: [
        change(ROLE, "no-op", values, values),
        change(ROLE, "delete", left, null, { deposed: "abcd1234" }),
        change(
          "aws_iam_role_policy_attachment.ci",
          "create",
          null,
          { policy_arn: managed("ReadOnlyAccess") },
          { change: { after_unknown: { role: true } } },
        ),
      ],
      configuration: [
        configured(ROLE, { name: null }),
        configured("aws_iam_role_policy_attachment.ci", { role: `${ROLE}.name`, policy_arn: null }),
      ],
    });
    expect(policiesOf(after)).toEqual({ ci: ["ReadOnlyAccess"] });
  });
});

describe("Accounts", () => {
  test("have one id on both sides, though the ARN of a new role is not known", () => {
    const { before, after } = changeOf({
      changes: [
        change("aws_iam_role.old", "delete", roleValues("old"), null),
        change(ROLE, "create", null, { name: "ci", path: "/" }, { change: { after_unknown: { arn: true } } }),
      ],
      configuration: [configured(ROLE, { name: null })],
    });
    expect(
      [before, after].map(({ accounts }) => accounts.map(({ id, partition, region }) => ({ id, partition, region }))),
    ).toEqual([
      [{ id: ACCOUNT, partition: "aws", region: "eu-west-1" }],
      [{ id: ACCOUNT, partition: "aws", region: "eu-west-1" }],
    ]);
    expect(rolesOf(after)[0]?.arn).toBe(`arn:aws:iam::${ACCOUNT}:role/ci`);
  });

  const OTHER = "444455556666";
  const providers = {
    ...PROVIDERS,
    "aws.other": { name: "aws", alias: "other", expressions: { region: { constant_value: "us-east-1" } } },
  };
  const roleIn = (account: string, name: string) => roleValues(name, { arn: `arn:aws:iam::${account}:role/${name}` });
  const detached = change(
    "aws_iam_role_policy_attachment.gone",
    "delete",
    attachmentValues("ci", "AdministratorAccess"),
    null,
  );
  const configuration = [
    configured("aws_iam_role.a", { name: null }),
    configured("aws_iam_role.b", { name: null }, "aws.other"),
  ];

  test("of what is not configured any more are told by the name of the role, where that is one's alone", () => {
    const roles = [roleIn(ACCOUNT, "other"), roleIn(OTHER, "ci")] as const;
    const { before, after } = changeOf({
      providers,
      configuration,
      changes: [
        change("aws_iam_role.a", "no-op", roles[0], roles[0]),
        change("aws_iam_role.b", "no-op", roles[1], roles[1]),
        detached,
      ],
    });
    expect([policiesOf(before), policiesOf(after)]).toEqual([
      { other: [], ci: ["AdministratorAccess"] },
      { other: [], ci: [] },
    ]);
    expect(before.notes).toEqual([]);
  });

  test("have the region of the provider, though a removed role comes first", () => {
    const { before } = changeOf({
      providers,
      configuration,
      changes: [
        change(ROLE, "delete", roleIn(OTHER, "gone"), null),
        change("aws_iam_role.b", "no-op", roleIn(OTHER, "ci"), roleIn(OTHER, "ci")),
      ],
    });
    expect(before.accounts.map(({ id, region }) => [id, region])).toEqual([[OTHER, "us-east-1"]]);
  });

  test("are not guessed, where two have a role of that name", () => {
    const roles = [roleIn(ACCOUNT, "ci"), roleIn(OTHER, "ci")] as const;
    const { before } = changeOf({
      providers,
      configuration,
      changes: [
        change("aws_iam_role.a", "no-op", roles[0], roles[0]),
        change("aws_iam_role.b", "no-op", roles[1], roles[1]),
        detached,
      ],
    });
    expect(before.accounts.map(({ id, roles: [role] }) => [id, role?.managedPolicies])).toEqual([
      [ACCOUNT, []],
      [OTHER, []],
    ]);
    expect(before.notes).toEqual([
      "aws_iam_role_policy_attachment.gone gives a policy to a role that is not known (ci of one of several accounts): its permissions are not included",
    ]);
  });

  test("of a removed role are its own", () => {
    const { before } = changeOf({
      providers,
      configuration,
      changes: [change(ROLE, "delete", roleIn(OTHER, "ci"), null), detached],
    });
    expect(before.accounts.map(({ id }) => id)).toEqual([OTHER]);
    expect(policiesOf(before)).toEqual({ ci: ["AdministratorAccess"] });
  });
});

describe("Policies of a role that a provider found", () => {
  const attachment = (policy: string) => `aws_iam_role_policy_attachment.${policy.toLowerCase()}`;
  const A = attachmentValues("ci", "A");
  const role = (...arns: string[]) => roleValues("ci", { managed_policy_arns: arns.map(managed) });
  const policies = (
    isSet: boolean,
    changes: NonNullable<SmallPlan["changes"]>,
    more: readonly object[] = [],
  ): unknown[] => {
    const configuration = [
      configured(ROLE, { name: null, ...(isSet ? { managed_policy_arns: null } : {}) }),
      ...(more as never[]),
    ];
    const { before, after } = changeOf({ changes, configuration });
    return [policiesOf(before)["ci"], policiesOf(after)["ci"]];
  };

  test.each<[string, boolean, NonNullable<SmallPlan["changes"]>, string[], string[]]>([
    [
      "are those that resources attach",
      false,
      [change(ROLE, "no-op", role("A"), role("A")), change(attachment("A"), "no-op", A, A)],
      ["A"],
      ["A"],
    ],
    [
      "go with the resource that attached them",
      false,
      [change(ROLE, "no-op", role("A"), role("A")), change(attachment("A"), "delete", A, null)],
      ["A"],
      [],
    ],
    [
      "are there though the state is older than the attachment",
      false,
      [change(ROLE, "no-op", role(), role()), change(attachment("A"), "delete", A, null)],
      ["A"],
      [],
    ],
    [
      "stay with a resource that is only forgotten",
      false,
      [change(ROLE, "no-op", role("A"), role("A")), change(attachment("A"), "forget", A, null)],
      ["A"],
      ["A"],
    ],
    [
      "stay where nothing of Terraform's attached them",
      false,
      [change(ROLE, "no-op", role("A", "B"), role("A", "B")), change(attachment("A"), "delete", A, null)],
      ["B", "A"].sort(),
      ["B"],
    ],
    [
      "stay when the argument is removed",
      false,
      [change(ROLE, "update", role("A"), { ...role("A"), description: "x" })],
      ["A"],
      ["A"],
    ],
    [
      "stay when the argument becomes an attachment",
      false,
      [change(ROLE, "no-op", role("A"), role("A")), change(attachment("A"), "create", null, A)],
      ["A"],
      ["A"],
    ],
    [
      "change when the argument is added",
      true,
      [change(ROLE, "update", role("A"), role("A", "B")), change(attachment("A"), "no-op", A, A)],
      ["A"],
      ["A", "B"],
    ],
    ["change when the argument changes", true, [change(ROLE, "update", role("A"), role("B"))], ["A"], ["B"]],
    ["go with the role", false, [change(ROLE, "delete", role("A"), null)], ["A"], undefined as never],
    [
      "are not those of the role that replaces it",
      false,
      [
        change(
          ROLE,
          "delete,create",
          role("A"),
          { name: "ci" },
          { change: { after_unknown: { managed_policy_arns: true } } },
        ),
      ],
      ["A"],
      [],
    ],
  ])("%s", (_, isSet, changes, before, after) => {
    const [was, is] = policies(isSet, changes) as [string[], string[] | undefined];
    expect([[...was].sort(), is]).toEqual([before, after]);
  });

  test.each<[string, string, object, string[], string[]]>([
    [
      "managed",
      "aws_iam_role_policy_attachments_exclusive.ci",
      { role_name: "ci", policy_arns: [managed("A")] },
      ["A", "B"],
      ["A"],
    ],
    [
      "inline",
      "aws_iam_role_policies_exclusive.ci",
      { role_name: "ci", policy_names: ["one"] },
      ["one", "two"],
      ["one"],
    ],
  ])("go where a new list of all %s ones leaves them out", (kind, address, list, before, after) => {
    const found =
      kind === "managed"
        ? role("A", "B")
        : roleValues("ci", {
            inline_policy: [
              { name: "one", policy: "{}" },
              { name: "two", policy: "{}" },
            ],
          });
    expect(
      policies(false, [change(ROLE, "no-op", found, found), change(address, "create", null, list as never)]),
    ).toEqual([before, after]);
    // Nothing is detached when such a list goes.
    expect(
      policies(false, [change(ROLE, "no-op", found, found), change(address, "delete", list as never, null)]),
    ).toEqual([before, before]);
  });

  test("inline ones follow the same rules", () => {
    const found = roleValues("ci", { inline_policy: [{ name: "one", policy: "{}" }] });
    const one = { id: "ci:one", name: "one", role: "ci", policy: "{}" };
    expect(
      policies(false, [change(ROLE, "no-op", found, found), change("aws_iam_role_policy.one", "delete", one, null)]),
    ).toEqual([["one"], []]);
    expect(
      policies(false, [change(ROLE, "no-op", found, found), change("aws_iam_role_policy.one", "create", null, one)]),
    ).toEqual([["one"], ["one"]]);
    expect(policies(false, [change(ROLE, "no-op", found, found)])).toEqual([["one"], ["one"]]);
  });

  test("a policy that names all of its roles counts as well", () => {
    const list = (...roles: string[]) => ({ name: "x", policy_arn: managed("A"), roles });
    expect(
      policies(false, [
        change(ROLE, "no-op", role("A"), role("A")),
        change("aws_iam_policy_attachment.x", "update", list("ci", "other"), list("other")),
      ]),
    ).toEqual([["A"], []]);
  });
});

describe("Drift", () => {
  const [left, found] = [roleValues("ci"), roleValues("ci", { assume_role_policy: trust("repo:octo-org/*:*") })];

  test("is what something else changed, and no part of what the plan changes", () => {
    const { before, after, beforeDrift } = changeOf({
      changes: [change(ROLE, "no-op", found, found)],
      drift: [change(ROLE, "update", left, found)],
    });
    expect(rolesOf(before)[0]).toBe(rolesOf(after)[0]);
    expect([
      JSON.stringify(beforeDrift?.accounts[0]?.roles[0]?.trust).includes("production"),
      JSON.stringify(before).includes("production"),
    ]).toEqual([true, false]);
  });

  test("has what is gone", () => {
    const { before, beforeDrift } = changeOf({
      drift: [change(ROLE, "delete", left, null)],
      changes: [change(ROLE, "create", null, { name: "ci" })],
    });
    expect([namesOf(before), beforeDrift && namesOf(beforeDrift)]).toEqual([[], ["ci"]]);
  });

  test.each([
    ["of what nothing here reads", change("aws_s3_bucket.x", "update", { tags: {} }, { tags: { a: "b" } })],
    ["that only moves", change(ROLE, "no-op", left, left, { previous_address: "aws_iam_role.old" })],
    ["of an object that was left over", change(ROLE, "delete", left, null, { deposed: "abcd1234" })],
  ])("%s is none", (_, entry) => {
    expect(changeOf({ changes: [change(ROLE, "no-op", left, left)], drift: [entry] }).beforeDrift).toBeUndefined();
  });
});

describe("Data sources", () => {
  const lookup = (name: string) =>
    held("data.github_repository.web", { name, full_name: `octo-org/${name}`, repo_id: 74 });
  const variable = { variable_name: "A", value: "x", visibility: "selected", selected_repository_ids: [74] };

  test("that were read are known on both sides", () => {
    const { before, after } = changeOf({
      prior: [lookup("web")],
      changes: [change("github_actions_organization_variable.a", "no-op", variable, variable)],
    });
    expect([before, after].map(({ values }) => values[0]?.visibleTo)).toEqual([["octo-org/web"], ["octo-org/web"]]);
  });

  test("that are read during apply are not known after", () => {
    const address = "data.aws_iam_openid_connect_provider.github";
    const { before, after, changes } = changeOf({
      prior: [
        held(address, {
          url: "https://example.com",
          arn: `arn:aws:iam::${ACCOUNT}:oidc-provider/example.com`,
          client_id_list: ["a"],
        }),
      ],
      changes: [
        change(
          address,
          "read",
          null,
          { url: "https://example.com" },
          { change: { after_unknown: { client_id_list: true, arn: true } } },
        ),
      ],
    });
    expect(
      [before, after].map(({ accounts }) => accounts.map(({ id, providers: [provider] }) => [id, provider?.clientIds])),
    ).toEqual([[[ACCOUNT, ["a"]]], [[ACCOUNT, { unknown: "client_id_list is an expression" }]]]);
    expect(changes).toEqual([]);
  });
});

describe("Plans that real Terraform made", () => {
  const PLANS = path.join(__dirname, "fixtures/plans");
  const files = readdirSync(PLANS).filter((name) => name !== "story-state.json");

  test.each(files)("%s leads to the same access, whoever asks", (name) => {
    const text = readFileSync(path.join(PLANS, name), "utf8");
    const { after } = planChange(path.join(PLANS, name));
    const roles = (model: AccessModel) => rolesOf(model).map(({ name: role, trust: policy }) => [role, policy]);
    expect(roles(after)).toEqual(roles(fromPlanText(text, name)));
    expect(after.environments).toEqual(fromPlanText(text, name).environments);
  });

  test("one that changes nothing is the same before and after", () => {
    const { before, after, changes, withheld } = planChange(path.join(PLANS, "story-unchanged.json"));
    expect(after).toEqual(before);
    expect(rolesOf(after).every((role) => rolesOf(before).includes(role))).toBe(true);
    expect([changes, withheld]).toEqual([[], []]);
  });

  test("one that creates all has nothing before", () => {
    const { before, changes } = planChange(path.join(PLANS, "story-created.json"));
    expect([rolesOf(before), before.environments, before.values]).toEqual([[], [], []]);
    expect(changes.every(({ action }) => action === "create")).toBe(true);
  });
});

test("a plan turned around has its before after, and its after before", () => {
  const [a, b] = [roleValues("ci"), roleValues("ci", { max_session_duration: 7_200 })];
  const other = roleValues("other");
  const there = changeOf({
    changes: [change(ROLE, "update", a, b), change("aws_iam_role.other", "delete", other, null)],
  });
  const back = changeOf({
    changes: [change(ROLE, "update", b, a), change("aws_iam_role.other", "create", null, other)],
  });
  expect([there.before, there.after]).toEqual([back.after, back.before]);
});

test("a plan that ended with an error is said to have", () => {
  expect(changeOf({ more: { errored: true } }).errored).toBe(true);
  expect(
    planChangeOfText(
      JSON.stringify({
        format_version: "1.2",
        errored: true,
        prior_state: { values: { root_module: { resources: [held(ROLE, roleValues("ci"))] } } },
      }),
      "plan.json",
    ),
  ).toMatchObject({ errored: true, changes: [] });
});
