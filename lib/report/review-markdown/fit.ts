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

/** What a document is made of, from its top to its end. */
export interface Parts {
  readonly head: readonly Markdown[];
  /** Of most worth first. */
  readonly blocks: readonly Block[];
  /** Says that something is left out, where it is. */
  readonly leftOut: Markdown;
  readonly foot: readonly Markdown[];
}

/** The document with as much of each block as fits, the first before the next; at the worst without the last blocks' counts. */
export function fit({ head, blocks, leftOut, foot }: Parts, limit: number): Markdown {
  const all = join([...head, ...blocks.map(whole), ...foot], "\n\n");
  if (sizeOf(all) <= limit) return all;
  const shown = blocks.map(counted);
  const document = (): Markdown => join([...head, ...shown, leftOut, ...foot], "\n\n");
  while (shown.length > 0 && sizeOf(document()) > limit) shown.pop();
  let room = limit - sizeOf(document());
  blocks.slice(0, shown.length).forEach((block, index) => {
    const least = sizeOf(shown[index] ?? "");
    shown[index] = largest(block, room + least) ?? counted(block);
    room -= sizeOf(shown[index]) - least;
  });
  return document();
}

const whole = ({ forms, frame }: Block): Markdown => frame(forms[0] ?? [], 0);
const counted = ({ forms, frame }: Block): Markdown => frame([], forms[0]?.length ?? 0);

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
