const VARIABLE = /\$\{[^}]*\}/g;

/**
 * Replaces policy variables. Behind the last "}" there is none: to look for their ends from every "${" would take
 * quadratic time.
 *
 * @param variable what counts as one; every match must end at the first "}"
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
 */
export function replaceVariables(text: string, replacement: string, variable = VARIABLE): string {
  const end = text.lastIndexOf("}") + 1;
  return text.slice(0, end).replaceAll(variable, () => replacement) + text.slice(end);
}
