import Ajv from "ajv";

/**
 * What SARIF 2.1.0 asks of the objects that this program writes, and what GitHub's code scanning asks beyond:
 * a message and a location of each result, texts of each rule. Written down here because no installed package
 * has the standard's schema.
 *
 * @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 * @see https://docs.github.com/en/code-security/reference/code-scanning/sarif-files/sarif-support-for-code-scanning
 */
const text = (maxLength: number): object => ({ type: "object", required: ["text"], additionalProperties: false, properties: { text: { type: "string", minLength: 1, maxLength }, markdown: { type: "string" } } });
const level = { enum: ["none", "note", "warning", "error"] };
const count = { type: "integer", minimum: 1 };
const object = (required: readonly string[], properties: object): object => ({ type: "object", additionalProperties: false, required, properties });
const relative = { type: "string", pattern: "^(?![a-z]+:|/)[A-Za-z0-9._~!$&'()*+,;=@%/-]+$" };

const schema = object(["version", "$schema", "runs"], {
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
              properties: object(["tags", "precision", "problem.severity"], { tags: { type: "array", items: { type: "string" }, uniqueItems: true }, precision: { enum: ["very-high", "high", "medium", "low"] }, "problem.severity": { enum: ["error", "warning", "recommendation"] } }),
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
    readonly results: readonly { readonly ruleId: string; readonly ruleIndex: number; readonly partialFingerprints: Readonly<Record<string, string>> }[];
  }[];
}

/** What keeps a log from being accepted; a result must point to its own rule, too. */
export function sarifProblems(log: SarifLog): string[] {
  const validate = new Ajv({ strict: false, allErrors: true }).compile(schema);
  const wrong = validate(log) ? [] : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message ?? ""}`);
  const astray = log.runs.flatMap(({ tool, results }) => results.filter(({ ruleId, ruleIndex }) => tool.driver.rules[ruleIndex]?.id !== ruleId).map(({ ruleId }) => `${ruleId} points to another rule`));
  return [...wrong, ...astray];
}
