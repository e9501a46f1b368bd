import { casesMet, runs } from "./runs";

const FULL = { FULL_LAWS: "1" };

describe("the number of runs of a law", () => {
  test("is a tenth by default, and all in the full run", () => {
    expect([runs(1_500, {}), runs(1_500, FULL)]).toEqual([150, 1_500]);
  });

  test("is all where the full run has few, and never more", () => {
    expect([runs(20, {}), runs(21, {}), runs(200, {}), runs(201, {}), runs(3, {}), runs(3, FULL)]).toEqual([
      20, 20, 20, 21, 3, 3,
    ]);
  });

  test("is not made larger by another value of the variable", () => {
    expect([runs(1_500, { FULL_LAWS: "" }), runs(1_500, { FULL_LAWS: "0" })]).toEqual([150, 150]);
  });

  test("lets a law meet fewer cases of a kind where there are fewer runs", () => {
    expect([casesMet(200, {}), casesMet(200, FULL)]).toEqual([5, 200]);
  });
});
