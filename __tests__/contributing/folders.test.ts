import path from "node:path";
import { runInNewContext } from "node:vm";
import { isThere, namesIn, sectionOf, sourcesBelow, textOf } from "./project-files";

type Graph = ReadonlyMap<string, readonly string[]>;

/** Imports whatever it needs: no rule of lint is about it. */
const FREE = "lib/cli";
const FOLDERS = namesIn("lib").map((name) => `lib/${name}`);

/** The layers as lint has them: `eslint.config.mjs` is a module, which these tests cannot load. */
function layersOfLint(): Graph {
  const [, text = ""] = /^const LAYERS = (\{[\s\S]*?^\});/m.exec(textOf("eslint.config.mjs")) ?? [];
  return new Map(Object.entries(runInNewContext(`(${text})`) as Record<string, string[]>));
}

/** Each folder of the table of the architecture, with what it says that the folder may import. */
function rowsOfArchitecture(): ReadonlyMap<string, string> {
  const rows = textOf("docs/architecture.md").matchAll(/^\| `([a-z./]+?)\/?` \| .* \| (.+) \|$/gm);
  return new Map([...rows].map(([, folder = "", imports = ""]) => [folder, imports]));
}

const layerOf = (file: string): string => /^lib\/[^/]+|^[^/]+/.exec(file)?.[0] ?? file;

/** What each folder imports of others, types included. */
function importsBetweenFolders(): Graph {
  const graph = new Map<string, string[]>();
  for (const file of [...["lib", "stacks", "review/src"].flatMap(sourcesBelow), "main.ts", "index.ts"]) {
    const targets = [...textOf(file).matchAll(/\b(?:from|import)\s*\(?\s*"(\.[^"]+)"/g)].map(([, source = ""]) =>
      layerOf(path.posix.join(path.posix.dirname(file), source)),
    );
    const known = graph.get(layerOf(file)) ?? [];
    graph.set(layerOf(file), [...new Set([...known, ...targets.filter((each) => each !== layerOf(file))])]);
  }
  return graph;
}

/** A way from a folder back to itself, if there is one. */
function circleIn(graph: Graph): readonly string[] | undefined {
  const done = new Set<string>();
  const follow = (folder: string, way: readonly string[]): readonly string[] | undefined => {
    if (way.includes(folder)) return [...way.slice(way.indexOf(folder)), folder];
    if (done.has(folder)) return undefined;
    for (const next of graph.get(folder) ?? []) {
      const circle = follow(next, [...way, folder]);
      if (circle) return circle;
    }
    done.add(folder);
    return undefined;
  };
  return [...graph.keys()].map((folder) => follow(folder, [])).find((circle) => circle !== undefined);
}

describe.each(FOLDERS)("%s", (folder) => {
  test("has a row in the table of docs/architecture.md", () =>
    expect([...rowsOfArchitecture().keys()]).toContain(folder));

  test("has its layer in eslint.config.mjs, unless it may import everything", () =>
    expect(layersOfLint().has(folder)).toBe(folder !== FREE));
});

test("no row and no layer is of a folder or file that is gone", () => {
  const named = [...rowsOfArchitecture().keys(), ...layersOfLint().keys(), ...[...layersOfLint().values()].flat()];
  expect(named.filter((each) => !isThere(each))).toEqual([]);
});

test.each([...rowsOfArchitecture()].filter(([folder]) => folder !== FREE))(
  "docs/architecture.md says of %s what lint says: %s",
  (folder, words) => {
    const names = words === "nothing of ours" ? [] : words.split(", ").filter((name) => name !== "cdktf");
    const known = names.map((name) => (isThere(`lib/${name}`) ? `lib/${name}` : name));
    expect(known.sort()).toEqual([...(layersOfLint().get(folder) ?? ["no layer"])].sort());
  },
);

test("no folder imports, by way of others, itself", () => expect(circleIn(importsBetweenFolders())).toBeUndefined());

test("lint would not allow it either", () => expect(circleIn(layersOfLint())).toBeUndefined());

test("imports are found, and circles in them", () => {
  expect(importsBetweenFolders().get("lib/trust")).toEqual(expect.arrayContaining(["lib/aws", "lib/github"]));
  expect(importsBetweenFolders().get("lib/cli")).toEqual(expect.arrayContaining(["lib/report", "stacks"]));
  const circle: Graph = new Map([
    ["a", ["b"]],
    ["b", ["c", "d"]],
    ["d", ["b"]],
  ]);
  expect(circleIn(circle)).toEqual(["b", "d", "b"]);
});

test("the section of CONTRIBUTING.md on folders names both places", () => {
  const section = sectionOf("CONTRIBUTING.md", "## Add a folder");
  for (const file of ["docs/architecture.md", "eslint.config.mjs"]) expect(section).toContain(file);
});
