import { readFileSync } from "node:fs";
import path from "node:path";
import { ISSUER, meets } from "./policies";

/** The public vectors of github.com/Dashtid/subvectors: what AWS does with a GitHub subject. See vectors/README.md. */
interface Vector {
  readonly id: string;
  readonly subject: string;
  readonly claims?: Readonly<Record<string, string>>;
  readonly condition: Comparison | { readonly consumer: "aws-all"; readonly of: readonly Comparison[] };
  readonly expect: "match" | "no-match";
}

interface Comparison {
  readonly consumer: "aws-stringequals" | "aws-stringlike";
  readonly claim: string;
  readonly pattern: string | readonly string[];
}

const { vectors } = JSON.parse(readFileSync(path.join(__dirname, "vectors/subvectors-github-aws.json"), "utf8")) as {
  vectors: readonly Vector[];
};

function conditionBlock(comparisons: readonly Comparison[]): Record<string, Record<string, unknown>> {
  const block: Record<string, Record<string, unknown>> = {};
  for (const { consumer, claim, pattern } of comparisons)
    (block[consumer === "aws-stringequals" ? "StringEquals" : "StringLike"] ??= {})[`${ISSUER}:${claim}`] = pattern;
  return block;
}

describe("the vectors of subvectors", () => {
  test("are all here", () => expect(vectors).toHaveLength(32));

  test.each(vectors.map((vector) => [vector.id, vector] as const))("%s", (_, vector) => {
    const claims = vector.claims ?? { sub: vector.subject };
    const keys = Object.fromEntries(Object.entries(claims).map(([name, value]) => [`${ISSUER}:${name}`, value]));
    const comparisons = vector.condition.consumer === "aws-all" ? vector.condition.of : [vector.condition];
    expect(meets(conditionBlock(comparisons), keys)).toBe(vector.expect === "match");
  });
});
