/**
 * What no medium may show raw: characters that would command the terminal, or show as something else, as nothing or
 * over their neighbours, are written as their code. The escaper of each medium begins with this.
 *
 * @see https://www.unicode.org/reports/tr36/#Bidirectional_Text_Spoofing
 */
export const visible = (text: string): string => text.replaceAll(CODED, codeOf);

/** Controls, formats and lone surrogates; line breaks; whatever is not drawn; spaces that are not the space; marks upon marks. */
const CODED = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800]|(?! )\p{Zs}|(?<=\p{M}{2})\p{M}/gu;

/** `\u003c`, or `\u{e0001}` where four digits would not say where the code ends. */
export function codeOf(character: string): string {
  const code = (character.codePointAt(0) ?? 0).toString(16);
  return code.length > 4 ? `\\u{${code}}` : `\\u${code.padStart(4, "0")}`;
}

/** The beginning of a text that is longer than a medium has room for. No character is cut in half. */
export const beginning = (text: string, most: number): string =>
  text.length <= most ? text : `${text.slice(0, most - 1).replace(/[\ud800-\udbff]$/, "")}…`;
