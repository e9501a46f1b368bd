import type { TrustPolicy } from "../../lib/aws/trust-policy";

/** Claims of a token that AWS looks at, by name. */
export type Claims = Readonly<Record<string, string | undefined>>;

type Operators = Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;

/**
 * Whether a trust policy lets a token in: STS in a few lines, written apart from the product so that one
 * may judge the other. Statements are alternatives; operators and keys must all hold, by any one value.
 *
 * @throws Error for anything that STS would judge by rules that are not here.
 */
export function admits(policy: TrustPolicy, issuer: string, token: Claims): boolean {
  return policy.Statement.some((statement) => {
    if (statement.Effect !== "Allow" || statement.Action !== "sts:AssumeRoleWithWebIdentity")
      throw new Error(`Unknown statement: ${JSON.stringify(statement)}`);
    return Object.entries(statement.Condition as Operators).every(([operator, keys]) =>
      Object.entries(keys).every(([key, values]) => {
        if (!key.startsWith(`${issuer}:`)) throw new Error(`Key of another issuer: ${key}`);
        const claim = token[key.slice(issuer.length + 1)];
        // A key that is absent from the request fails a positive operator.
        return claim !== undefined && [values].flat().some((value: string) => compare(operator, value, claim));
      }),
    );
  });
}

function compare(operator: string, value: string, claim: string): boolean {
  if (operator === "StringEquals") return value === claim;
  if (operator === "StringLike") return globMatches(value, claim);
  throw new Error(`Unknown operator: ${operator}`);
}

/** Whether a text matches a pattern: `*` stands for any characters, none included, and `?` for one. */
export function globMatches(pattern: string, text: string): boolean {
  // reached[i]: the part of the pattern read so far matches the first i characters of the text.
  let reached = [true, ...Array.from(text, () => false)];
  for (const character of pattern) {
    const before = reached;
    reached = before.map(() => false);
    before.forEach((was, index) => {
      const previous = index > 0 && before[index - 1] === true;
      if (character === "*") reached[index] = was || (index > 0 && reached[index - 1] === true);
      else reached[index] = previous && (character === "?" || character === text[index - 1]);
    });
  }
  return reached.at(-1) === true;
}
