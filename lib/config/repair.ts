import type { z } from "zod";
import type { Path, Problem } from "./problem";

/** A value of the right shape, made from one that was not, for finding what else is wrong with it. */
export interface Repaired {
  readonly value: unknown;
  /** Paths whose values were taken away. */
  readonly removed: readonly Path[];
}

/** Issues that leave the shape as it should be: a name that a rule refuses is still text. */
const isHarmless = (issue: z.core.$ZodIssue): boolean =>
  issue.code === "custom" || issue.code === "unrecognized_keys" || issue.code === "too_small" || issue.code === "too_big" || (issue.code === "invalid_key" && issue.issues.every((inner) => inner.code === "custom"));

/**
 * Takes away what does not have the right shape, and makes text of numbers that should be text, so that
 * the checks between values can run and everything is reported at once. The result is never used for
 * anything else.
 */
export function repair(value: unknown, issues: readonly z.core.$ZodIssue[]): Repaired {
  const copy: unknown = structuredClone(value);
  const removed: Path[] = [];
  for (const issue of issues.filter((each) => !isHarmless(each))) {
    const path: Path = issue.path.map((part) => (typeof part === "number" ? part : String(part)));
    const parent = containerOf(copy, path);
    const key = path.at(-1);
    if (!parent || key === undefined) continue;
    const current = Object.hasOwn(parent, key) ? parent[key] : undefined;
    if (issue.code === "invalid_type" && issue.expected === "string" && (typeof current === "number" || typeof current === "boolean")) parent[key] = String(current);
    else if (current !== undefined) removed.push(take(copy, path));
    // Accounts are named from everywhere, so one that lacks something stays, and no check between values runs.
    else if (path[0] === "repositories") removed.push(take(copy, path.slice(0, -1)));
  }
  return { value: copy, removed };
}

/** Whether a value whose issues are these can be looked at as if it were right. */
export const hasShape = (issues: readonly z.core.$ZodIssue[]): boolean => issues.every(isHarmless);

/** Leaves out what follows from something that is reported already, or was taken away. */
export function consequencesLeftOut(problems: readonly Problem[], reported: readonly Problem[], removed: readonly Path[]): Problem[] {
  const startsWith = (path: Path, start: Path): boolean => start.every((part, index) => path[index] === part);
  return problems.filter(({ path }) => !reported.some((each) => startsWith(path, each.path)) && !removed.some((each) => startsWith(each, path) || startsWith(path, each)));
}

function take(root: unknown, path: Path): Path {
  const parent = containerOf(root, path);
  const key = path.at(-1);
  if (Array.isArray(parent)) parent.splice(Number(key), 1);
  else if (parent && key !== undefined) delete parent[key];
  return path;
}

function containerOf(root: unknown, path: Path): Record<string | number, unknown> | undefined {
  const parent = path.slice(0, -1).reduce<unknown>((node, part) => (isContainer(node) ? node[part] : undefined), root);
  return isContainer(parent) ? parent : undefined;
}

const isContainer = (value: unknown): value is Record<string | number, unknown> => typeof value === "object" && value !== null;
