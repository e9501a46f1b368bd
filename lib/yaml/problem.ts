/** Keys and list positions from the root of the access file to a value. */
export type Path = readonly (string | number)[];

/** Something wrong in an access file or in an `AccessConfig` written in TypeScript. */
export interface Problem {
  readonly path: Path;
  /** What is wrong, the value in quotes, what to do. */
  readonly message: string;
  /** Whether the key itself is meant, rather than what it holds. @default false */
  readonly atKey?: boolean;
  /** Whether something is not there: no news beside a misspelt key, which may be it. @default false */
  readonly isLack?: boolean;
  /** Whether the names of the keys above make it: no news where one of these is wrong. @default false */
  readonly isOfNames?: boolean;
}

/** A place in a text: both count from 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** A problem with its place: in a file by line and column, in an object by its path. */
export interface Diagnostic {
  readonly file: string | undefined;
  readonly position: Position | undefined;
  readonly path: Path;
  readonly message: string;
}

/** Reports each problem once, however often it is found. */
export function onceEach(report: (problem: Problem) => void): (problem: Problem) => void {
  const told = new Set<string>();
  return (problem) => {
    const key = JSON.stringify([problem.path, problem.message]);
    if (!told.has(key)) report(problem);
    told.add(key);
  };
}

/** More lines than this help nobody: the rest is counted. */
const SHOWN = 100;
/** More problems than this are not even gathered: their number could fill the memory. */
export const MAX_PROBLEMS = 10_000;

/** Everything that is wrong with an access file, at once. */
export class AccessConfigError extends Error {
  constructor(readonly diagnostics: readonly Diagnostic[]) {
    super(renderDiagnostics(diagnostics));
    this.name = "AccessConfigError";
  }
}

/** One line a problem: `access.yaml:12:9: what is wrong`, or `repositories.web-shop.id: what is wrong`. */
export function renderDiagnostics(diagnostics: readonly Diagnostic[]): string {
  const lines = diagnostics.slice(0, SHOWN).map((each) => printable(`${placeOf(each)}: ${each.message}`));
  if (diagnostics.length > SHOWN)
    lines.push(`… and ${diagnostics.length < MAX_PROBLEMS ? diagnostics.length - SHOWN : "thousands"} more`);
  return lines.join("\n");
}

function placeOf({ file, position, path }: Diagnostic): string {
  if (file === undefined) return renderPath(path) || "access";
  return position ? `${file}:${position.line}:${position.column}` : file;
}

/** `repositories.web-shop.roles.plan.allow[0].branch`. */
export const renderPath = (path: Path): string =>
  path
    .map((part, index) => (typeof part === "number" ? `[${part}]` : `${index === 0 ? "" : "."}${cut(part)}`))
    .join("");

/** Longest text that a message repeats whole. */
const QUOTED = 120;

const cut = (text: string): string => (text.length <= QUOTED ? text : `${text.slice(0, QUOTED)}…`);

/** Text in quotes, and a number or truth value as it stands; cut where it is long. */
export const quote = (value: unknown): string =>
  typeof value === "string" ? JSON.stringify(cut(value)) : cut(String(value));

/**
 * Control characters would reach the terminal as commands, and invisible ones would show the text as
 * something that it is not: each is written as its code.
 */
const printable = (text: string): string =>
  text.replaceAll(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, (character) => `\\u${hex(character)}`);

const hex = (character: string): string => {
  const code = (character.codePointAt(0) ?? 0).toString(16).padStart(4, "0");
  return code.length > 4 ? `{${code}}` : code;
};
