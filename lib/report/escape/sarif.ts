import { beginning, codeOf, visible } from "./visible";

/** Longest message: far over every one that is meant. */
const SHOWN = 8_000;

/**
 * A text of others in a message of SARIF. `[text](destination)` in it would be a link, also with a number for a
 * destination, and viewers differ on how a bracket outside of a link is escaped: so no "(" stands behind a "]".
 *
 * @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/sarif-v2.1.0-os.html#_Toc34317470 §3.11.6
 */
export const sarifText = (text: string): string => beginning(visible(text), SHOWN).replaceAll("](", `]${codeOf("(")}`);
