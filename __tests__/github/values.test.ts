import { keyIdRule, MAX_VALUE_BYTES, SEAL_BYTES, sealedValueRule } from "../../lib/github/values";

const sealed = (bytes: number): string => Buffer.alloc(bytes, 7).toString("base64");

describe("A sealed secret", () => {
  test("has more bytes than the seal alone, and no more than GitHub stores", () => {
    expect(sealedValueRule(sealed(SEAL_BYTES))).toMatch(/^has 48 bytes/);
    expect(sealedValueRule(sealed(SEAL_BYTES + 1))).toBeUndefined();
    expect(sealedValueRule(sealed(SEAL_BYTES + MAX_VALUE_BYTES))).toBeUndefined();
    expect(sealedValueRule(sealed(SEAL_BYTES + MAX_VALUE_BYTES + 1))).toMatch(/^seals 49153 bytes/);
  });

  test.each([
    "hunter2",
    `${sealed(60)} `,
    `${sealed(60)}\n`,
    sealed(61).replace("=", ""),
    sealed(60).replaceAll("B", "_"),
    "${var.secret}",
    `-----${sealed(60)}`,
  ])("is not %j, which is no base64", (text) => {
    expect(sealedValueRule(text)).toMatch(/^is no base64/);
  });

  test("is empty for nobody", () => {
    expect(sealedValueRule("")).toMatch(/^has 0 bytes/);
  });

  test("is never repeated", () => {
    for (const text of ["hunter2!", "hunter22", sealed(10)]) expect(sealedValueRule(text)).not.toContain(text);
    expect(keyIdRule("hunter2!")).not.toContain("hunter2");
  });
});

test.each([
  ["568250167242549743", true],
  ["a".repeat(100), true],
  ["a".repeat(101), false],
  ["", false],
  ["a b", false],
  ["${x}", false],
])("The id of a key may be %j: %j", (keyId, isOne) => {
  expect(keyIdRule(keyId) === undefined).toBe(isOne);
});
