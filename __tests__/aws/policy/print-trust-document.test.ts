import fc from "fast-check";
import { printTrustDocument } from "../../../lib/aws/policy/print-trust-document";
import { anyPolicy } from "./any-policy";
import { policyText, read, statement, withoutPositions } from "./policies";
import { runs } from "../../support/runs";

describe("printing a trust policy", () => {
  test("loses nothing, and has one form", () => {
    fc.assert(
      fc.property(anyPolicy, fc.constantFrom(undefined, 1, "\t", 4), (policy, indent) => {
        const document = read(JSON.stringify(policy, undefined, indent));
        const printed = printTrustDocument(document);
        expect(withoutPositions(read(printed))).toEqual(withoutPositions(document));
        expect(printTrustDocument(read(printed))).toBe(printed);
      }),
      { numRuns: runs(2_000) },
    );
  });

  test("keeps numbers and truth values as they were written", () => {
    const text = policyText(
      statement({ Condition: { NumericEquals: { a: "NUMBER" }, Bool: { b: [true, "true"] } } }),
    ).replace('"NUMBER"', "1.50e2");
    expect(printTrustDocument(read(text))).toContain('"a": 1.50e2');
    expect(printTrustDocument(read(text))).toMatch(/true,\s+"true"/);
  });

  test("writes one value without a list", () => {
    const printed = printTrustDocument(
      read(
        policyText([
          statement({ Action: ["sts:AssumeRole"], Condition: { "ForAllValues:StringLikeIfExists": { A: ["b"] } } }),
        ]),
      ),
    );
    expect(printed).toContain('"Action": "sts:AssumeRole"');
    expect(printed).toContain('"ForAllValues:StringLikeIfExists": {\n          "A": "b"');
  });

  test("escapes what IAM would not take as it is", () => {
    const printed = printTrustDocument(
      read(
        policyText(statement({ Condition: { StringEquals: { a: "X" } } })).replace('"X"', '"\\u4e2d\\ud800\\u0007é"'),
      ),
    );
    expect(printed).toContain('"\\u4e2d\\ud800\\u0007é"');
  });
});
