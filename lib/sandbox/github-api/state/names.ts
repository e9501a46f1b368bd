import { invalid } from "./refusal";

/** What a named value is, as GitHub's messages call it. */
export type ValueKind = "Variable" | "Secret";

/** 48 KB, the most that a variable or a secret may hold. */
export const MAX_VALUE_BYTES = 48 * 1024;

/** The longest name that an environment may have. */
export const MAX_ENVIRONMENT_NAME = 255;

/** GitHub keeps the names of variables and secrets in upper case and finds them in any. */
export const storedName = (name: string): string => name.toUpperCase();

/** Refuses a variable's or secret's name that GitHub does not take. */
export function checkValueName(kind: ValueKind, name: string): void {
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name))
    throw invalid(
      `${kind} names can only contain alphanumeric characters ([a-z], [A-Z], [0-9]) or underscores (_). ` +
        "Spaces are not allowed. Must start with a letter ([a-z], [A-Z]) or underscores (_).",
    );
  if (/^GITHUB_/i.test(name)) throw invalid(`${kind} names must not start with GITHUB_.`);
}

/** Refuses a value that is too large. The value itself stays out of the message: it may be secret. */
export function checkValueSize(kind: ValueKind, bytes: number): void {
  if (bytes > MAX_VALUE_BYTES)
    throw invalid(`${kind} value is too large: ${bytes} bytes of at most ${MAX_VALUE_BYTES}.`);
}

/** Refuses an environment's name that GitHub does not take. */
export function checkEnvironmentName(name: string): void {
  if (name.trim() === "") throw invalid("Environment name can't be blank.");
  if (name.length > MAX_ENVIRONMENT_NAME)
    throw invalid(`Environment name is too long (maximum is ${MAX_ENVIRONMENT_NAME} characters).`);
}
