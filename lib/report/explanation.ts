import type { Explained } from "../trust/near-miss/explained";
import type { Blocked } from "../trust/near-miss/miss";
import { firstDifference } from "../trust/near-miss/pair";
import type { Step } from "../trust/sts/step";
import type { Colors } from "./colors";
import { terminalText } from "./escape/terminal";
import { wrap } from "./wrap";

/** How an explanation is laid out. */
export interface ExplanationLayout {
  readonly colors: Colors;
  /** Columns of a line. */
  readonly width: number;
}

const MARKS: Readonly<Record<Step["outcome"], string>> = { pass: "✓", fail: "✗", skipped: "–" };
/** Columns of a step's name, and in front of its detail. */
const NAME = 14;
const DETAIL = 4 + NAME;
/** Columns in front of a value that is compared. */
const VALUE = 12;
/** Most conditions that are shown side by side. */
const SHOWN = 3;

/** The decision, each step, and for a denial what stood in the way and what to change. */
export function renderExplanation(
  { verdict, statement, blocking, hints }: Explained,
  layout: ExplanationLayout,
): string {
  const { colors } = layout;
  const title = verdict.decision === "allow" ? "Allowed: STS lets the job assume the role" : `Denied: ${verdict.error}`;
  const parts = [[colors.bold(title)], verdict.steps.flatMap((step) => renderStep(step, layout))];
  if (blocking.length > 0)
    parts.push([
      standing(statement, blocking.length, verdict.statements.length),
      ...blocking.slice(0, SHOWN).flatMap((each) => renderBlocked(each, layout)),
    ]);
  for (const { message, fix } of hints)
    parts.push([...sentence("Why", message, layout), ...sentence("Fix", fix, layout)]);
  return parts.map((lines) => lines.join("\n")).join("\n\n");
}

function renderStep({ name, outcome, detail }: Step, { colors, width }: ExplanationLayout): string[] {
  const [head = "", ...rest] = wrap(terminalText(detail), width - DETAIL).map((line, index) =>
    index === 0 ? line : " ".repeat(DETAIL) + line,
  );
  const lines = [`  ${MARKS[outcome]} ${name.replaceAll("-", " ").padEnd(NAME)}${head}`, ...rest];
  const mark = { pass: (line: string) => line, fail: colors.warning, skipped: colors.dim }[outcome];
  return lines.map(mark);
}

function standing(statement: Explained["statement"], conditions: number, statements: number): string {
  const name = `Statement ${(statement?.index ?? 0) + 1}${statement?.statement.sid ? ` (${terminalText(statement.statement.sid)})` : ""}`;
  return `${statements > 1 ? `${name} came nearest` : name}. ${conditions === 1 ? "One condition stands" : `${conditions} conditions stand`} in the way:`;
}

function renderBlocked({ record, pairs: [pair] }: Blocked, layout: ExplanationLayout): string[] {
  const lines = [
    "",
    ...wrap(`${record.operator} ${terminalText(record.key)}`, layout.width - 2, 2).map((line) => `  ${line}`),
  ];
  if (pair)
    return [
      ...lines,
      ...compared(terminalText(pair.wanted), terminalText(pair.actual), record.wanted.length - 1, layout),
    ];
  const wanted = record.wanted.map(terminalText).join(", ") || "(an empty list)";
  const actual =
    record.actual === undefined ? "(AWS has no value for this key)" : record.actual.map(terminalText).join(", ");
  return [...lines, ...value("wanted", wanted, layout), ...value("actual", actual, layout)];
}

/** The two values, one below the other, and a mark where they begin to differ. */
function compared(wanted: string, actual: string, others: number, { width, colors }: ExplanationLayout): string[] {
  const at = firstDifference(wanted, actual);
  const room = width - VALUE;
  const longest = Math.max(wanted.length, actual.length);
  // Of what does not fit, the part around the difference is shown.
  const from = longest <= room ? 0 : Math.max(0, Math.min(at - Math.floor(room / 3), longest - room + 1));
  const cut = (text: string): string => {
    const shown = (from > 0 ? "…" : "") + text.slice(from > 0 ? from + 1 : 0);
    return shown.length <= room ? shown : `${shown.slice(0, room - 1)}…`;
  };
  // A pattern differs at its wildcard from everything: that says nothing.
  const mark = /[*?]/.test(wanted[at] ?? "") ? [] : [colors.warning(`${" ".repeat(VALUE + at - from)}^`)];
  const more = others > 0 ? [colors.dim(`${" ".repeat(VALUE)}(the nearest of ${others + 1} required values)`)] : [];
  return [`    wanted  ${cut(wanted)}`, `    actual  ${cut(actual)}`, ...mark, ...more];
}

function value(name: string, text: string, { width }: ExplanationLayout): string[] {
  return wrap(text, width - VALUE).map((line, index) => (index === 0 ? `    ${name}  ` : " ".repeat(VALUE)) + line);
}

function sentence(name: string, text: string, { colors, width }: ExplanationLayout): string[] {
  const [head = "", ...rest] = wrap(terminalText(text), width - 5);
  return [`${colors.bold(name)}  ${head}`, ...rest.map((line) => " ".repeat(5) + line)];
}
