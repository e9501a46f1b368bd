import { appendFileSync } from "node:fs";
import { issueCommand } from "@actions/core/lib/command";
import { prepareKeyValueMessage } from "@actions/core/lib/file-command";
import { annotationText } from "../../lib/report/escape/github-commands";

/** How loud an annotation is. */
export type Level = "error" | "warning" | "notice";

/**
 * Says something on the page of the run. Names in it are data from strangers: the runner takes a line of its own for a
 * command, so line breaks are escaped, and characters that show as something else are written as their code.
 */
export const annotate = (level: Level, title: string, message: string): void =>
  issueCommand(level, { title: annotationText(title) }, annotationText(message));

/** Keeps a text out of the log. */
export const mask = (secret: string): void => (secret === "" ? undefined : issueCommand("add-mask", {}, secret));

/** Hands values on to later steps. Outside of a runner nobody waits for them. */
export function setOutputs(env: NodeJS.ProcessEnv, outputs: Readonly<Record<string, string | number | boolean>>): void {
  const file = env["GITHUB_OUTPUT"];
  // The library writes each between delimiters that nobody can guess, so that a value cannot add another.
  if (file)
    appendFileSync(
      file,
      Object.entries(outputs)
        .map(([name, value]) => `${prepareKeyValueMessage(name, String(value))}\n`)
        .join(""),
    );
}

/** Adds to the summary of the run. Outside of a runner there is none. @returns whether nothing went wrong. */
export function addSummary(env: NodeJS.ProcessEnv, markdown: string): boolean {
  const file = env["GITHUB_STEP_SUMMARY"];
  if (!file) return true;
  try {
    appendFileSync(file, `${markdown}\n`);
    return true;
  } catch {
    return false;
  }
}
