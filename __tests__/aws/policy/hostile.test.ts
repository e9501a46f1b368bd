import { prepare } from "../../../lib/aws/policy/evaluate";
import { MAX_DEPTH } from "../../../lib/aws/policy/json-reader";
import { parseTrustDocument } from "../../../lib/aws/policy/trust-document";
import { decideEvery, meets, policyText, problemsOf, read, request, statement } from "./policies";

const MEGABYTE = 1_048_576;

/** Texts that would cost a careless reader its stack, its memory or a night. */
describe("hostile text", () => {
  test.each<[string, () => string]>([
    ["a long string", () => policyText(statement(), { Id: "x".repeat(MEGABYTE) })],
    ["a megabyte of statements", () => policyText(Array.from({ length: 5_000 }, () => statement()))],
    ["a megabyte of problems", () => policyText(Array.from({ length: 100_000 }, () => 1))],
    [
      "a megabyte of keys",
      () => JSON.stringify(Object.fromEntries(Array.from({ length: 60_000 }, (_, index) => [`k${index}`, 1]))),
    ],
    ["a megabyte of one key", () => `{${'"a":1,'.repeat(170_000)}"a":1}`],
    ["a megabyte of brackets", () => "[".repeat(MEGABYTE - 1)],
    ["a megabyte of braces", () => '{"Statement":'.repeat(80_000)],
    ["a megabyte of white space", () => " ".repeat(MEGABYTE - 1)],
    ["a megabyte of line breaks", () => `{${"\n".repeat(MEGABYTE - 10)}}`],
    ["a megabyte of escapes", () => `"${"\\u0041".repeat(170_000)}"`],
    ["a megabyte of digits", () => "1".repeat(MEGABYTE - 1)],
    ["a megabyte that is encoded", () => "%7B".repeat(340_000)],
    [
      "a megabyte of half variables",
      () => policyText(statement({ Condition: { StringLike: { a: "${a,'".repeat(200_000) } } })),
    ],
    ["two megabytes", () => policyText(statement(), { Id: "x".repeat(2 * MEGABYTE) })],
  ])("%s is refused", (_, text) => {
    const { document, problems } = parseTrustDocument(text());
    expect(document).toBeUndefined();
    expect(problems.length).toBeGreaterThan(0);
    for (const { message } of problems.slice(0, 10)) expect(message.length).toBeLessThan(400);
  });

  test("nested deeper than anything sound is refused", () =>
    expect(problemsOf(`${'{"Role":'.repeat(MAX_DEPTH)}{}${"}".repeat(MAX_DEPTH)}`).join()).toContain(
      `nested more than ${MAX_DEPTH} levels`,
    ));

  test("encoded again and again is refused", () => {
    let text = policyText();
    for (let layer = 0; layer < 6; layer += 1) text = JSON.stringify(text);
    expect(problemsOf(text)).toHaveLength(1);
  });

  test.each(["__proto__", "constructor", "toString", "hasOwnProperty"])("%s is a name like any other", (name) => {
    const proto = (text: string): string => text.replaceAll('"NAME"', `"${name}"`);
    expect(parseTrustDocument(proto(policyText(statement(), { NAME: { Statement: [] } }))).document).toBeUndefined();
    expect(
      parseTrustDocument(proto(policyText(statement({ Condition: { NAME: { a: "b" } } })))).document,
    ).toBeUndefined();
    expect(parseTrustDocument(proto(policyText(statement({ Principal: { NAME: "b" } })))).document).toBeUndefined();
    const keyed = prepare(read(proto(policyText(statement({ Condition: { StringEquals: { NAME: "b" } } })))));
    expect(decideEvery(keyed, request({})).decision).toBe("implicitDeny");
    expect(decideEvery(keyed, { ...request({}), keys: new Map([[name.toLowerCase(), ["b"]]]) }).decision).toBe("allow");
    expect(({} as Record<string, unknown>)["Statement"]).toBeUndefined();
  });

  test("patterns that ruin a backtracking matcher are decided", () => {
    const patterns = [`${"*a".repeat(1_500)}*b`, `${"?*".repeat(1_000)}b`, `${"*".repeat(3_000)}b`];
    for (const pattern of patterns)
      expect(meets({ StringLike: { a: pattern } }, { a: "a".repeat(20_000) })).toBe(false);
    expect(
      meets(
        { ArnLike: { a: `arn:aws:iam::1:${"*a".repeat(1_500)}*b` } },
        { a: `arn:aws:iam::1:${"a".repeat(18_000)}` },
      ),
    ).toBe(false);
    expect(meets({ StringLike: { a: `${"${b}*".repeat(1_000)}c` } }, { a: "a".repeat(20_000), b: "a" })).toBe(false);
  });

  test("numbers of any size are compared, or are none", () => {
    expect(meets({ NumericLessThan: { a: 5 } }, { a: `-${"9".repeat(100_000)}` })).toBe(false);
    expect(meets({ NumericLessThan: { a: "1e999999999" } }, { a: "1" })).toBe(false);
  });
});
