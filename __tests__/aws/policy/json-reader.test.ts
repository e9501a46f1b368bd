import fc from "fast-check";
import { type JsonNode, MAX_DEPTH, readJson } from "../../../lib/aws/policy/json-reader";
import { casesMet, runs } from "../../support/runs";

/** The plain value of a node, as `JSON.parse` would make it. */
function plain(node: JsonNode): unknown {
  if (node.kind === "array") return node.items.map(plain);
  // `defineProperty` of each: a member called `__proto__` is one like any other.
  if (node.kind === "object") return Object.fromEntries(node.members.map(({ key, value }) => [key, plain(value)]));
  return node.kind === "string" ? node.value : JSON.parse(node.text);
}

const parse = (text: string): { value: unknown } | undefined => {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    return undefined;
  }
};

/** Texts of the letters that JSON is made of: half of them nearly right. */
const nearlyJson = fc.oneof(
  fc.string({
    unit: fc.constantFrom(
      "{",
      "}",
      "[",
      "]",
      ",",
      ":",
      '"',
      '"a"',
      "\\",
      "\\u00e9",
      "0",
      "1",
      "-",
      ".",
      "e",
      "true",
      "null",
      " ",
      "\n",
      "é",
    ),
    maxLength: 12,
  }),
  fc
    .json({ maxDepth: 4 })
    .chain((text) => fc.tuple(fc.constant(text), fc.nat(text.length), fc.constantFrom("", ",", '"', "}", "1", " ")))
    .map(([text, at, put]) => text.slice(0, at) + put + text.slice(at + 1)),
);

describe("the reader of JSON", () => {
  test("reads what JSON.parse reads, to the same values, and nothing else", () => {
    const seen = { json: 0, other: 0 };
    fc.assert(
      fc.property(fc.oneof(fc.json(), nearlyJson), (text) => {
        const expected = parse(text);
        const { value, problems } = readJson(text);
        seen[expected ? "json" : "other"] += 1;
        if (!expected) expect([value, problems.length > 0]).toEqual([undefined, true]);
        else expect(value && plain(value)).toEqual(expected.value);
      }),
      { numRuns: runs(10_000) },
    );
    expect(Math.min(seen.json, seen.other)).toBeGreaterThan(casesMet(500));
  });

  test("says where every value stands", () => {
    const text = '{\n  "a": [1, true],\r\n\t"é": {"b": "c"}\n}';
    const visit = (node: JsonNode): void => {
      const before = text.slice(0, node.start).split("\n");
      expect(node.position).toEqual({ line: before.length, column: (before.at(-1) ?? "").length + 1 });
      expect(JSON.parse(text.slice(node.start, node.end))).toEqual(plain(node));
      if (node.kind === "array") node.items.forEach(visit);
      if (node.kind === "object") node.members.forEach(({ value }) => visit(value));
    };
    const { value } = readJson(text);
    expect(value).toBeDefined();
    if (value) visit(value);
  });

  test.each([
    ["", "1:1: it is empty"],
    ["{", "1:2: a key in double quotes belongs here, not the end"],
    ["{a: 1}", '1:2: a key in double quotes belongs here, not "a"'],
    ['{"a" 1}', '1:6: ":" belongs here, not "1"'],
    ['{"a": 1,\n}', '2:1: no comma may stand before "}"'],
    ['{"a": "b\n"}', '1:9: the control character "\\n" cannot stand in a string: write it as an escape'],
    ['["\\x"]', '1:3: "\\\\x" is no escape of JSON'],
    ['["a', "1:2: this string has no end"],
    ["[01]", '1:3: "," or "]" belongs here, not "1"'],
    ["{} {}", '1:4: nothing may follow the document, and "{" does'],
    ["[NaN]", '1:2: a value belongs here, not "NaN"'],
    ["\u200b[]", '1:1: a value belongs here, not "\\u200b"'],
    ["// why\n{}", '1:1: a value belongs here, not "/"'],
  ])("refuses %j", (text, expected) => {
    expect(
      readJson(text).problems.map(({ message, position }) => `${position.line}:${position.column}: ${message}`),
    ).toEqual([expected]);
  });

  test("reports a key that stands twice, however it is written", () => {
    expect(readJson('{"a": 1, "\\u0061": 2, "A": 3}').problems).toEqual([
      { message: 'the key "a" stands here a second time: use it once', position: { line: 1, column: 10 } },
    ]);
  });

  test(`reads ${MAX_DEPTH} levels and no more`, () => {
    const nested = (levels: number): string => "[".repeat(levels) + "]".repeat(levels);
    expect(readJson(nested(MAX_DEPTH)).problems).toEqual([]);
    expect(readJson(nested(MAX_DEPTH + 1)).problems).toHaveLength(1);
    expect(readJson("[{".repeat(500_000)).problems).toHaveLength(1);
  });
});
