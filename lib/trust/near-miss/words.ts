/** Longest value that a sentence repeats whole. */
const LONGEST = 300;

/** A value in quotes. What a stranger wrote must not show as something that it is not. */
export const quote = (text: string): string =>
  `"${visible(text.length <= LONGEST ? text : `${text.slice(0, LONGEST)}…`)}"`;

/** A text with control and invisible characters as escapes, so that a terminal shows what is there. */
export const visible = (text: string): string =>
  text.replaceAll(
    /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu,
    (character) => `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, "0")}`,
  );
