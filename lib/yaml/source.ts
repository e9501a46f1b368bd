import { LineCounter } from "yaml";
import { ACCESS_FILE, type FileKind } from "./file-kind";
import type { Path, Position } from "./problem";
import type { YamlMistake } from "./yaml-mistake";
import { parseYaml } from "./yaml-parser";
import { YamlPlaces } from "./yaml-places";
import { YamlStructure } from "./yaml-structure";

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

/**
 * Reads YAML 1.2 with the position of everything in it. Never throws: what is wrong is in `problems`.
 *
 * @param kind what the text is. @default an access file
 */
export function readYaml(text: string, kind: FileKind = ACCESS_FILE): YamlSource {
  const lines = new LineCounter();
  const positionOf = (offset: number): Position => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  const unreadable = (mistakes: readonly YamlMistake[]): YamlSource => {
    const problems = mistakes.map(({ offset, message }) => ({ position: positionOf(offset), message }));
    return { value: undefined, problems, locate: () => ({ line: 1, column: 1 }), written: () => undefined };
  };
  const unseen = unseenCharacter(text);
  if (unseen) {
    for (let start = 0; start <= unseen.offset; start = lineAfter(text, start)) lines.addNewLine(start);
    return unreadable([unseen]);
  }
  const parsed = parseYaml(text, lines, kind);
  if ("mistakes" in parsed) return unreadable(parsed.mistakes);
  const { document } = parsed;
  const structure = new YamlStructure(document, kind, (offset) => positionOf(offset).line);
  if (structure.mistakes.length > 0) return unreadable(structure.mistakes);
  const places = new YamlPlaces(document.contents, structure.targets);
  return {
    // The structure is known: no alias explodes.
    value: document.toJS({ maxAliasCount: -1 }),
    problems: [],
    locate: (path, atKey) => positionOf(places.offsetOf(path, atKey ?? false)),
    written: (path) => places.written(path),
  };
}

/**
 * The first character that YAML forbids, or that turns the direction of writing: with these a comment or
 * a value reads as something that it is not.
 *
 * @see https://yaml.org/spec/1.2.2/#51-character-set
 * @see https://www.trojansource.codes
 */
function unseenCharacter(text: string): YamlMistake | undefined {
  const found =
    /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u0084\u0086-\u009f\u202a-\u202e\u2066-\u2069\ufffe\uffff]/.exec(
      text,
    );
  if (!found) return undefined;
  const code = found[0].charCodeAt(0).toString(16).toUpperCase().padStart(4, "0");
  return { offset: found.index, message: `the invisible character U+${code}: take it away` };
}

function lineAfter(text: string, start: number): number {
  const end = text.indexOf("\n", start);
  return end < 0 ? Infinity : end + 1;
}
