import { matchRoles } from "../../lib/difference/match";
import { valueChanges } from "../../lib/difference/values";
import type { ValueChange } from "../../lib/difference/schema";
import type { AccessModel, Text, ValueModel } from "../../lib/model/model";
import { unknownText } from "../../lib/trust/text";
import { account, model, role } from "./role-pairs";

const REPOSITORY = "octo-org/web-shop";
const DEPLOY = "arn:aws:iam::111122223333:role/deploy";
const ADMIN = "arn:aws:iam::111122223333:role/admin";

const value = (given: Partial<ValueModel> = {}): ValueModel => ({
  kind: "variable",
  name: "AWS_ROLE_ARN",
  repository: REPOSITORY,
  environment: "production",
  visibleTo: null,
  role: DEPLOY,
  location: { address: "variable" },
  ...given,
});
const secret = (given: Partial<ValueModel> = {}): ValueModel => value({ kind: "secret", ...given });
const ofOrganization = (visibleTo: ValueModel["visibleTo"], given: Partial<ValueModel> = {}): ValueModel =>
  value({ repository: null, environment: null, visibleTo, ...given });

const changes = (
  before: readonly ValueModel[],
  after: readonly ValueModel[],
  roles: { before?: AccessModel["accounts"]; after?: AccessModel["accounts"] } = {},
): ValueChange[] => {
  const [was, is] = [
    model({ values: [...before], accounts: roles.before ?? [] }),
    model({ values: [...after], accounts: roles.after ?? [] }),
  ];
  return valueChanges(was, is, matchRoles(was, is));
};

type Line = [change: ValueChange["change"], before: string | null, after: string | null];

const line = ({ change, before, after }: ValueChange): Line => [change, before, after];

const SWAPPED: Record<ValueChange["change"], ValueChange["change"]> = {
  added: "removed",
  removed: "added",
  "points elsewhere": "points elsewhere",
  "known after apply": "known after apply",
  "seen by more": "seen by fewer",
  "seen by fewer": "seen by more",
  "another value": "another value",
};
const mirrored = ([change, before, after]: Line): Line => [SWAPPED[change], after, before];

describe("a value", () => {
  test.each<[string, ValueModel[], ValueModel[], Line[]]>([
    ["is added", [], [value()], [["added", null, DEPLOY]]],
    ["is removed", [value()], [], [["removed", DEPLOY, null]]],
    ["points elsewhere", [value()], [value({ role: ADMIN })], [["points elsewhere", DEPLOY, ADMIN]]],
    [
      "of another account points elsewhere",
      [value()],
      [value({ role: "arn:aws:iam::444455556666:role/deploy" })],
      [["points elsewhere", DEPLOY, "arn:aws:iam::444455556666:role/deploy"]],
    ],
    ["becomes the ARN of a role", [value({ role: null })], [value()], [["points elsewhere", null, DEPLOY]]],
    ["is no ARN of a role any more", [value()], [value({ role: null })], [["points elsewhere", DEPLOY, null]]],
    [
      "that is no ARN of a role does not count",
      [value({ role: null, visibleTo: "all" })],
      [value({ role: null, visibleTo: "private" })],
      [],
    ],
    ["that is no ARN of a role may come", [], [value({ role: null })], []],
    ["that is no ARN of a role may go", [value({ role: null })], [], []],
    ["stays", [value()], [value()], []],
    ["stays, written elsewhere", [value()], [value({ location: { address: "module.x.variable" } })], []],
    [
      "stays, with its names in another case",
      [value()],
      [value({ name: "aws_role_arn", repository: "Octo-Org/Web-Shop", environment: "Production" })],
      [],
    ],
    [
      "of another name is another one",
      [value()],
      [value({ name: "ROLE" })],
      [
        ["added", null, DEPLOY],
        ["removed", DEPLOY, null],
      ],
    ],
    [
      "of another environment is another one",
      [value()],
      [value({ environment: "staging" })],
      [
        ["added", null, DEPLOY],
        ["removed", DEPLOY, null],
      ],
    ],
    [
      "of the whole repository is another one",
      [value()],
      [value({ environment: null })],
      [
        ["added", null, DEPLOY],
        ["removed", DEPLOY, null],
      ],
    ],
    [
      "of another repository is another one",
      [value()],
      [value({ repository: "octo-org/blog" })],
      [
        ["added", null, DEPLOY],
        ["removed", DEPLOY, null],
      ],
    ],
    [
      "of the organization is another one than that of a repository",
      [value({ environment: null })],
      [ofOrganization("all")],
      [
        ["added", null, DEPLOY],
        ["removed", DEPLOY, null],
      ],
    ],
    [
      "becomes a secret: that is another one, and is never told",
      [value()],
      [secret()],
      [
        ["added", null, null],
        ["removed", DEPLOY, null],
      ],
    ],
    [
      "of two resources is told for each",
      [value(), value()],
      [value(), value({ role: ADMIN })],
      [["points elsewhere", DEPLOY, ADMIN]],
    ],
    [
      "is known after apply, by the role's name",
      [value()],
      [value({ role: ["arn:aws:iam::", { unknown: "account" }, ":role/ci/deploy"] })],
      [["known after apply", DEPLOY, "deploy"]],
    ],
    [
      "is known after apply, of which only an expression is known",
      [value()],
      [value({ role: unknownText("local.role") })],
      [["known after apply", DEPLOY, "{?local.role}"]],
    ],
    [
      "is not known, as before",
      [value({ role: unknownText("local.role") })],
      [value({ role: unknownText("local.role") })],
      [],
    ],
    [
      "is added and known after apply",
      [],
      [value({ role: ["arn:aws:iam::", { unknown: "account" }, ":role/deploy"] })],
      [["added", null, "deploy"]],
    ],
    ["that is a secret is added, and not told", [], [secret()], [["added", null, null]]],
    ["that is a secret is removed, and not told", [secret()], [], [["removed", null, null]]],
    [
      "that is a secret points elsewhere, and is not told",
      [secret()],
      [secret({ role: ADMIN })],
      [["points elsewhere", null, null]],
    ],
    [
      "that is a secret is known after apply, and not told",
      [secret()],
      [secret({ role: unknownText("aws_iam_role.deploy.arn") })],
      [["known after apply", null, null]],
    ],
    [
      "that is a secret and no role, as far as is known, does not count",
      [secret({ role: null })],
      [secret({ role: null })],
      [],
    ],
  ])("%s", (_, before, after, expected) => {
    expect(changes(before, after).map(line)).toEqual(expected);
    expect(changes(after, before).map(line).sort()).toEqual(expected.map(mirrored).sort());
  });

  const names = (...all: readonly Text[]): ValueModel["visibleTo"] => [...all];
  const more: Line = ["seen by more", DEPLOY, DEPLOY];
  const fewer: Line = ["seen by fewer", DEPLOY, DEPLOY];

  test.each<[string, ValueModel["visibleTo"], ValueModel["visibleTo"], Line[]]>([
    ["by all in place of private ones", "private", "all", [more]],
    ["by all in place of some", names("o/a"), "all", [more]],
    ["by one more", names("o/a"), names("o/a", "o/b"), [more]],
    ["by some where nobody saw it", names(), names("o/a"), [more]],
    ["by private ones where nobody saw it", names(), "private", [more]],
    ["by others", names("o/a"), names("o/b"), [more, fewer]],
    ["by private ones in place of some, of which any may be public", names("o/a"), "private", [more, fewer]],
    ["by some that are not known", names("o/a"), { unknown: "visibility" }, [more, fewer]],
    ["by all, where it was not known by whom", { unknown: "visibility" }, "all", [more]],
    ["by the same, not known for the same reason", { unknown: "visibility" }, { unknown: "visibility" }, []],
    ["by the same in another order and case", names("o/a", "o/b"), names("O/B", "o/a"), []],
    ["by nobody, as before", names(), names(), []],
  ])("of the organization is seen %s", (_, before, after, expected) => {
    expect(changes([ofOrganization(before)], [ofOrganization(after)]).map(line)).toEqual(expected);
    expect(
      changes([ofOrganization(after)], [ofOrganization(before)])
        .map(line)
        .sort(),
    ).toEqual(expected.map(mirrored).sort());
  });

  test("may point elsewhere and be seen by more", () =>
    expect(
      changes([ofOrganization("private")], [ofOrganization("all", { role: ADMIN })]).map(({ change }) => change),
    ).toEqual(["points elsewhere", "seen by more"]));

  test("of a role whose ARN is not known until apply is told by the role's name", () => {
    const arn = unknownText("aws_iam_role.deploy.arn");
    const after = [account([role({ name: "web-shop-deploy", arn })])];
    expect(changes([value()], [value({ role: arn })], { after }).map(line)).toEqual([
      ["known after apply", DEPLOY, "web-shop-deploy"],
    ]);
  });

  test("is told with its kind, place and location after the change", () =>
    expect(changes([value()], [value({ role: ADMIN, location: { address: "moved" } })])).toEqual([
      {
        kind: "variable",
        name: "AWS_ROLE_ARN",
        repository: REPOSITORY,
        environment: "production",
        change: "points elsewhere",
        before: DEPLOY,
        after: ADMIN,
        location: { address: "moved" },
      },
    ]));
});
