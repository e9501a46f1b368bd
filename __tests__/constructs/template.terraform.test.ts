import { jsonTemplate, literal } from "../../lib/constructs/template";
import { evaluate, terraformMissing } from "./terraform-console";

const TEXTS = [
  "${x}",
  "$${x}",
  "$$${x}",
  "$$$${x}",
  "%{if true}",
  "%%{x}",
  "%%%{x}",
  "$%{x}",
  "%${x}",
  "${${x}}",
  "$",
  "a$",
  "$$",
  "100%",
  "{}",
  '"${"\\',
  "${aws:username}",
  "line\nbreak\t${x}",
  "é%{x}",
];

const missing = terraformMissing();

(missing === undefined ? describe : describe.skip)(
  `What Terraform makes of an escaped text${missing === undefined ? "" : ` (skipped: ${missing})`}`,
  () => {
    test("is the text", () => {
      expect(evaluate({ texts: TEXTS.map(literal) }, "local.texts")).toEqual(TEXTS);
    });

    test("is the policy document", () => {
      const documents = TEXTS.map((text) => ({ Resource: text, [text]: [text] }));
      expect(
        evaluate({ documents: documents.map(jsonTemplate) }, "[for each in local.documents : jsondecode(each)]"),
      ).toEqual(documents);
    });
  },
);
