import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { colors } from "../../lib/report/colors";
import { renderReviewText } from "../../lib/report/review-text";
import type { Review } from "../../lib/review/review";
import { hostileText } from "../support/hostile-text";
import { admission, renamed, review, REVIEWS } from "./reviews";
import { runs } from "../support/runs";

const GOLDEN = path.join(__dirname, "golden/review");
const render = (review: Review): string => renderReviewText(review, { colors: colors(false), width: 80 });

describe("a review for people at a terminal", () => {
  test.each(Object.entries(REVIEWS))("%s is as it was looked at (UPDATE_GOLDEN=1 writes it)", (name, each) => {
    const file = path.join(GOLDEN, `${name}.txt`);
    const printed = `${render(each)}\n`;
    if (process.env["UPDATE_GOLDEN"]) writeFileSync(file, printed);
    else expect(printed).toBe(readFileSync(file, "utf8"));
  });

  test.each(Object.entries(REVIEWS))("%s has 80 columns", (_, each) => {
    expect(
      Math.max(
        ...render(each)
          .split("\n")
          .map((line) => line.length),
      ),
    ).toBeLessThanOrEqual(80);
  });

  test("has no character of others that commands the terminal, or shows as something else", () => {
    fc.assert(
      fc.property(fc.array(hostileText(), { minLength: 120, maxLength: 120 }), (names) => {
        expect(render(renamed(REVIEWS.everything, names))).not.toMatch(
          /[^\P{Cc}\n]|\p{Cf}|\p{Cs}|\p{Zl}|\p{Zp}|\p{Default_Ignorable_Code_Point}/u,
        );
      }),
      { numRuns: runs(100) },
    );
  });

  test("roles that open to another owner's repositories stand before everything", () => {
    const text = render(
      review({
        gained: [admission("plan")],
        widened: [admission("release"), admission("deploy", { strangers: ["evil-org"] })],
      }),
    );
    expect(text.match(/^\w.* in production.*$/gm)).toEqual([
      "Opened to another owner's repositories in production · 111122223333",
      "Gained in production · 111122223333",
      "Widened in production · 111122223333",
    ]);
  });

  test("tells the same lists as the Markdown", () => {
    for (const text of [
      "Gained in production · 111122223333",
      "Gained in staging · 222233334444",
      "Widened in production",
      "3 protections are weaker",
      "2 roles with more permissions",
      "1 thing could not be known, and may let somebody in",
      "1 new finding of check",
      "Less: access to 1 role lost",
      "outside Terraform since the last apply (drift)",
      "1 resource stays as it is, and Terraform no longer manages it",
    ])
      expect(render(REVIEWS.everything)).toContain(text);
  });
});
