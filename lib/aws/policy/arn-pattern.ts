import { ANY, compilePattern, type PatternPart, type TextTest } from "./glob";

/** `arn:PARTITION:SERVICE:REGION:ACCOUNT:RESOURCE`; only the resource has colons of its own. */
const COMPONENTS = 6;

/**
 * Makes a matcher of an ARN with wildcards. The six components are compared one by one, so that a `*`
 * stays within its own; what is no ARN matches none, and `*` alone is any ARN.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_ARN
 */
export function compileArnPattern(parts: readonly PatternPart[]): TextTest {
  if (parts.length === 1 && parts[0] === ANY) return (text) => components(text) !== undefined;
  const patterns = patternComponents(parts).map(compilePattern);
  if (patterns.length < COMPONENTS) return () => false;
  return (text) => components(text)?.every((each, index) => patterns[index]?.(each) === true) ?? false;
}

function patternComponents(parts: readonly PatternPart[]): PatternPart[][] {
  const found: PatternPart[][] = [[]];
  for (const part of parts) {
    const pieces: PatternPart[] = typeof part === "string" ? splitAtColons(part, COMPONENTS - found.length) : [part];
    found[found.length - 1]?.push(pieces[0] ?? "");
    found.push(...pieces.slice(1).map((piece): PatternPart[] => [piece]));
  }
  return found;
}

const components = (text: string): string[] | undefined => {
  const found = splitAtColons(text, COMPONENTS - 1);
  return found.length === COMPONENTS && found[0] === "arn" ? found : undefined;
};

/** Splits at the first colons only. */
function splitAtColons(text: string, most: number): string[] {
  const pieces: string[] = [];
  let from = 0;
  for (let at = text.indexOf(":"); at >= 0 && pieces.length < most; at = text.indexOf(":", from)) {
    pieces.push(text.slice(from, at));
    from = at + 1;
  }
  return [...pieces, text.slice(from)];
}
