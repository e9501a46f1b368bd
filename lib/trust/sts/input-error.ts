/** What was given cannot be read. The message is a sentence about it that repeats nothing of a token. */
export class InputError extends Error {}

/** Longest input that is looked at: far above everything that AWS and GitHub accept. */
export const INPUT_LENGTH = 1_048_576;

/**
 * Refuses what cannot be of any use, before it is parsed.
 *
 * @throws InputError for an input that is empty or huge.
 */
export function checkLength(text: string): void {
  if (text.trim() === "") throw new InputError("it is empty");
  if (text.length > INPUT_LENGTH)
    throw new InputError(`it has ${text.length} characters, and at most ${INPUT_LENGTH} are read`);
}
