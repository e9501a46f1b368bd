import type { z } from "zod";
import { quote, type Path, type Position } from "../yaml/problem";
import type { YamlSource } from "../yaml/source";
import { nameOf } from "../yaml/wording";

/** Something that keeps a file from being read as a workflow. */
export interface WorkflowProblem {
  readonly file: string;
  readonly position: Position;
  /** What is wrong and what to do. Values of `env`, `with` and `secrets` are never repeated: they may be secrets. */
  readonly message: string;
}

/** More than this helps nobody. */
const MAX_PROBLEMS = 100;

type Issue = z.core.$ZodIssue;

/** Zod's issues as problems. */
export function problemsOf(issues: readonly Issue[], source: YamlSource, file: string): WorkflowProblem[] {
  return issues
    .slice(0, MAX_PROBLEMS)
    .flatMap((issue) => innermost(issue, []))
    .map(({ path, message }) => ({
      file,
      position: source.locate(path),
      message: sentence(path, message, source.value),
    }));
}

interface Told {
  readonly path: Path;
  readonly message: string;
}

/** Of a choice, what is wrong with the one that the value's own type does not rule out. */
function innermost(issue: Issue, parent: Path): Told[] {
  const path = [...parent, ...issue.path.map((part) => (typeof part === "number" ? part : String(part)))];
  if (issue.code !== "invalid_union") return [{ path, message: issue.message }];
  const open = issue.errors.find((choice) => choice.length > 0 && choice.every((each) => each.path.length > 0));
  return open ? open.flatMap((each) => innermost(each, path)) : [{ path, message: issue.message }];
}

function sentence(path: Path, remedy: string, root: unknown): string {
  const value = valueAt(root, path);
  if (path.length === 0) return `the file is ${kindOf(value)}: ${remedy}`;
  return value === undefined
    ? `${nameOf(path)} is missing: ${remedy.replace(/^use/, "add")}`
    : `${nameOf(path)} is ${shown(path, value)}: ${remedy}`;
}

const valueAt = (root: unknown, path: Path): unknown =>
  path.reduce<unknown>(
    (value, part) =>
      typeof value === "object" && value !== null && Object.hasOwn(value, part)
        ? (value as Record<string | number, unknown>)[part]
        : undefined,
    root,
  );

const HIDDEN = ["env", "with", "secrets", "run", "matrix"];

const shown = (path: Path, value: unknown): string =>
  typeof value === "string" && value.length < 60 && !path.some((part) => HIDDEN.includes(String(part)))
    ? `the text ${quote(value)}`
    : kindOf(value);

function kindOf(value: unknown): string {
  if (value === null || value === undefined || value === "") return "empty";
  if (Array.isArray(value)) return "a list";
  if (typeof value === "object") return "an object";
  return typeof value === "string" ? "text" : `a ${typeof value}`;
}
