import { terminalText } from "./terminal";
import { beginning, visible } from "./visible";

/** Longest text of an annotation, in characters. */
const ANNOTATION = 1_000;
/** Longest address that is handed on. */
const ADDRESS = 2_000;

/**
 * A text of others in an annotation. What the command itself needs escaped (`%`, line breaks, `:` and `,` of
 * properties) the library escapes that writes it.
 *
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
 */
export const annotationText = (text: string): string => beginning(visible(text), ANNOTATION);

/** A sentence as an output of the step: a later step may print it, and then it must be no command. */
export const outputText = (text: string): string => terminalText(text);

/**
 * The address of a page as an output of the step: a later step may print it, link to it, or put it into a script. It
 * comes from a server, so only what every such address of GitHub's is made of is handed on.
 *
 * @returns `undefined` for any other.
 */
export const outputAddress = (text: string): string | undefined =>
  text.length <= ADDRESS && ADDRESS_OF_PAGE.test(text) ? text : undefined;

const ADDRESS_OF_PAGE = /^https?:\/\/[A-Za-z0-9.-]+(?::[0-9]{1,5})?\/[\w./~#-]*$/;
