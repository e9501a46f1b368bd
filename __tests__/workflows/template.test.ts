import fc from "fast-check";
import { isKnown } from "../../lib/trust/text";
import { readProperty, readTemplate } from "../../lib/workflows/template";

describe("readTemplate", () => {
  test.each<[string, unknown]>([
    ["plain", "plain"],
    ["", ""],
    ["${{ vars.A }}", [{ unknown: "vars.A" }]],
    ["${{vars.A}}", [{ unknown: "vars.A" }]],
    ["a-${{ vars.A }}-b", ["a-", { unknown: "vars.A" }, "-b"]],
    ["${{ a }}${{ b }}", [{ unknown: "a" }, { unknown: "b" }]],
    ["${{ format('}}{0}', x) }}!", [{ unknown: "format('}}{0}', x)" }, "!"]],
    ["${{ 'it''s }}' }}x", [{ unknown: "'it''s }}'" }, "x"]],
    ["$ { { a } }", "$ { { a } }"],
    ["${{ open", [{ unknown: "open" }]],
    ["${{ 'open }}", [{ unknown: "'open }}" }]],
    ["${{ a }} }}", [{ unknown: "a" }, " }}"]],
  ])("%j", (written, expected) => {
    expect(readTemplate(written)).toEqual(expected);
  });

  test("knows exactly the texts without an expression", () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom("a", "$", "{", "}", "{{", "}}", "${{", "'", " ")).map((parts) => parts.join("")),
        (written) => isKnown(readTemplate(written)) === !written.includes("${{"),
      ),
    );
  });

  test("comes to an end on a long text, whatever is left open in it", () => {
    for (const part of ["${{", "'", "${{ '", "}} ${{"]) {
      expect(isKnown(readTemplate(`\${{${part.repeat(300_000)}`))).toBe(false);
    }
  });
});

describe("readProperty", () => {
  test.each([
    ["vars.AWS_ROLE_ARN", "vars", "aws_role_arn"],
    ["SECRETS.Arn", "secrets", "arn"],
    ["secrets['ARN']", "secrets", "arn"],
    ["matrix.target.role", "matrix", "target.role"],
    ["matrix . target [ 'role' ]", "matrix", "target.role"],
    ["env.my-name", "env", "my-name"],
  ])("%s", (expression, context, property) => {
    expect(readProperty(expression)).toEqual({ context, property });
  });

  test.each([
    "vars",
    "vars.A || vars.B",
    "secrets[format('A_{0}', x)]",
    "fromJSON(vars.A)",
    "vars.A.",
    "'vars.A'",
    "vars[0]",
    "vars.*",
    "github.ref == 'x'",
    "",
  ])("%j is more than a property, or none", (expression) => {
    expect(readProperty(expression)).toBeUndefined();
  });
});
