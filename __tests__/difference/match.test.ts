import { matchRoles } from "../../lib/difference/match";
import type { AccessModel, RoleModel } from "../../lib/model/model";
import { formatText } from "../../lib/trust/text";
import { ACCOUNT } from "../trust/calls";
import { account } from "../questions/role-call/roles";
import { modelOf, NO_ACCESS, role, trusting } from "./models";

const POLICY = trusting("repo:octo-org/web-shop:pull_request");
const named = (name: string, address = `aws_iam_role.${name}`, otherwise: Partial<RoleModel> = {}): RoleModel =>
  role(POLICY, { name, arn: `arn:aws:iam::${ACCOUNT}:role/${name}`, location: { address }, ...otherwise });
const notKnown = [{ unknown: "known after apply" }];

const pairsOf = (before: AccessModel, after: AccessModel): string[] =>
  matchRoles(before, after).map(
    ({ before: was, after: is, state, unchanged }) =>
      `${was ? formatText(was.role.name) : "-"} > ${is ? formatText(is.role.name) : "-"}: ${state}${unchanged ? ", unchanged" : ""}`,
  );

test.each<[string, AccessModel, AccessModel, string[]]>([
  ["nothing", NO_ACCESS, NO_ACCESS, []],
  ["a role that stays", modelOf(named("a")), modelOf(named("a")), ["a > a: kept, unchanged"]],
  ["a role that is made", NO_ACCESS, modelOf(named("a")), ["- > a: created"]],
  ["a role that goes", modelOf(named("a")), NO_ACCESS, ["a > -: deleted"]],
  [
    "a role that says something else",
    modelOf(named("a")),
    modelOf(named("a", undefined, { sessionSeconds: 3_600 })),
    ["a > a: kept"],
  ],
  [
    "a role that is written elsewhere",
    modelOf(named("a")),
    modelOf(named("a", "module.roles.aws_iam_role.a")),
    ["a > a: kept, unchanged"],
  ],
  [
    "a role of the same name in other letters",
    modelOf(named("Deploy")),
    modelOf(named("deploy", "aws_iam_role.other")),
    ["Deploy > deploy: replaced"],
  ],
  [
    "a role of another path",
    modelOf(named("a")),
    modelOf(named("a", "aws_iam_role.b", { arn: `arn:aws:iam::${ACCOUNT}:role/ci/a`, path: "/ci/" })),
    ["a > a: replaced"],
  ],
  [
    "a role with another name is another role",
    modelOf(named("a", "aws_iam_role.x")),
    modelOf(named("b", "aws_iam_role.x")),
    ["- > b: created", "a > -: deleted"],
  ],
  [
    "a role that is made anew, by its name",
    modelOf(named("a")),
    modelOf(named("a", undefined, { arn: notKnown })),
    ["a > a: replaced"],
  ],
  [
    "a role whose name is made up anew, by its place",
    modelOf(named("a")),
    modelOf(named("a", "aws_iam_role.a", { name: notKnown, arn: notKnown })),
    ["a > {?known after apply}: replaced"],
  ],
  [
    "two roles that change places",
    modelOf(named("a", "aws_iam_role.x"), named("b", "aws_iam_role.y")),
    modelOf(named("b", "aws_iam_role.x"), named("a", "aws_iam_role.y")),
    ["b > b: kept, unchanged", "a > a: kept, unchanged"],
  ],
])("%s", (_, before, after, pairs) => expect(pairsOf(before, after)).toEqual(pairs));

test("roles of one name in two accounts are two", () => {
  const other = { ...account, id: "444455556666", name: "staging" };
  const inOther = named("a", "aws_iam_role.b", { arn: "arn:aws:iam::444455556666:role/a" });
  expect(pairsOf(modelOf(named("a")), { ...NO_ACCESS, accounts: [{ ...other, roles: [inOther] }] })).toEqual([
    "- > a: created",
    "a > -: deleted",
  ]);
});

test("an account whose id is not known yet is the one of the same place", () => {
  const later = {
    ...NO_ACCESS,
    accounts: [{ ...account, id: null, roles: [named("a", undefined, { arn: notKnown })] }],
  };
  expect(pairsOf(modelOf(named("a")), later)).toEqual(["a > a: replaced"]);
});

test("the same address in two files is two places", () => {
  const at = (file: string, name: string): RoleModel =>
    named(name, "aws_iam_role.x", { location: { address: "aws_iam_role.x", file }, name: notKnown, arn: notKnown });
  expect(pairsOf(modelOf(at("a.json", "a"), at("b.json", "b")), modelOf(at("b.json", "b")))).toEqual([
    "{?known after apply} > {?known after apply}: kept, unchanged",
    "{?known after apply} > -: deleted",
  ]);
});

test("10,000 roles that stay are paired", () => {
  const roles = Array.from({ length: 10_000 }, (_, index) => named(`role-${index}`));
  expect(matchRoles(modelOf(...roles), modelOf(...roles)).every(({ unchanged }) => unchanged)).toBe(true);
});
