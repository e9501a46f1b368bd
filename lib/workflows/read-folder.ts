import { readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { SourceError } from "../model/source-error";
import type { WorkflowProblem } from "./problem";
import { MAX_WORKFLOW_BYTES, readWorkflow } from "./read-workflow";
import type { Workflow } from "./workflow";

/** Most files of a folder, and most bytes of them all: by far more than any repository has. */
const MAX_FILES = 2_000;
const MAX_BYTES = 64 * 1024 * 1024;

/** The workflows of a folder. */
export interface WorkflowFolder {
  /** By file name. */
  readonly workflows: readonly Workflow[];
  /** What keeps other files from being read: with any of these, it is not known what the folder does not hold. */
  readonly problems: readonly WorkflowProblem[];
}

/**
 * Reads the workflows of a repository's working copy, or of the folder that holds them: `*.yml` and `*.yaml`
 * of `.github/workflows` in it, where that exists, or else of the folder itself.
 *
 * @throws SourceError for a folder that cannot be read or has no workflow, and for files larger than any workflow.
 */
export function readWorkflowFolder(folder: string): WorkflowFolder {
  const nested = path.join(folder, ".github", "workflows");
  const place = isFolder(nested) ? nested : folder;
  const files = workflowFiles(place);
  if (files.length === 0)
    throw new SourceError(
      `${place}: has no workflow in it (*.yml, *.yaml): name a repository's folder, or its .github/workflows`,
    );
  if (files.length > MAX_FILES)
    throw new SourceError(
      `${place}: has ${files.length} workflows, over the ${MAX_FILES} that are read: name another folder`,
    );
  const workflows: Workflow[] = [];
  const problems: WorkflowProblem[] = [];
  let size = 0;
  for (const file of files) {
    const content = readText(file);
    size += content.length;
    if (size > MAX_BYTES)
      throw new SourceError(`${place}: has over ${MAX_BYTES} bytes of workflows: name another folder`);
    const reading = readWorkflow(content, file);
    if ("workflow" in reading) workflows.push(reading.workflow);
    else problems.push(...reading.problems);
  }
  return { workflows, problems };
}

/** What cannot be looked at is taken for none: reading the folder above says why. */
function isFolder(folder: string): boolean {
  try {
    return statSync(folder).isDirectory();
  } catch {
    return false;
  }
}

function workflowFiles(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter((name) => /\.ya?ml$/i.test(name))
      .sort()
      .map((name) => path.join(folder, name));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const why =
      code === "ENOENT"
        ? "there is no such folder"
        : code === "ENOTDIR"
          ? "is no folder: name the one that it is in"
          : `cannot be read (${code ?? "unknown error"}): check its permissions`;
    throw new SourceError(`${folder}: ${why}`);
  }
}

function readText(file: string): string {
  try {
    const stat = statSync(file);
    if (!stat.isFile()) throw new SourceError(`${file}: is no regular file: take it out of the folder`);
    if (stat.size > MAX_WORKFLOW_BYTES)
      throw new SourceError(
        `${file}: has ${stat.size} bytes, over the ${MAX_WORKFLOW_BYTES} that a workflow may have: take it out of the folder`,
      );
    return new TextDecoder("utf-8", { fatal: true }).decode(readFileSync(file));
  } catch (error) {
    if (error instanceof SourceError) throw error;
    const { code } = error as NodeJS.ErrnoException;
    throw new SourceError(
      `${file}: ${code === "ERR_ENCODING_INVALID_ENCODED_DATA" ? "is not text in UTF-8: save it as such" : `cannot be read (${code ?? "unknown error"}): check its permissions`}`,
    );
  }
}
