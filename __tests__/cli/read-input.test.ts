import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { readInput } from "../../lib/cli/read-input";
import { readBounded } from "../../lib/readers/bounded-input";
import { readTextFile } from "../../lib/readers/terraform/json-file";

describe("what is read is bounded", () => {
  let folder: string;
  beforeAll(() => (folder = mkdtempSync(path.join(tmpdir(), "bounded-"))));
  afterAll(() => rmSync(folder, { recursive: true }));
  const file = (bytes: number): string => {
    const name = path.join(folder, `${bytes}.json`);
    writeFileSync(name, "x".repeat(bytes));
    return name;
  };

  test("a token or policy of as many bytes as the limit is read, and of one more the limit is told", () => {
    expect(readInput("--claims", file(10), 10)).toBe("x".repeat(10));
    expect(() => readInput("--claims", file(11), 10)).toThrow(
      `${file(11)}: it exceeds the limit of 10 bytes. No token, policy or key set is that long: check which file it is`,
    );
  });

  test("a plan of as many bytes as the limit is read, and of one more the limit is told", () => {
    expect(readTextFile(file(10), 10)).toBe("x".repeat(10));
    expect(() => readTextFile(file(11), 10)).toThrow(
      `${file(11)}: exceeds the limit of 10 bytes: split the configuration`,
    );
  });

  test.each([0, 1, 65_535, 65_536, 65_537, 200_000])("of %i bytes none is lost", (bytes) => {
    const descriptor = openSync(file(bytes), "r");
    try {
      expect(readBounded(descriptor, bytes)?.length).toBe(bytes);
    } finally {
      closeSync(descriptor);
    }
  });

  test("more than the limit is not read to its end", () => {
    const descriptor = openSync("/dev/zero", "r");
    try {
      expect(readBounded(descriptor, 100_000)).toBeUndefined();
    } finally {
      closeSync(descriptor);
    }
  });
});
