import { Access } from "../../lib/config/access";

const named =
  (name: string): (() => unknown) =>
  () =>
    Access.from({
      github: { owner: "octo-org" },
      accounts: { [name]: { id: "222233334444", region: "eu-west-1" } },
      repositories: {},
    });

describe("the name of an account", () => {
  test.each(["constructor", "toString", "hasOwnProperty", "valueOf"])(
    "is not %s, which every object of JavaScript has",
    (name) => {
      expect(named(name)).toThrow(`account name "${name}": choose another name: JavaScript keeps this one for itself`);
    },
  );

  test("may be of 64 characters, and not of 65", () => {
    expect(named("a".repeat(64))).not.toThrow();
    expect(named("a".repeat(65))).toThrow(/account name/);
  });
});
