import { commandsIn, helpOf, optionsIn } from "./command-help";
import { isThere, listedFiles, namesIn, sectionOf, textOf } from "./project-files";

/** By the name of the command. */
const helps = new Map<string, string>();
const FILES = listedFiles("## Add a command");
/** As files, so that each command is a test; that these are all is a test as well. */
const COMMANDS = namesIn("lib/cli/commands", ".ts").map((file) => file.replace(/\.ts$/, ""));

beforeAll(async () => {
  for (const name of COMMANDS) helps.set(name, await helpOf(name));
});

const helpIn = (name: string): string => helps.get(name) ?? "";
const answersJson = (name: string): boolean => /choices:[^)]*"json"/.test(helpIn(name).replaceAll(/\s+/g, " "));
const readsPlans = (name: string): boolean => /terraform show -json/.test(helpIn(name));

test("every command of the command line has its file, and every such file is a command", async () => {
  expect(commandsIn(await helpOf()).sort()).toEqual(COMMANDS);
});

describe.each(COMMANDS)("the command %s", (name) => {
  test("has the files that CONTRIBUTING.md lists for a command", () => {
    const own = FILES.filter((file) => file.includes("<command>")).map((file) => file.replaceAll("<command>", name));
    expect(own).toEqual(expect.arrayContaining([`lib/cli/commands/${name}.ts`, `__tests__/cli/${name}.test.ts`]));
    const needed = answersJson(name) ? own : own.filter((file) => !file.startsWith("docs/schemas/"));
    expect(needed.filter((file) => !isThere(file))).toEqual([]);
  });

  test("shows an example in its help", () => {
    expect(helpIn(name)).toMatch(new RegExp(`\\nExamples?:\\n(?: .*\\n)*.*github-oidc ${name} `));
  });

  test("is explained in docs/commands.md, with every option that its help lists", () => {
    const section = sectionOf("docs/commands.md", `## \`github-oidc ${name}\``);
    const options = optionsIn(helpIn(name));
    expect(options).toContain("--format");
    expect(options.filter((option) => !new RegExp(`^\\| \`${option}[ \`]`, "m").test(section))).toEqual([]);
  });

  test("stands in the change log", () => expect(textOf("CHANGELOG.md")).toContain(`\`github-oidc ${name}\``));

  test("has a schema, made by npm run generate and named in docs/commands.md, if it answers in JSON", () => {
    const schema = `docs/schemas/${name}.json`;
    expect(isThere(schema)).toBe(answersJson(name));
    expect(textOf("scripts/generated-files.ts").includes(`"${schema}"`)).toBe(answersJson(name));
    const section = sectionOf("docs/commands.md", `## \`github-oidc ${name}\``);
    expect(section.includes(`(schemas/${name}.json)`)).toBe(answersJson(name));
  });

  test("is among those that are tried on plans with sensitive values, if it reads plans", () => {
    const tried = textOf("__tests__/sensitive/in-process.ts").includes(`lib/cli/commands/${name}"`);
    expect(tried).toBe(readsPlans(name));
  });
});

test("every schema in docs/schemas is of a command", () => {
  expect(namesIn("docs/schemas")).toEqual(COMMANDS.filter(answersJson).map((name) => `${name}.json`));
});

test("there are commands that read plans, and others", () => {
  expect(COMMANDS.filter(readsPlans)).toContain("review");
  expect(COMMANDS.filter(readsPlans)).not.toContain("synth");
});
