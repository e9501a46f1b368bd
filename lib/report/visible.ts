/**
 * Text of others as it may be printed: characters that would command the terminal, or show as something else, as nothing or
 * over their neighbours, are written as their code.
 */
export const visible = (text: string): string =>
  text.replaceAll(CODED, (character) => `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, "0")}`);

/** Controls, formats and lone surrogates; line breaks; whatever is not drawn; spaces that are not the space; marks upon marks. */
const CODED = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800]|(?! )\p{Zs}|(?<=\p{M}{2})\p{M}/gu;
