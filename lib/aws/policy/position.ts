/** A place in a text: both count from 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** Something wrong in a document, and where. */
export interface DocumentProblem {
  /** AWS's reason, and what to do. */
  readonly message: string;
  readonly position: Position;
}

/** A text and where it stands. */
export interface LocatedText {
  readonly text: string;
  readonly position: Position;
}

/** Longest text that a message repeats whole. */
const QUOTED = 80;

/**
 * A text in quotes: what a stranger wrote must not flood a message, nor show as something that it is not.
 * So it is cut where it is long, and control and invisible characters become escapes.
 */
export const quoted = (text: string): string =>
  JSON.stringify(text.length <= QUOTED ? text : `${text.slice(0, QUOTED)}…`).replaceAll(
    /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu,
    (character) => `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, "0")}`,
  );
