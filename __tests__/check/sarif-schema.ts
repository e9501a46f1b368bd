import { readFileSync } from "node:fs";
import path from "node:path";
import Ajv from "ajv";

/** Without its name, which stands under a key that JSON Schema has given up since. */
const standard = {
  ...(JSON.parse(readFileSync(path.join(__dirname, "sarif-schema-2.1.0.json"), "utf8")) as object),
  id: undefined,
  $schema: undefined,
};

/**
 * The schema of SARIF 2.1.0 is the standard's own: sarif-2.1/schema/sarif-schema-2.1.0.json of
 * https://github.com/oasis-tcs/sarif-spec at e0583813964ec43cea53b6b531b402866095ed1f. What GitHub's code
 * scanning asks beyond is written down here: a message and a location of each result, texts of each rule.
 *
 * @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 * @see https://docs.github.com/en/code-security/reference/code-scanning/sarif-files/sarif-support-for-code-scanning
 */
const text = (maxLength: number): object => ({
  type: "object",
  required: ["text"],
  additionalProperties: false,
  properties: { text: { type: "string", minLength: 1, maxLength }, markdown: { type: "string" } },
});
const level = { enum: ["none", "note", "warning", "error"] };
const count = { type: "integer", minimum: 1 };
const object = (required: readonly string[], properties: object): object => ({
  type: "object",
  additionalProperties: false,
  required,
  properties,
});
const relative = { type: "string", pattern: "^(?![a-z]+:|/)[A-Za-z0-9._~!$&'()*+,;=@%/-]+$" };

const codeScanning = object(["version", "$schema", "runs"], {
  $schema: { type: "string" },
  version: { const: "2.1.0" },
  runs: {
    type: "array",
    minItems: 1,
    maxItems: 20,
    items: object(["tool", "results", "columnKind"], {
      columnKind: { enum: ["utf16CodeUnits", "unicodeCodePoints"] },
      tool: object(["driver"], {
        driver: object(["name", "rules"], {
          name: { type: "string", minLength: 1 },
          rules: {
            type: "array",
            uniqueItems: true,
            items: object(["id", "name", "shortDescription", "fullDescription", "help", "defaultConfiguration"], {
              id: { type: "string", minLength: 1 },
              name: { type: "string", maxLength: 255 },
              shortDescription: text(1024),
              fullDescription: text(1024),
              help: text(10_000),
              helpUri: { type: "string", pattern: "^https://" },
              defaultConfiguration: object(["level"], { level }),
              properties: object(["tags", "precision", "problem.severity"], {
                tags: { type: "array", items: { type: "string" }, uniqueItems: true },
                precision: { enum: ["very-high", "high", "medium", "low"] },
                "problem.severity": { enum: ["error", "warning", "recommendation"] },
              }),
            }),
          },
        }),
      }),
      results: {
        type: "array",
        maxItems: 25_000,
        items: object(["ruleId", "ruleIndex", "level", "message", "locations", "partialFingerprints"], {
          ruleId: { type: "string" },
          ruleIndex: { type: "integer", minimum: 0 },
          level,
          message: text(10_000),
          locations: {
            type: "array",
            minItems: 1,
            items: object(["physicalLocation"], {
              physicalLocation: object(["artifactLocation", "region"], {
                artifactLocation: object(["uri"], { uri: relative, uriBaseId: { type: "string" } }),
                region: object(["startLine"], { startLine: count, startColumn: count }),
              }),
              logicalLocations: {
                type: "array",
                minItems: 1,
                items: object(["fullyQualifiedName"], {
                  fullyQualifiedName: { type: "string", minLength: 1 },
                  kind: { const: "resource" },
                }),
              },
            }),
          },
          partialFingerprints: { type: "object", minProperties: 1, additionalProperties: { type: "string" } },
        }),
      },
    }),
  },
});

/** As much of a SARIF file as tests look at. */
export interface SarifLog {
  readonly runs: readonly {
    readonly tool: { readonly driver: { readonly rules: readonly { readonly id: string }[] } };
    readonly results: readonly {
      readonly ruleId: string;
      readonly ruleIndex: number;
      readonly partialFingerprints: Readonly<Record<string, string>>;
    }[];
  }[];
}

/** What keeps a log from being accepted; a result must point to its own rule, too. */
export function sarifProblems(log: SarifLog): string[] {
  const wrong = [standard, codeScanning].flatMap((schema) => problemsOf(schema, log));
  const astray = log.runs.flatMap(({ tool, results }) =>
    results
      .filter(({ ruleId, ruleIndex }) => tool.driver.rules[ruleIndex]?.id !== ruleId)
      .map(({ ruleId }) => `${ruleId} points to another rule`),
  );
  return [...wrong, ...astray];
}

function problemsOf(schema: object, log: SarifLog): string[] {
  const validate = new Ajv({ strict: false, allErrors: true, validateFormats: false }).compile(schema);
  return validate(log)
    ? []
    : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message ?? ""}`);
}
