import { readWorkflow, type Workflow } from "../../lib/workflows";

/** @throws Error for a text that is no workflow. */
export function workflowOf(text: string, file = ".github/workflows/deploy.yml"): Workflow {
  const reading = readWorkflow(text, file);
  if ("workflow" in reading) return reading.workflow;
  throw new Error(
    reading.problems.map(({ position, message }) => `${position.line}:${position.column}: ${message}`).join("\n"),
  );
}

/** Everything wrong with a text, as `LINE:COLUMN: sentence`. */
export function problemsOf(text: string): string[] {
  const reading = readWorkflow(text, "deploy.yml");
  return "problems" in reading
    ? reading.problems.map(({ position, message }) => `${position.line}:${position.column}: ${message}`)
    : [];
}

/** Text with the indentation of a template literal taken away. */
export function yaml(strings: TemplateStringsArray, ...values: readonly string[]): string {
  const text = String.raw(strings, ...values).replace(/^\n/, "");
  const indent = /^ */.exec(text)?.[0].length ?? 0;
  return text.replaceAll(new RegExp(`^ {0,${indent}}`, "gm"), "");
}
