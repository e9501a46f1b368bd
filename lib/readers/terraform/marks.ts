import { isObject, memberOf, type JsonObject } from "./plan-entry";

/** Deepest nesting that marks are followed to: what is deeper counts as marked. */
export const MAX_MARKED_DEPTH = 50;

/** Whether anything is marked in a tree of marks: as sensitive, or as not known. */
export function hasMark(marks: unknown, depth = 0): boolean {
  if (marks === true) return true;
  if (typeof marks !== "object" || marks === null) return false;
  if (depth > MAX_MARKED_DEPTH) return true;
  for (const key in marks) if (hasMark((marks as JsonObject)[key], depth + 1)) return true;
  return false;
}

/** The texts at marked places, with what lies below a mark that stands for the whole. */
export function markedTexts(value: unknown, marks: unknown, depth = 0): string[] {
  if (depth > 2 * MAX_MARKED_DEPTH || !hasMark(marks)) return [];
  if (typeof value === "string") return value === "" ? [] : [value];
  if (Array.isArray(value)) {
    const marksOf = (index: number): unknown => (Array.isArray(marks) ? (marks[index] as unknown) : true);
    return value.flatMap((each, index) => markedTexts(each, marksOf(index), depth + 1));
  }
  if (!isObject(value)) return [];
  const marksAt = (key: string): unknown => (Array.isArray(marks) ? true : memberOf(marks, key));
  return Object.entries(value).flatMap(([key, each]) => markedTexts(each, marksAt(key), depth + 1));
}
