import { SEVERITIES } from "../../lib/check/finding";
import { findRule, RULES } from "../../lib/check/registry";
import { exampleFindings } from "./example-findings";

describe.each(RULES.map((rule) => [`${rule.id} ${rule.title}`, rule] as const))("%s", (_, rule) => {
  test("is complete", () => {
    expect(SEVERITIES).toContain(rule.severity);
    for (const text of [rule.title, rule.explanation, rule.remedy]) expect(text.length).toBeGreaterThan(10);
    expect(rule.source).toMatch(/^https:\/\//);
    expect(rule.compliant.length * rule.nonCompliant.length).toBeGreaterThan(0);
  });

  test.each(rule.compliant.map((example) => [example.about, example] as const))("is content with: %s", (__, example) =>
    expect(exampleFindings(rule, example)).toEqual([]),
  );

  test.each(rule.nonCompliant.map((example) => [example.about, example] as const))("finds: %s", (__, example) => {
    const findings = exampleFindings(rule, example);
    expect(findings.length).toBeGreaterThan(0);
    for (const { message, fix, location } of findings) {
      expect(message).not.toMatch(/undefined|\[object/);
      expect(fix.length).toBeGreaterThan(5);
      expect("address" in location || location.line > 1).toBe(true);
    }
  });

  test("finds its worst as bad as it says it is", () => {
    const found = rule.nonCompliant.flatMap((example) =>
      exampleFindings(rule, example).map(({ severity }) => severity),
    );
    expect(found).toContain(rule.severity);
  });
});

test("ids are given once, in order, and found in any spelling", () => {
  const numbers = RULES.map(({ id }) => Number(id.slice(1)));
  expect(numbers).toEqual([...new Set(numbers)].sort((a, b) => a - b));
  for (const rule of RULES)
    for (const id of [rule.id, rule.id.toLowerCase(), rule.id.replace("L", "L0")]) expect(findRule(id)).toBe(rule);
  expect(["L99", "", "1", "L", "l1x"].map(findRule)).toEqual(["L99", "", "1", "L", "l1x"].map(() => undefined));
});
