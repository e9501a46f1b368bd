import { type Finding, type FindingSummary, isInText, type Severity } from "../check/finding";
import type { Colors } from "./colors";
import { terminalText } from "./escape/terminal";
import { wrap } from "./wrap";

/** How findings are laid out. */
export interface FindingsLayout {
  readonly colors: Colors;
  readonly width: number;
  /** What to say where there are none. @default "Nothing found." */
  readonly nothing?: string;
}

const INDENT = 2;

/** Findings for people: where, how bad, what, and what to do; at the end how many, and how many were excused. */
export function renderFindings(
  findings: readonly Finding[],
  summary: FindingSummary,
  suppressed: number,
  layout: FindingsLayout,
): string {
  return [
    ...findings.map((finding) => renderFinding(finding, layout)),
    `${renderCount(findings, summary, layout)}${suppressed === 0 ? "" : ` ${suppressed} suppressed by the access file.`}`,
  ].join("\n\n");
}

function renderFinding({ rule, severity, message, fix, location }: Finding, { colors, width }: FindingsLayout): string {
  const place = isInText(location)
    ? `${terminalText(location.file)}:${location.line}:${location.column}`
    : `${terminalText(location.file)} ${terminalText(location.address)}`;
  const lines = [
    ...wrap(terminalText(message), width - INDENT),
    ...wrap(terminalText(`Fix: ${fix}`), width - INDENT, INDENT),
  ].map((line) => " ".repeat(INDENT) + line);
  return [`${colors.dim(place)} ${paint(severity, colors)(severity)} ${colors.bold(rule)}`, ...lines].join("\n");
}

function paint(severity: Severity, colors: Colors): (text: string) => string {
  switch (severity) {
    case "error":
      return (text) => colors.bold(colors.warning(text));
    case "warning":
      return colors.warning;
    case "note":
      return colors.dim;
  }
}

function renderCount(
  findings: readonly Finding[],
  { error, warning, note }: FindingSummary,
  { nothing = "Nothing found." }: FindingsLayout,
): string {
  if (findings.length === 0) return nothing;
  return (
    [counted(error, "error"), counted(warning, "warning"), counted(note, "note")]
      .filter((text) => text !== "")
      .join(", ") + "."
  );
}

const counted = (count: number, word: string): string =>
  count === 0 ? "" : `${count} ${word}${count === 1 ? "" : "s"}`;
