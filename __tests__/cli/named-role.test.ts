import { fromStackJson } from "../../lib/readers/from-synth";
import type { AccessModel } from "../../lib/model/model";
import { mergeModels } from "../../lib/model/merge";
import { namedRole } from "../../lib/cli/named-role";
import { UsageError } from "../../lib/cli/usage-error";

/** A stack of roles, each in the account of its provider's configuration. */
const stack = (name: string | null, roles: Readonly<Record<string, object>>, provider: object = {}): AccessModel =>
  fromStackJson({ provider, resource: { aws_iam_role: roles } }, name);
const account = (id: string): object => ({ aws: [{ region: "eu-west-1", allowed_account_ids: [id] }] });

const two = mergeModels([
  stack("staging", { deploy: { name: "deploy" } }, account("222233334444")),
  stack("production", { deploy: { name: "deploy" }, plan: { name: "plan" } }, account("111122223333")),
]);
const many = stack(
  "many",
  Object.fromEntries(Array.from({ length: 12 }, (_, index) => [`r${index}`, { name: `role-${index}` }])),
);

describe("the role of a name", () => {
  test.each([
    ["plan", undefined, "production"],
    ["plan", "111122223333", "production"],
    ["deploy", "staging", "staging"],
    ["deploy", "111122223333", "production"],
  ])("%s in account %s is in %s", (role, of, expected) => expect(namedRole(two, role, of).account.name).toBe(expected));

  test("may not all be known, and is then called as the access command calls it", () =>
    expect(
      namedRole(stack(null, { a: { name_prefix: "deploy-" } }), "deploy-{?name, made by Terraform}").role.location,
    ).toEqual({ address: "aws_iam_role.a" }));

  test.each<[string, AccessModel, string, string | undefined, string]>([
    [
      "several accounts",
      two,
      "deploy",
      undefined,
      '--role "deploy": roles of that name are in staging (222233334444), production (111122223333): choose one by --account NAME or --account ID',
    ],
    [
      "an account without it",
      two,
      "plan",
      "staging",
      '--role "plan": account "staging" has no role of that name; it is in production (111122223333)',
    ],
    ["another name", two, "paln", undefined, '--role "paln": there is no role of that name: did you mean "plan"?'],
    [
      "another name, in an account",
      two,
      "paln",
      "production",
      '--role "paln": there is no role of that name: did you mean "plan"?',
    ],
    ["capital letters", two, "Plan", undefined, 'did you mean "plan"?'],
    [
      "many names",
      many,
      "x",
      undefined,
      "there are role-0, role-1, role-2, role-3, role-4, role-5, role-6, role-7, role-8, role-9, 2 more",
    ],
    ["no role at all", stack(null, {}), "x", undefined, '--role "x": the source has no roles'],
    [
      "two of one account",
      stack("ci", { a: { name: "deploy" }, b: { name: "deploy" } }),
      "deploy",
      undefined,
      '--role "deploy": 2 roles of that name are in ci (aws_iam_role.a, aws_iam_role.b): name a source that has one of them',
    ],
    [
      "two, of which nothing is known",
      stack(null, { a: { name: "deploy", provider: "aws.a" }, b: { name: "deploy", provider: "aws.b" } }),
      "deploy",
      undefined,
      "2 roles of that name are in an account that is not known (aws_iam_role.a, aws_iam_role.b)",
    ],
  ])("%s", (_, model, role, of, sentence) => {
    expect(() => namedRole(model, role, of)).toThrow(UsageError);
    expect(() => namedRole(model, role, of)).toThrow(sentence);
  });

  test("may be in what was not read, and that is said", () => {
    const model = fromStackJson({
      resource: { aws_iam_role: { a: { name: "deploy" } } },
      module: { more: { source: "./more" } },
    });
    expect(() => namedRole(model, "other")).toThrow(
      "there are deploy\nmodule.more was not read: only a plan tells what it adds",
    );
  });
});
