import type { Colors } from "./colors";
import { wrap } from "./wrap";

/** How a text for people is laid out. */
export interface Columns {
  readonly colors: Colors;
  /** Columns of a line; 80 is enough for everything but a name longer than that. */
  readonly width: number;
}

/** Columns of a role's name; a longer one has a line of its own. */
const NAME = 22;
export const INDENT = 2;

/** What is said of a role, beside its name. */
export function besideName(
  name: string,
  texts: readonly string[],
  warnings: readonly string[],
  { colors, width }: Columns,
): string[] {
  const room = Math.max(width - INDENT - NAME, 40);
  const lines = texts.flatMap((text) => wrap(text, room, INDENT));
  const marked = warnings.flatMap((text) => wrap(`! ${text}`, room, INDENT)).map(colors.warning);
  const body = [...lines, ...marked].map((line) => " ".repeat(INDENT + NAME) + line);
  const head = " ".repeat(INDENT) + colors.bold(name);
  if (name.length >= NAME) return [head, ...body];
  return [head + " ".repeat(NAME - name.length) + (lines[0] ?? ""), ...body.slice(1)];
}
