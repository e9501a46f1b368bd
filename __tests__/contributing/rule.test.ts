import { RULES } from "../../lib/check/registry";
import type { AnyRule } from "../../lib/check/rule";
import { isThere, listedFiles, namesIn, textOf } from "./project-files";

const FOLDER = "lib/check/rules";
const FILES = namesIn(FOLDER);

test.each(FILES)("%s is a rule that the registry has, under the number of its file's name", async (file) => {
  const [, number = ""] = /^L(\d\d)-[a-z-]+\.ts$/.exec(file) ?? [];
  const exported = Object.values((await import(`../../${FOLDER}/${file}`)) as Record<string, unknown>);
  const [rule, ...others] = exported.filter(isRule);
  expect(others).toEqual([]);
  expect(rule?.id).toBe(`L${Number(number)}`);
  expect(RULES).toContain(rule);
});

const isRule = (value: unknown): value is AnyRule =>
  typeof value === "object" && value !== null && "appliesTo" in value;

test("the registry has no rule but those of the files", () => {
  expect(RULES.map(({ id }) => id)).toEqual(FILES.map((file) => `L${Number(file.slice(1, 3))}`));
});

describe.each(RULES.map((rule) => [rule.id, rule] as const))("%s", (id, rule) => {
  test("has the page that CONTRIBUTING.md lists, and a row in the table of all rules", () => {
    const pages = listedFiles("## Add a rule of `check`").filter((file) => /^docs\/.*<number>/.test(file));
    expect(pages).toContain("docs/rules/L<number>.md");
    const own = pages.map((file) => file.replaceAll("<number>", id.slice(1)));
    expect(own.filter((file) => !isThere(file))).toEqual([]);
    expect(textOf("docs/rules/README.md")).toContain(`| [${id}](${id}.md) | ${rule.title} | ${rule.severity} |`);
  });

  test("has examples that it finds and examples that it passes", () => {
    expect(rule.nonCompliant.length).toBeGreaterThan(0);
    expect(rule.compliant.length).toBeGreaterThan(0);
  });
});

test("every page of docs/rules is of a rule", () => {
  const pages = RULES.map(({ id }) => `${id}.md`);
  expect(namesIn("docs/rules")).toEqual([...pages, "README.md"].sort());
});
