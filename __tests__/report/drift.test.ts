import type { Drift } from "../../lib/drift/output";
import { colors } from "../../lib/report/colors";
import { renderDrift } from "../../lib/report/drift";

const DRIFT: Drift = {
  account: "production",
  repository: "octo-org/web",
  environment: null,
  kind: "variable",
  name: "A",
  file: "its value",
  github: "another value",
  seenByPlan: true,
  fix: "apply",
};
const render = (...drift: Partial<Drift>[]): string =>
  renderDrift(
    { drift: drift.map((each) => ({ ...DRIFT, ...each })), secrets: [] },
    { colors: colors(false), width: 80 },
  );

describe("drift for people", () => {
  test("stands by place, and what a plan does not see is marked and counted", () => {
    expect(render({}, { environment: "prod", seenByPlan: false }, { name: "B" })).toBe(
      [
        "production · octo-org/web",
        "  variable A            the file: its value",
        "                        GitHub: another value",
        "                        Fix: apply",
        "  variable B            the file: its value",
        "                        GitHub: another value",
        "                        Fix: apply",
        "",
        "production · octo-org/web · environment prod",
        "  variable A            the file: its value",
        "                        GitHub: another value",
        "                        Fix: apply",
        "                        ! terraform plan does not see this",
        "",
        "3 differences, of which terraform plan does not see 1.",
      ].join("\n"),
    );
  });

  test("is cut where it is long, in characters as in lines", () => {
    const printed = render({ github: "x".repeat(10_000) });
    expect(printed.length).toBeLessThan(1_500);
    expect(Math.max(...printed.split("\n").map((line) => line.length))).toBeLessThanOrEqual(80);
  });

  test("has no character that commands the terminal", () => {
    expect(
      render({
        repository: "octo-org/\u001b[2J",
        environment: "\u202e",
        name: "\u0007",
        file: "\u009b",
        github: "\r",
        fix: "\u0000",
      }),
    ).not.toMatch(/[^\P{Cc}\n]|\p{Cf}/u);
  });
});
