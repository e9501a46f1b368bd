import { beginning, codeOf, visible } from "./visible";

/** Longest text of others that is printed whole, where there is a choice. */
const SHOWN = 400;

/**
 * A text of others as it may be printed. The terminal may be the log of a workflow, where the runner takes a line that
 * begins with `::`, or has `##[` anywhere, for a command: both are broken up.
 *
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
 */
export const terminalText = (text: string): string => {
  const shown = visible(text);
  return withoutCommand(shown).replaceAll(/(?<= )::/g, `${codeOf(":")}:`);
};

/** The same, of a text that may have any length. */
export const shortTerminalText = (text: string): string => terminalText(beginning(text, SHOWN));

/** A message of several lines, of which the breaks are kept. */
export const terminalLines = (message: string): string => message.split("\n").map(terminalText).join("\n");

/** A printed line, so that it is no command: words of the text before may have wrapped. */
export const withoutCommand = (line: string): string =>
  line.replaceAll("##[", `#${codeOf("#")}[`).replace(/^( *)::/, `$1${codeOf(":")}:`);

/** Plain data with every text in it, keys included, as it may be printed. */
export function terminalData<T>(data: T): T {
  if (typeof data === "string") return terminalText(data) as T;
  if (Array.isArray(data)) return data.map(terminalData) as T;
  if (typeof data !== "object" || data === null) return data;
  return Object.fromEntries(Object.entries(data).map(([key, each]) => [terminalText(key), terminalData(each)])) as T;
}
