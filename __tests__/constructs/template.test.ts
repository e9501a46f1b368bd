import { Lazy } from "cdktf";
import { jsonTemplate, literal } from "../../lib/constructs/template";

describe("literal", () => {
  test.each([
    ["${x}", "$${x}"],
    ["%{if x}", "%%{if x}"],
    ["a ${x} and ${y}, %{z}", "a $${x} and $${y}, %%{z}"],
    ["$${x}", "$$${x}"],
    ["%%{x}", "%%%{x}"],
    ["$%{x}", "$%%{x}"],
    ["%${x}", "%$${x}"],
    ["${${x}}", "$${$${x}}"],
  ])("escapes %j as %j", (text, escaped) => {
    expect(literal(text)).toBe(escaped);
  });

  test.each(["", "plain", "$", "%", "{}", "$ {x}", "100%", "$x", "a$", "{$}"])(
    "leaves %j as it is: nothing in it begins an expression",
    (text) => {
      expect(literal(text)).toBe(text);
    },
  );
});

test("literal leaves a reference in a text Terraform's", () => {
  const reference = Lazy.stringValue({ produce: () => "${var.x}" });
  expect(literal(`${reference} and \${y}`)).toBe(`${reference} and $\${y}`);
});

describe("jsonTemplate", () => {
  const statement = (resource: string) => ({ Statement: [{ Effect: "Allow", Resource: resource }] });

  test("keeps a policy variable IAM's", () => {
    expect(jsonTemplate(statement("arn:aws:s3:::home/${aws:username}/*"))).toBe(
      '{"Statement":[{"Effect":"Allow","Resource":"arn:aws:s3:::home/$${aws:username}/*"}]}',
    );
  });

  test("keeps a reference Terraform's", () => {
    const reference = Lazy.stringValue({ produce: () => "${aws_s3_bucket.x.arn}" });
    expect(jsonTemplate(statement(`${reference}/\${aws:username}`))).toContain(
      `"Resource":"${reference}/$\${aws:username}"`,
    );
  });

  test("takes a policy in text as it takes the document", () => {
    const document = statement("arn:aws:s3:::home/${aws:username}/*");
    expect(jsonTemplate(JSON.stringify(document))).toBe(jsonTemplate(document));
  });

  test("leaves a policy that is a reference alone", () => {
    const reference = Lazy.stringValue({ produce: () => "${data.aws_iam_policy_document.x.json}" });
    expect(jsonTemplate(reference)).toBe(reference);
  });
});
