import { isAnyThere, pathsIn, textOf } from "./project-files";

const scripts = (JSON.parse(textOf("package.json")) as { scripts: Record<string, string> }).scripts;

describe.each(["CONTRIBUTING.md", "SECURITY.md"])("%s", (page) => {
  const text = textOf(page);

  test("names only files and folders that are there", () => {
    expect(pathsIn(text).filter((file) => !isAnyThere(file))).toEqual([]);
  });

  test("names only scripts that package.json has", () => {
    const named = [...text.matchAll(/npm run ([\w:-]+)/g)].map(([, name = ""]) => name);
    expect(named.filter((name) => scripts[name] === undefined)).toEqual([]);
  });
});

test("paths are found in code spans and links, and placeholders stand for any name", () => {
  const text = "`npm ci`, `lib/<name>.ts`, `README.md`, `**/*`, [a](docs/a.md#b), [c](https://example.com/d.md), `L4`";
  expect(pathsIn(text)).toEqual(["lib/<name>.ts", "README.md", "docs/a.md"]);
  expect(["docs/rules/L<number>.md", "docs", "README.md"].filter((file) => !isAnyThere(file))).toEqual([]);
  const gone = ["docs/rules/M<number>.md", "docs/rules/L<number>.txt", "lib/no-such-folder", "GONE.md"];
  expect(gone.filter(isAnyThere)).toEqual([]);
});
