import { join, type Markdown } from "../escape/markdown";

/** A part of a document of which as much is shown as there is room for. */
export interface Block {
  /** How many lines it has. */
  readonly count: number;
  /** Each of its lines, in one or more forms, the fullest first. A line is shown whole or not at all, and written only where there may be room. */
  readonly forms: readonly ((index: number) => Markdown)[];
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
  const full = blocks.flatMap((block) => inFull(block, block.forms[0], limit) ?? []);
  const all = join([...head, ...full, ...foot], "\n\n");
  if (full.length === blocks.length && sizeOf(all) <= limit) return all;
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

const counted = ({ count, frame }: Block): Markdown => frame([], count);

type Form = Block["forms"][number] | undefined;

/** Lines from the first on, until they have more than the room by themselves. */
function linesWithin(form: Form, count: number, room: number): Markdown[] {
  const lines: Markdown[] = [];
  for (let size = 0; form && lines.length < count && size <= room;) {
    const line = form(lines.length);
    lines.push(line);
    size += sizeOf(line);
  }
  return lines;
}

function inFull({ count, frame }: Block, form: Form, room: number): Markdown | undefined {
  const lines = linesWithin(form, count, room);
  const text = lines.length === count ? frame(lines, 0) : undefined;
  return text !== undefined && sizeOf(text) <= room ? text : undefined;
}

/** The block with as many of its lines as fit, in the fullest form in which all do, or else in the shortest. */
function largest(block: Block, room: number): Markdown | undefined {
  const { count, forms, frame } = block;
  for (const form of forms) {
    const whole = inFull(block, form, room);
    if (whole !== undefined) return whole;
  }
  const lines = linesWithin(forms.at(-1), count, room);
  const first = (number: number): Markdown => frame(lines.slice(0, number), count - number);
  let [least, most] = [0, lines.length];
  while (most - least > 1) {
    const middle = Math.floor((least + most) / 2);
    if (sizeOf(first(middle)) <= room) least = middle;
    else most = middle;
  }
  return least === 0 ? undefined : first(least);
}
