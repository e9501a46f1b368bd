import { isAlias, isMap, isPair, isScalar, isSeq, LineCounter, parseDocument, type Document, type Node, type ParsedNode } from "yaml";
import { quote, type Path, type Position } from "./problem";

/** Largest access file: a hundred times what ten accounts with a hundred repositories each need. */
export const MAX_FILE_BYTES = 10 * 1024 * 1024;
/** Deepest nesting: the deepest sound value is eight levels down, policy documents a few more. */
const MAX_DEPTH = 64;
/** How often aliases may be followed; a file that explodes passes it after a few lines. */
const MAX_ALIASES = 10_000;

/** Something that keeps a text from being read as YAML. */
export interface SyntaxProblem {
  readonly position: Position;
  readonly message: string;
}

/** YAML as read: its value and where each part of it stands. */
export interface YamlSource {
  readonly value: unknown;
  readonly problems: readonly SyntaxProblem[];
  /** Where the value at a path stands, or its key; the nearest parent for a path that is not there. */
  locate(path: Path, atKey?: boolean): Position;
  /** A scalar as it was written: what YAML made a number may have lost its leading zeros. */
  written(path: Path): string | undefined;
}

/** Reads YAML 1.2 with the position of everything in it. Never throws: what is wrong is in `problems`. */
export function readYaml(text: string): YamlSource {
  const lines = new LineCounter();
  const positionOf = (offset: number): Position => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  const failed = (offset: number, message: string): YamlSource => unreadable({ position: positionOf(offset), message });
  const deep = depthProblem(text);
  let document: Document.Parsed<ParsedNode>;
  try {
    if (deep !== undefined) return failed(0, deep);
    // Duplicate keys are looked for below: the library compares every key with every other.
    document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: false, strict: true, version: "1.2" });
  } catch (error) {
    if (error instanceof RangeError) return failed(0, "the YAML is nested too deeply to be read");
    throw error;
  }
  const syntax = [...document.errors, ...document.warnings].map((error) => ({ position: positionOf(error.pos[0]), message: `${lowerFirst(firstLine(error.message))}: correct the YAML here` }));
  if (syntax.length > 0) return { ...failed(0, ""), problems: syntax };
  const problems = structureProblems(document, positionOf);
  if (problems.length > 0) return { ...failed(0, ""), problems };
  let value: unknown;
  try {
    value = document.toJS({ maxAliasCount: MAX_ALIASES });
  } catch (error) {
    return failed(0, error instanceof ReferenceError && /excessive alias/i.test(error.message) ? "its aliases (*name) explode into more than this file can mean: write the values out" : "an alias (*name) cannot be followed: write the value out");
  }
  const root = document.contents;
  return {
    value,
    problems: [],
    locate: (path, atKey) => positionOf(offsetOf(document, root, path, atKey ?? false)),
    written: (path) => {
      const node = document.getIn(path, true);
      return isScalar(node) ? node.source : undefined;
    },
  };
}

const unreadable = (problem: SyntaxProblem): YamlSource => ({ value: undefined, problems: [problem], locate: () => problem.position, written: () => undefined });

/** Refuses what would exhaust a recursive parser, before one sees it: brackets or indentation without end. */
function depthProblem(text: string): string | undefined {
  let depth = 0;
  for (const character of text.match(/[[\]{}]/g) ?? []) {
    depth += character === "[" || character === "{" ? 1 : -1;
    if (depth > 10 * MAX_DEPTH) return `the YAML is nested more than ${MAX_DEPTH} levels deep: no access file is`;
    if (depth < 0) depth = 0;
  }
  return /(?:^|\n) *(?:- ){100}/.test(text) ? `the YAML is nested more than ${MAX_DEPTH} levels deep: no access file is` : undefined;
}

/** Keys given twice, keys that are no names, and nesting too deep. */
function structureProblems(document: Document, positionOf: (offset: number) => Position): SyntaxProblem[] {
  const problems: SyntaxProblem[] = [];
  const at = (node: unknown): Position => positionOf((node as Node | null)?.range?.[0] ?? 0);
  const visit = (node: unknown, depth: number): void => {
    if (depth > MAX_DEPTH) {
      if (depth === MAX_DEPTH + 1) problems.push({ position: at(node), message: `nested more than ${MAX_DEPTH} levels deep: no access file is` });
      return;
    }
    if (isSeq(node)) node.items.forEach((item) => visit(item, depth + 1));
    if (!isMap(node)) return;
    const seen = new Set<string>();
    for (const pair of node.items) {
      const problem = keyProblem(pair.key, seen);
      if (problem) problems.push({ position: at(pair.key), message: problem });
      visit(pair.value, depth + 1);
    }
  };
  visit(document.contents, 0);
  return problems;
}

function keyProblem(key: unknown, seen: Set<string>): string | undefined {
  if (isAlias(key) || !isScalar(key)) return "a key that is no name: write a plain word before the colon";
  const name = String(key.value);
  if (typeof key.value !== "string") return `key ${key.source ?? name} is read as ${key.value === null ? "nothing" : `the ${typeof key.value} ${name}`}: put it in quotes, ${quote(key.source ?? name)}`;
  if (name === "__proto__") return `key ${quote(name)}: choose another name, programs that read this file reserve it`;
  if (name === "<<") return `key ${quote(name)}: merge keys are not part of YAML 1.2, write the keys out`;
  if (seen.has(name)) return `key ${quote(name)} is given twice: keep one`;
  seen.add(name);
  return undefined;
}

/** Offset of the value at a path, or of the last key on the way to it that is there. */
function offsetOf(document: Document, root: unknown, path: Path, atKey: boolean): number {
  let node: unknown = root;
  let key: unknown = undefined;
  for (const part of path) {
    if (isAlias(node)) node = node.resolve(document);
    const next: unknown = isMap(node) ? node.items.find((pair) => isScalar(pair.key) && String(pair.key.value) === String(part)) : isSeq(node) ? node.items[Number(part)] : undefined;
    if (next === undefined || next === null) return startOf(key) ?? startOf(node) ?? 0;
    if (isPair(next)) [key, node] = [next.key, next.value];
    else [key, node] = [next, next];
  }
  return (atKey ? startOf(key) : startOf(node)) ?? startOf(key) ?? 0;
}

const startOf = (node: unknown): number | undefined => (node as Node | undefined | null)?.range?.[0];
const firstLine = (text: string): string => text.split("\n", 1)[0] ?? text;
const lowerFirst = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);
