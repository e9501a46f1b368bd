import { join, type Markdown } from "./escape";

/** A part of a document of which as much is shown as there is room for. */
export interface Block {
  /** Its lines, in one or more forms, the fullest first. A line is shown whole or not at all. */
  readonly forms: readonly (readonly Markdown[])[];
  /** Lines with what belongs around them. @param hidden how many there are beside them: it says so */
  readonly frame: (lines: readonly Markdown[], hidden: number) => Markdown;
}

/**
 * Bytes of UTF-8. GitHub says "characters" of what it limits; a text has never more of these than bytes, however they are
 * counted.
 */
export const sizeOf = (text: string): number => Buffer.byteLength(text);

/** The document with as much of each block as fits, the first before the next. */
export function fit(head: readonly Markdown[], blocks: readonly Block[], foot: readonly Markdown[], limit: number): Markdown {
  const shown = blocks.map((block) => block.frame([], block.forms[0]?.length ?? 0));
  const whole = (): Markdown => join([...head, ...shown, ...foot], "\n\n");
  let room = limit - sizeOf(whole());
  blocks.forEach((block, index) => {
    const least = sizeOf(shown[index] ?? "");
    const best = largest(block, room + least);
    if (best === undefined) return;
    shown[index] = best;
    room -= sizeOf(best) - least;
  });
  return whole();
}

/** The block with as many of its lines as fit, in the fullest form in which all do, or else in the shortest. */
function largest({ forms, frame }: Block, room: number): Markdown | undefined {
  const fits = (text: Markdown): boolean => sizeOf(text) <= room;
  const whole = forms.map((lines) => frame(lines, 0)).find(fits);
  if (whole !== undefined) return whole;
  const lines = forms.at(-1) ?? [];
  const first = (count: number): Markdown => frame(lines.slice(0, count), lines.length - count);
  let [least, most] = [0, lines.length];
  while (most - least > 1) {
    const middle = Math.floor((least + most) / 2);
    if (fits(first(middle))) least = middle;
    else most = middle;
  }
  return least === 0 ? undefined : first(least);
}
