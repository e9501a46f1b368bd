import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Review } from "../../lib/review/review";
import { InputError } from "./input-error";

/** Where the report in full was written. */
export interface ReportFiles {
  readonly markdown: string;
  readonly json: string;
}

/**
 * Writes the report in full, as Markdown and as JSON.
 *
 * @param given file for the Markdown; empty for files in the runner's folder for temporary ones, other ones for each step
 * @throws InputError when it cannot be written.
 */
export function writeReport(env: NodeJS.ProcessEnv, given: string, markdown: string, review: Review): ReportFiles {
  try {
    const file =
      given === ""
        ? path.join(mkdtempSync(path.join(env["RUNNER_TEMP"] || tmpdir(), "access-review-")), "review.md")
        : given;
    const files = {
      markdown: file,
      json: path.join(path.dirname(file), `${path.basename(file, path.extname(file))}.json`),
    };
    if (files.json === files.markdown)
      throw new InputError(`report: ${JSON.stringify(given)} is for Markdown: give it a name that ends in ".md"`);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(files.markdown, `${markdown}\n`);
    writeFileSync(files.json, `${JSON.stringify(review, null, 2)}\n`);
    return files;
  } catch (error) {
    if (error instanceof InputError) throw error;
    throw new InputError(
      `report: ${JSON.stringify(given || "review.md")} cannot be written (${(error as NodeJS.ErrnoException).code ?? "for an unknown reason"})`,
    );
  }
}
