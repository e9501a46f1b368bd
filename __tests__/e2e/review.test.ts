import { readFileSync } from "node:fs";
import path from "node:path";
import { planChangeOfText } from "../../lib/readers/from-plan-change";
import type { Review } from "../../lib/review/review";
import { reviewOf } from "../../lib/review/review-of";
import { CASES } from "../review/corpus/cases";
import { verdictOf } from "../review/corpus/verdict";
import { reasonsToSkip, type Need } from "./harness/requirements";
import { storyTest } from "./harness/story-test";
import { appliedAndPlanned, folderOf, PlanMaker, type Plans } from "./review-corpus/plan-maker";

/**
 * Reviews of plans as Terraform makes them today, whole: those of the corpus are trimmed. `scripts/review-corpus.ts`
 * makes all of them anew.
 */
const NEEDS: readonly Need[] = ["terraform", "aws", "github", "moto"];

/** One of every way in which access gets into a plan. */
const MADE_ANEW = [
  "stranger-let-in",
  "role-created-with-environment",
  "role-replaced",
  "policy-read-during-apply",
  "secret-replaced",
  "file-repository-added",
];

const reviewed = (plans: Plans): Review =>
  reviewOf(Object.entries(plans).map(([file, json]) => planChangeOfText(json, file)));

describe("reviews of plans made today", () => {
  let maker: PlanMaker;
  const ready = reasonsToSkip(NEEDS).length === 0;
  beforeAll(async () => {
    if (ready) maker = await PlanMaker.start();
  });
  afterAll(() => maker?.stop());

  for (const each of CASES.filter(({ name }) => MADE_ANEW.includes(name)))
    storyTest(NEEDS, `${each.says}; and once it is applied nothing changes`, async () => {
      let afterwards = "";
      const plans = await maker.make(each, async (terraform) => {
        afterwards = await appliedAndPlanned(terraform);
      });
      expect(verdictOf(reviewed(plans))).toEqual(
        JSON.parse(readFileSync(path.join(folderOf(each), "expected.json"), "utf8")),
      );
      expect(verdictOf(reviewed({ "plan.json": afterwards }))).toEqual({ headline: "No change in who can do what" });
    });
});
