import { text, unknownText, type Text } from "../trust/text";
import type { FileKind } from "../yaml/file-kind";
import { quote, type Path, type Position } from "../yaml/problem";
import { readYaml, type YamlSource } from "../yaml/source";
import { problemsOf, type WorkflowProblem } from "./problem";
import {
  workflowSchema,
  type WrittenJob,
  type WrittenNames,
  type WrittenPermissions,
  type WrittenSettings,
  type WrittenStep,
  type WrittenTrigger,
  type WrittenWorkflow,
} from "./schema";
import { readTemplate } from "./template";
import {
  parseUses,
  type Job,
  type Permissions,
  type Setting,
  type Settings,
  type Step,
  type Trigger,
  type Uses,
  type Workflow,
  type WorkflowCall,
} from "./workflow";

/** Largest workflow file: by far more than anybody writes. */
export const MAX_WORKFLOW_BYTES = 1024 * 1024;

const WORKFLOW_FILE: FileKind = {
  one: "a workflow file",
  name: "workflow file",
  split: "split the file",
  maxBytes: MAX_WORKFLOW_BYTES,
};

export type WorkflowReading = { readonly workflow: Workflow } | { readonly problems: readonly WorkflowProblem[] };

/**
 * Reads a workflow file. Never throws: what keeps it from being one comes back as problems. GitHub's own
 * checks are not repeated; only what is read has to have its shape.
 *
 * @param file what to call it
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax
 */
export function readWorkflow(content: string, file: string): WorkflowReading {
  if (content.length > MAX_WORKFLOW_BYTES)
    return {
      problems: [
        {
          file,
          position: { line: 1, column: 1 },
          message: `over ${MAX_WORKFLOW_BYTES} characters: no workflow file has as many, split it`,
        },
      ],
    };
  const source = readYaml(content, WORKFLOW_FILE);
  if (source.problems.length > 0) return { problems: source.problems.map((each) => ({ file, ...each })) };
  const { data, error } = workflowSchema.safeParse(source.value);
  if (!data) return { problems: problemsOf(error.issues, source, file) };
  const reader = new WorkflowReader(source, file);
  const workflow = reader.workflow(data);
  return reader.problems.length > 0 ? { problems: reader.problems } : { workflow };
}

/** Brings what was written into the form of the model. */
class WorkflowReader {
  readonly problems: WorkflowProblem[] = [];

  constructor(
    private readonly source: YamlSource,
    private readonly file: string,
  ) {}

  workflow({ name, on, permissions, env, jobs }: WrittenWorkflow): Workflow {
    return {
      file: this.file,
      name: name === undefined || name === null ? null : String(name),
      triggers: this.triggers(on),
      permissions: this.permissions(permissions, ["permissions"]),
      env: this.settings(env, ["env"]),
      jobs: Object.entries(jobs).map(([id, job]) => this.job(id, job)),
    };
  }

  private triggers(on: WrittenWorkflow["on"]): Trigger[] {
    if (typeof on === "string") return [this.trigger(on, null, this.at(["on"], false), ["on"])];
    if (Array.isArray(on))
      return on.map((event, index) => this.trigger(event, null, this.at(["on", index], false), ["on", index]));
    return Object.entries(on).map(([event, filters]) =>
      this.trigger(event, filters, this.at(["on", event]), ["on", event]),
    );
  }

  private trigger(event: string, written: WrittenTrigger, position: Position, path: Path): Trigger {
    const filters = written === null || Array.isArray(written) ? {} : written;
    const names = (key: "types" | "branches" | "branches-ignore" | "tags" | "tags-ignore"): string[] | null =>
      this.names(filters[key], [...path, key]);
    const inputs = Object.entries(filters.inputs ?? {}).flatMap(([name, input]): Setting[] => {
      const value = scalarText(input?.default, this.source.written([...path, "inputs", name, "default"]));
      return value === undefined ? [] : [{ name, value, position: this.at([...path, "inputs", name]) }];
    });
    return {
      event,
      position,
      types: names("types"),
      branches: names("branches"),
      branchesIgnore: names("branches-ignore"),
      tags: names("tags"),
      tagsIgnore: names("tags-ignore"),
      inputs,
    };
  }

  private names(written: WrittenNames, path: Path): string[] | null {
    if (written === undefined || written === null) return null;
    const list = Array.isArray(written) ? written : [written];
    // A number may have lost its zeros: then it stands for any name.
    return list.map((each, index) =>
      typeof each === "string"
        ? each
        : isAsWritten(each, this.source.written(Array.isArray(written) ? [...path, index] : path))
          ? String(each)
          : "**",
    );
  }

  private permissions(written: WrittenPermissions, path: Path): Permissions | null {
    if (written === undefined || written === null) return null;
    const isWrite =
      written === "write-all" ||
      (typeof written === "object" && Object.hasOwn(written, "id-token") && written["id-token"] === "write");
    return { position: this.at(path), idToken: isWrite ? "write" : "none" };
  }

  private job(id: string, written: WrittenJob): Job {
    const path = ["jobs", id];
    const { strategy } = written;
    return {
      id,
      position: this.at(path),
      environment: this.environment(written.environment, [...path, "environment"]),
      permissions: this.permissions(written.permissions, [...path, "permissions"]),
      env: this.settings(written.env, [...path, "env"]),
      condition: writtenText(written.if),
      matrix: typeof strategy === "string" ? strategy : (strategy?.matrix ?? null),
      call: this.call(written, path),
      steps: (written.steps ?? []).map((step, index) => this.step(step, [...path, "steps", index])),
    };
  }

  private environment(written: WrittenJob["environment"], path: Path): Job["environment"] {
    const isObject = typeof written === "object" && written !== null;
    const value = isObject ? written.name : written;
    const name = scalarText(value, this.source.written(isObject ? [...path, "name"] : path));
    // An empty name is none.
    return name === undefined || name === "" ? null : { name, position: this.at(path) };
  }

  private call({ uses, with: inputs, secrets }: WrittenJob, path: Path): WorkflowCall | null {
    const place = [...path, "uses"];
    const called = uses === undefined ? undefined : this.uses(uses, place);
    return called
      ? {
          uses: called,
          position: this.at(place),
          with: this.settings(inputs, [...path, "with"]),
          secrets: secrets === "inherit" ? "inherit" : this.settings(secrets, [...path, "secrets"]),
        }
      : null;
  }

  private step(written: WrittenStep, path: Path): Step {
    return {
      position: this.at(path, false),
      condition: writtenText(written.if),
      uses: written.uses === undefined ? null : (this.uses(written.uses, [...path, "uses"]) ?? null),
      with: this.settings(written.with, [...path, "with"]),
      env: this.settings(written.env, [...path, "env"]),
      run: writtenText(written.run),
    };
  }

  private uses(written: string, path: Path): Uses | undefined {
    const uses = parseUses(written.trim());
    if (!uses)
      this.problems.push({
        file: this.file,
        position: this.at(path),
        message: `"uses" ${quote(written)}: write "OWNER/REPOSITORY@REF", "OWNER/REPOSITORY/PATH@REF", "./PATH" or "docker://IMAGE"`,
      });
    return uses;
  }

  private settings(written: WrittenSettings, path: Path): Settings {
    if (typeof written === "string") return null;
    return Object.entries(written ?? {}).map(([name, value]) => ({
      name,
      value: scalarText(value, this.source.written([...path, name])) ?? "",
      position: this.at([...path, name]),
    }));
  }

  private at(path: Path, atKey = true): Position {
    return this.source.locate(path, atKey);
  }
}

/** A scalar as text; `undefined` for none, and for what is no scalar. */
function scalarText(value: unknown, written: string | undefined): Text | undefined {
  if (typeof value === "string") return readTemplate(value);
  if (typeof value !== "number" && typeof value !== "boolean") return undefined;
  return isAsWritten(value, written) ? text(String(value)) : unknownText(written ?? String(value));
}

/** GitHub's documentation does not say how it writes a number such as `1.10` or `0x1f`. */
const isAsWritten = (value: unknown, written: string | undefined): boolean =>
  written === undefined || String(value) === written;

const writtenText = (written: WrittenStep["if"]): string | null =>
  written === undefined || written === null ? null : String(written);
