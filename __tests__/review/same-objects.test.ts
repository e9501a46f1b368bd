import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { generatePlan } from "../../bench/generate-plan";
import { planChangeOfText } from "../../lib/readers/from-plan-change";
import type { AccessModel } from "../../lib/model/model";
import type { PlanChange } from "../../lib/model/plan-change";
import { reviewOf } from "../../lib/review/review-of";

/**
 * What is one object on both sides of a change is not looked at, and a trust policy that names other
 * repositories is not read. Neither may change what is told.
 */

const FOLDERS = [path.join(__dirname, "corpus"), path.join(__dirname, "..", "readers", "fixtures", "plans")];
const CAPTURED = FOLDERS.flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => /\.json$/.test(file) && !/expected|state/.test(file))
    .map((file) => ({ folder, file })),
);

/** Every object once for each side, and every trust policy read. */
const apart = (plan: PlanChange): PlanChange => ({
  ...plan,
  before: copied(plan.before),
  after: copied(plan.after),
  beforeDrift: plan.beforeDrift && copied(plan.beforeDrift),
});

const copied = (model: AccessModel): AccessModel => JSON.parse(JSON.stringify(model)) as AccessModel;

const expectSame = (plans: readonly PlanChange[]): void =>
  expect(reviewOf(plans)).toStrictEqual(reviewOf(plans.map(apart)));

test.each(CAPTURED)("the review of $file is that of models that share nothing", ({ folder, file }) => {
  expectSame([planChangeOfText(readFileSync(path.join(folder, file), "utf8"), file)]);
});

test("the review of several plans together is that of models that share nothing", () => {
  const together = CAPTURED.filter(({ file }) => file.startsWith("file-account-added"));
  expect(together).toHaveLength(2);
  expectSame(together.map(({ folder, file }) => planChangeOfText(readFileSync(path.join(folder, file), "utf8"), file)));
});

test("the plans are those that Terraform made", () => {
  expect(CAPTURED.length).toBeGreaterThan(25);
});

test.each(["few-changed", "all-created"] as const)(
  "the review of a generated plan is that of models that share nothing: %s",
  (kind) => {
    const plan = planChangeOfText(generatePlan(310, kind), "plan.json");
    expectSame([plan]);
    expect(reviewOf([plan]).summary).toMatchObject(
      kind === "few-changed" ? { widened: 2, morePermissions: 1, weakened: 1 } : { gained: 310 },
    );
  },
);

test("what a plan leaves as it is, is one object on both sides", () => {
  const { before, after } = planChangeOfText(generatePlan(310, "few-changed"), "plan.json");
  const shared = (list: "environments" | "values"): number =>
    after[list].filter((each) => (before[list] as readonly unknown[]).includes(each)).length;
  const roles = new Set(before.accounts.flatMap((account) => account.roles));
  expect([
    after.accounts.flatMap((account) => account.roles).filter((role) => roles.has(role)).length,
    shared("environments"),
    shared("values"),
  ]).toStrictEqual([307, 309, 310]);
});
