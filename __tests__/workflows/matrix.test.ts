import { legsOf } from "../../lib/workflows/matrix";

const legs = (matrix: unknown): object[] => legsOf(matrix).map((leg) => Object.fromEntries(leg));

test.each<[string, unknown, object[]]>([
  ["one axis", { env: ["staging", "production"] }, [{ env: "staging" }, { env: "production" }]],
  [
    "two axes",
    { env: ["a", "b"], n: [1, 2] },
    [
      { env: "a", n: "1" },
      { env: "a", n: "2" },
      { env: "b", n: "1" },
      { env: "b", n: "2" },
    ],
  ],
  [
    "objects, by their properties",
    { target: [{ env: "a", role: { arn: "x" } }] },
    [{ "target.env": "a", "target.role.arn": "x" }],
  ],
  ["names in any case", { Env: ["a"] }, [{ env: "a" }]],
  ["expressions as values", { env: ["${{ vars.ENV }}", "b"] }, [{ env: [{ unknown: "vars.ENV" }] }, { env: "b" }]],
  [
    "an excluded combination",
    { env: ["a", "b"], n: [1, 2], exclude: [{ env: "b", n: 2 }] },
    [
      { env: "a", n: "1" },
      { env: "a", n: "2" },
      { env: "b", n: "1" },
    ],
  ],
  [
    "an excluded value",
    { env: ["a", "b"], n: [1, 2], exclude: [{ env: "b" }] },
    [
      { env: "a", n: "1" },
      { env: "a", n: "2" },
    ],
  ],
  ["nothing but included ones", { include: [{ env: "a" }, { env: "b", n: 1 }] }, [{ env: "a" }, { env: "b", n: "1" }]],
  [
    "what joins one combination",
    { env: ["a", "b"], include: [{ env: "b", arn: "x" }] },
    [{ env: "a" }, { env: "b", arn: "x" }],
  ],
  [
    "what joins all combinations",
    { env: ["a", "b"], include: [{ arn: "x" }] },
    [
      { env: "a", arn: "x" },
      { env: "b", arn: "x" },
    ],
  ],
  ["what joins none", { env: ["a"], include: [{ env: "b" }] }, [{ env: "a" }, { env: "b" }]],
])("a matrix of %s makes these jobs", (_, matrix, expected) => {
  expect(legs(matrix)).toEqual(expected);
});

// The example of GitHub's documentation on `include`.
test("includes in the order of the list, over values that it added but not over the matrix's own", () => {
  const include = [
    { color: "green" },
    { color: "pink", animal: "cat" },
    { fruit: "apple", shape: "circle" },
    { fruit: "banana" },
    { fruit: "banana", animal: "cat" },
  ];
  expect(legs({ fruit: ["apple", "pear"], animal: ["cat", "dog"], include })).toEqual([
    { fruit: "apple", animal: "cat", color: "pink", shape: "circle" },
    { fruit: "apple", animal: "dog", color: "green", shape: "circle" },
    { fruit: "pear", animal: "cat", color: "pink" },
    { fruit: "pear", animal: "dog", color: "green" },
    { fruit: "banana" },
    { fruit: "banana", animal: "cat" },
  ]);
});

test.each<[string, unknown]>([
  ["no matrix", null],
  ["one expression for all of it", "${{ fromJSON(inputs.matrix) }}"],
  ["one expression for an axis", { env: "${{ fromJSON(inputs.envs) }}" }],
  ["one expression for what is included", { env: ["a"], include: "${{ fromJSON(inputs.more) }}" }],
  ["an expression that is compared with what is excluded", { env: ["a", "${{ vars.B }}"], exclude: [{ env: "a" }] }],
  ["an expression that is excluded", { env: ["a", "b"], exclude: [{ env: "${{ inputs.not }}" }] }],
  ["an axis without values", { env: [] }],
  ["257 jobs", { a: Array.from({ length: 257 }, (_, n) => n) }],
])("of %s one job stands for all, of which nothing is known", (_, matrix) => {
  expect(legs(matrix)).toEqual([{}]);
});

test("256 jobs are followed", () => {
  expect(legs({ a: Array.from({ length: 16 }, (_, n) => n), b: Array.from({ length: 16 }, (_, n) => n) })).toHaveLength(
    256,
  );
});
