import type { z } from "zod";
import type { Path, Problem } from "../yaml/problem";

/** A value of the right shape, made from one that was not, for finding what else is wrong with it. */
export interface Repaired {
  readonly value: unknown;
  /** Paths whose values were taken away. */
  readonly removed: readonly Path[];
}

type Issue = z.core.$ZodIssue;

/** Issues that leave the shape as it should be: a name that a rule refuses is still text. */
const isHarmless = (issue: Issue): boolean =>
  issue.code === "custom" ||
  issue.code === "unrecognized_keys" ||
  issue.code === "too_small" ||
  issue.code === "too_big";

/** How often what is left is looked at again: what was taken away may leave something empty. */
const ROUNDS = 5;

/**
 * Takes away what does not have the right shape, and makes text of numbers that should be text, so that
 * the checks between values can run and everything is reported at once. The result is never used for
 * anything else. `undefined` where no such value can be made.
 */
export function repair(
  value: unknown,
  issues: readonly Issue[],
  validate: (value: unknown) => readonly Issue[],
): Repaired | undefined {
  const copy = copied(value);
  const removed: Path[] = [];
  let left = issues.filter((issue) => !isHarmless(issue));
  for (let round = 0; left.length > 0; round++) {
    if (round === ROUNDS) return undefined;
    for (const issue of left) removed.push(...mend(copy, issue));
    left = validate(copy).filter((issue) => !isHarmless(issue));
  }
  return { value: copy, removed };
}

/** Functions, and what else TypeScript users can pass that no file holds, cannot be copied. */
function copied(value: unknown): unknown {
  try {
    return structuredClone(value);
  } catch {
    return undefined;
  }
}

/** Makes one value right, or takes it away; answers with what was taken. */
function mend(root: unknown, issue: Issue): Path[] {
  const path: Path = issue.path.map((part) => (typeof part === "number" ? part : String(part)));
  const parent = containerOf(root, path);
  const key = path.at(-1);
  if (!parent || key === undefined) return [];
  const current = Object.hasOwn(parent, key) ? parent[key] : undefined;
  // A list keeps its order: the entries behind this one stay where they were written.
  if (Array.isArray(parent))
    parent[Number(key)] = issue.code === "invalid_type" && issue.expected === "object" ? {} : `entry-${key}`;
  else if (
    issue.code === "invalid_type" &&
    issue.expected === "string" &&
    (typeof current === "number" || typeof current === "boolean")
  )
    parent[key] = String(current);
  else if (current !== undefined) return [take(root, path)];
  // Accounts are named from everywhere, so one that lacks something stays, and no check between values runs.
  else if (path[0] === "repositories" || path[0] === "organization") return [take(root, path.slice(0, -1))];
  return [];
}

/** Leaves out what follows from something that is reported already, or was taken away. */
export function consequencesLeftOut(
  problems: readonly Problem[],
  reported: readonly Problem[],
  removed: readonly Path[],
): Problem[] {
  const wrongKeys = reported.filter(({ atKey }) => atKey).map(({ path }) => path);
  const wrongNames = new Set(wrongKeys.map(textOf));
  const besideWrong = new Set(wrongKeys.map((path) => textOf(path.slice(0, -1))));
  const wrongValues = new Set(
    [...reported.filter(({ atKey }) => !atKey).map(({ path }) => path), ...removed].map(textOf),
  );
  const aboveRemoved = new Set(removed.flatMap(pathsTo).map(textOf));
  const follows = ({ path, isLack, isOfNames }: Problem): boolean =>
    aboveRemoved.has(textOf(path)) ||
    (isLack === true && besideWrong.has(textOf(path))) ||
    pathsTo(path)
      .map(textOf)
      .some((start) => wrongValues.has(start) || (isOfNames === true && wrongNames.has(start)));
  return problems.filter((problem) => !follows(problem));
}

const textOf = (path: Path): string => JSON.stringify(path);

/** The path itself, and those to everything that it leads through. */
const pathsTo = (path: Path): Path[] => path.map((_, index) => path.slice(0, index + 1));

function take(root: unknown, path: Path): Path {
  const parent = containerOf(root, path);
  const key = path.at(-1);
  if (parent && key !== undefined) delete parent[key];
  return path;
}

function containerOf(root: unknown, path: Path): Record<string | number, unknown> | undefined {
  const parent = path
    .slice(0, -1)
    .reduce<unknown>((node, part) => (isContainer(node) && Object.hasOwn(node, part) ? node[part] : undefined), root);
  return isContainer(parent) ? parent : undefined;
}

const isContainer = (value: unknown): value is Record<string | number, unknown> =>
  typeof value === "object" && value !== null;
