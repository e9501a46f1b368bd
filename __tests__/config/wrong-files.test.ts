import { parse } from "yaml";
import { Access } from "../../lib/config/access";
import type { AccessConfig } from "../../lib/config/schema";
import { AccessFolder, mistakesOf } from "./access-folder";
import { POLICY_FILES, WRONG_FILES } from "./wrong-files";

const folder = new AccessFolder();

beforeAll(() => {
  for (const [name, text] of Object.entries(POLICY_FILES)) folder.write(`policies/${name}`, text);
});
afterAll(() => folder.remove());

describe("a wrong access file is refused", () => {
  test.each(WRONG_FILES)("when $name", ({ yaml, expected }) => {
    expect(folder.mistakesIn(yaml)).toEqual(expected);
  });
});

describe("the messages for wrong access files", () => {
  const lines = WRONG_FILES.flatMap(({ expected }) => expected);

  test("are one line each: place, what is wrong, what to do", () => {
    for (const line of lines) expect(line).toMatch(/^access\.yaml:[0-9]+:[0-9]+: [^\n]+[:,] .+$/);
  });

  test("never show what was written as a secret", () => {
    expect(WRONG_FILES.some(({ yaml }) => yaml.includes("hunter2"))).toBe(true);
    for (const line of lines) expect(line).not.toContain("hunter2");
  });

  test("name a different file each", () => {
    expect(new Set(WRONG_FILES.map(({ name }) => name)).size).toBe(WRONG_FILES.length);
    expect(new Set(WRONG_FILES.map(({ yaml }) => yaml)).size).toBe(WRONG_FILES.length);
  });

  test("are as many where the same mistakes are made in TypeScript, each with its path", () => {
    const file = WRONG_FILES.find(({ name }) => name === "mistakes of every kind are reported at once");
    const config = parse(file?.yaml ?? "") as AccessConfig;
    const inTypeScript = mistakesOf(() => Access.from(config, { policyFolder: folder.path }));
    expect(inTypeScript).toContain('accounts.staging.id: "id" is the number 222233334444: use text');
    expect(inTypeScript).toHaveLength(file?.expected.length ?? 0);
  });
});
