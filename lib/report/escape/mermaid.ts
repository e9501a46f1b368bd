import { beginning, visible } from "./visible";

/** Longest text of a label: Mermaid draws nothing at all of a chart over 50,000 characters. */
const SHOWN = 200;

/**
 * A text of others in a quoted label: every character that could mean something to Mermaid as its code. Mermaid draws
 * the character for the code, so what cannot be seen is written out first. It also takes what begins like a list for
 * one, and refuses it.
 *
 * @see https://mermaid.js.org/syntax/flowchart.html#entity-codes-to-escape-characters
 */
export const mermaidLabel = (text: string): string =>
  visible(beginning(text, SHOWN))
    .replaceAll(/[^A-Za-z0-9 /:._@+=,()-]/gu, entity)
    .replace(/^( *[0-9]*)([.)+-])(?= )/, (_, before: string, mark: string) => before + entity(mark));

const entity = (character: string): string => `#${character.codePointAt(0) ?? 0};`;
