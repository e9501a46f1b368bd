import fc from "fast-check";
import { address, addressOfPath } from "../../lib/constructs/address";
import { runs } from "../support/runs";

/** Terraform's identifiers. */
const IDENTIFIER = /^[A-Za-z_][A-Za-z0-9_-]*$/;

/** Names that look like one another's addresses. */
const nastyName = fc.oneof(
  fc.string({ unit: fc.constantFrom("a", "b", "_", "-"), minLength: 1, maxLength: 6 }),
  fc.string({ unit: fc.constantFrom("a", "1", "_", "-", "/", ":", ".", "é", " "), minLength: 1, maxLength: 6 }),
  // What looks as if it had been hashed.
  fc
    .tuple(
      fc.constantFrom("a", "", "-", "a__b", "_"),
      fc.string({ unit: fc.constantFrom("0", "f"), minLength: 7, maxLength: 9 }),
    )
    .map(([name, hash]) => `${name}-${hash}`),
  // What a hashed name looks like, made from one.
  fc.constantFrom("a/b", "a__b", "_a", "a:b", "1.0").map((name) => address(name)),
  fc.constantFrom("Resource", "role", "web-shop", "web_shop", "1", "-"),
);
const nastyNames = fc.array(nastyName, { minLength: 1, maxLength: 3 });

describe("An address", () => {
  test.each([
    [["web-shop", "production"], "web-shop__production"],
    [["web_shop", "role", "plan"], "web_shop__role__plan"],
    [["Web-Shop2", "1"], "Web-Shop2__1"],
  ])("of good identifiers %j is those, joined", (parts, expected) => {
    expect(address(...parts)).toBe(expected);
  });

  test.each([
    ["release/*", /^release-[0-9a-f]{8}$/],
    ["v*", /^v-[0-9a-f]{8}$/],
    [".github", /^github-[0-9a-f]{8}$/],
    ["a__b", /^a-b-[0-9a-f]{8}$/],
    ["_a", /^a-[0-9a-f]{8}$/],
    ["a_", /^a-[0-9a-f]{8}$/],
    ["*", /^-[0-9a-f]{8}$/],
    ["web-0123abcd", /^web-0123abcd-[0-9a-f]{8}$/],
    ["x".repeat(50) + "/" + "y".repeat(50), /^x{50}-y{9}-[0-9a-f]{8}$/],
  ])("of %j is readable, with a hash of the whole behind it", (part, expected) => {
    expect(address(part)).toMatch(expected);
  });

  test("is never shared: other names, other addresses", () => {
    fc.assert(
      fc.property(nastyNames, nastyNames, (one, other) => {
        fc.pre(JSON.stringify(one) !== JSON.stringify(other));
        expect(address(...one)).not.toBe(address(...other));
      }),
      { numRuns: runs(3_000) },
    );
  });

  test("is never shared by two lists of names that spell the same when joined", () => {
    const spelled = nastyName.chain((name) => fc.tuple(fc.constant(name), fc.nat(name.length)));
    fc.assert(
      fc.property(spelled, ([name, at]) => {
        const parts = [name.slice(0, at), name.slice(at)];
        for (const joint of ["", "_", "__", "-", "/"]) expect(address(parts.join(joint))).not.toBe(address(...parts));
      }),
      { numRuns: runs(1_000) },
    );
  });

  test("says nothing of the other names around it", () => {
    fc.assert(
      fc.property(nastyNames, nastyName, (parts, last) =>
        expect(address(...parts, last)).toBe(`${address(...parts)}__${address(last)}`),
      ),
    );
  });
});

describe("The address of a construct", () => {
  test.each([
    [["role:web-shop__production", "Resource"], "web-shop__production"],
    [["role:web-shop__production", "policy:deploy"], "web-shop__production__deploy"],
    [["provider:github", "Resource"], "github"],
    [["environment:1st__production", "Resource"], "_1st__production"],
    [["environment:-a__production", "Resource"], "_-a__production"],
  ])("at %j is %s", (ids, expected) => {
    expect(addressOfPath(ids)).toBe(expected);
  });

  test('keeps a name that happens to be "Resource"', () => {
    expect(addressOfPath(["role:web__role__x", "policy:Resource"])).toBe("web__role__x__Resource");
    expect(addressOfPath(["input:Resource"])).toBe("Resource");
  });

  test("is an identifier of Terraform, whatever the names", () => {
    fc.assert(
      fc.property(nastyNames, nastyName, (parts, name) =>
        expect(addressOfPath([`role:${address(...parts)}`, `policy:${address(name)}`])).toMatch(IDENTIFIER),
      ),
    );
  });

  test.each(["cross-stack-output-aws_iam_role.web.arn", "my role", "a.b", "é"])(
    "is an identifier of Terraform for id %j, which is nobody's name",
    (id) => {
      expect(addressOfPath([id])).toMatch(IDENTIFIER);
      expect(addressOfPath([id])).not.toBe(addressOfPath([`${id}.`]));
    },
  );

  test("is never shared by two constructs of other names that are as many", () => {
    const place = (length: number) =>
      fc.tuple(fc.array(nastyName, { minLength: length, maxLength: length }), nastyName);
    const addressOf = ([parts, name]: readonly [readonly string[], string]): string =>
      addressOfPath([`role:${address(...parts)}`, `policy:${address(name)}`]);
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 3 }).chain((length) => fc.tuple(place(length), place(length))),
        ([one, other]) => {
          fc.pre(JSON.stringify(one) !== JSON.stringify(other));
          expect(addressOf(one)).not.toBe(addressOf(other));
        },
      ),
      { numRuns: runs(2_000) },
    );
  });
});
