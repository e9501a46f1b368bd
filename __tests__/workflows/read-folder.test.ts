import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { SourceError } from "../../lib/model/source-error";
import { readWorkflowFolder } from "../../lib/workflows";

const WORKFLOW = "on: push\njobs: {}\n";

describe("a folder of workflows", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), "workflows-"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const write = (files: Readonly<Record<string, string | Uint8Array>>): void => {
    for (const [name, content] of Object.entries(files)) {
      mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
      writeFileSync(path.join(folder, name), content);
    }
  };
  const refusal = (place = folder): string => {
    try {
      readWorkflowFolder(place);
    } catch (error) {
      if (error instanceof SourceError) return error.message.replaceAll(folder, "DIR");
      throw error;
    }
    return "";
  };

  test("has its *.yml and *.yaml, by name, and nothing else", () => {
    write({ "b.yaml": WORKFLOW, "a.yml": WORKFLOW, "c.json": "{}", "deep/d.yml": WORKFLOW });
    expect(readWorkflowFolder(folder).workflows.map(({ file }) => path.relative(folder, file))).toEqual([
      "a.yml",
      "b.yaml",
    ]);
  });

  test("is the .github/workflows of a repository where there is one", () => {
    write({ "compose.yml": "services: {}\n", ".github/workflows/a.yml": WORKFLOW });
    expect(readWorkflowFolder(folder)).toMatchObject({
      workflows: [{ file: path.join(folder, ".github", "workflows", "a.yml") }],
      problems: [],
    });
  });

  test("gives the problems of a file beside the workflows of the others", () => {
    write({ "a.yml": "on: 3\njobs: {}\n", "b.yml": WORKFLOW });
    const { workflows, problems } = readWorkflowFolder(folder);
    expect(workflows).toHaveLength(1);
    expect(problems).toMatchObject([{ file: path.join(folder, "a.yml"), position: { line: 1, column: 5 } }]);
  });

  test("is refused when it is not there, is a file, or has no workflow", () => {
    write({ "a.txt": "" });
    expect(refusal(path.join(folder, "none"))).toBe("DIR/none: there is no such folder");
    expect(refusal(path.join(folder, "a.txt"))).toBe("DIR/a.txt: is no folder: name the one that it is in");
    expect(refusal()).toBe(
      "DIR: has no workflow in it (*.yml, *.yaml): name a repository's folder, or its .github/workflows",
    );
    write({ ".github/workflows/README.md": "" });
    expect(refusal()).toBe(
      "DIR/.github/workflows: has no workflow in it (*.yml, *.yaml): name a repository's folder, or its .github/workflows",
    );
  });

  test("is refused for a file over 1 MiB, and read with one of just that", () => {
    const text = `${WORKFLOW}#${"x".repeat(1024 * 1024 - WORKFLOW.length - 1)}`;
    write({ "a.yml": text });
    expect(readWorkflowFolder(folder).workflows).toHaveLength(1);
    write({ "a.yml": `${text}x` });
    expect(refusal()).toBe(
      "DIR/a.yml: has 1048577 bytes, over the 1048576 that a workflow may have: take it out of the folder",
    );
  });

  test("is refused for what is no text, no file, or leads nowhere", () => {
    write({ "a.yml": Uint8Array.of(0xff, 0xfe) });
    expect(refusal()).toBe("DIR/a.yml: is not text in UTF-8: save it as such");
    rmSync(path.join(folder, "a.yml"));
    mkdirSync(path.join(folder, "a.yml"));
    expect(refusal()).toBe("DIR/a.yml: is no regular file: take it out of the folder");
    rmSync(path.join(folder, "a.yml"), { recursive: true });
    symlinkSync("nowhere", path.join(folder, "a.yml"));
    expect(refusal()).toBe("DIR/a.yml: cannot be read (ENOENT): check its permissions");
  });

  test("is refused for over 2000 workflows", () => {
    write(Object.fromEntries(Array.from({ length: 2001 }, (_, n) => [`${n}.yml`, WORKFLOW])));
    expect(refusal()).toBe("DIR: has 2001 workflows, over the 2000 that are read: name another folder");
  });
});
