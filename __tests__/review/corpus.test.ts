import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { planChangeOfText } from "../../lib/readers/from-plan-change";
import { type Review } from "../../lib/review/review";
import { reviewOf } from "../../lib/review/review-of";
import { CASES } from "./corpus/cases";
import { verdictOf } from "./corpus/verdict";

const CORPUS = path.join(__dirname, "corpus");

const reviewed = (name: string): Review =>
  reviewOf(plansOf(name).map((file) => planChangeOfText(readFileSync(path.join(CORPUS, name, file), "utf8"), file)));

const plansOf = (name: string): string[] =>
  readdirSync(path.join(CORPUS, name))
    .filter((file) => /^plan(\..*)?\.json$/.test(file))
    .sort();

describe("plans that real Terraform made", () => {
  test.each(CASES)("$name: $says", ({ name }) => {
    expect(verdictOf(reviewed(name))).toEqual(
      JSON.parse(readFileSync(path.join(CORPUS, name, "expected.json"), "utf8")),
    );
  });

  test("every folder is a case, and every case has a plan", () => {
    const folders = readdirSync(CORPUS, { withFileTypes: true }).filter((entry) => entry.isDirectory());
    expect(folders.map(({ name }) => name)).toEqual(CASES.map(({ name }) => name).sort());
    expect(CASES.filter(({ name }) => plansOf(name).length === 0)).toEqual([]);
  });
});
