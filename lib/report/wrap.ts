import { withoutCommand } from "./escape/terminal";

/** Words on lines of at most `width` columns; the lines after the first are indented by `hanging`. */
export function wrap(text: string, width: number, hanging = 0): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ").flatMap((each) => pieces(each, width - hanging))) {
    const room = width - (lines.length > 0 ? hanging : 0);
    if (line !== "" && line.length + 1 + word.length > room) {
      lines.push(line);
      line = word;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  lines.push(line);
  // A line may begin in the middle of a text of others.
  return lines.map(withoutCommand).map((each, index) => (index === 0 ? each : " ".repeat(hanging) + each));
}

/** A word in pieces that fit, broken behind a separator where there is one. */
function pieces(word: string, width: number): string[] {
  const found: string[] = [];
  let rest = word;
  while (rest.length > width) {
    const start = rest.slice(0, width);
    const end = Math.max(...["/", "@", ":", "-"].map((separator) => start.lastIndexOf(separator))) + 1 || width;
    found.push(rest.slice(0, end));
    rest = rest.slice(end);
  }
  return [...found, rest];
}
