import type { AdmissionChange } from "../difference/schema";
import { isOpened } from "../review/headline";
import type { Review } from "../review/review";
import { besideName, INDENT, type Columns } from "./beside-name";
import { name, type Phrase, plainText, say } from "./phrase";
import { footWords, sectionsOf } from "./review-sections";
import { canWords } from "./review-words/can";
import { admittedWords, exampleWords, STATE_WORDS } from "./review-words/changes";
import { headlineWords } from "./review-words/headline";
import { shortTerminalText } from "./escape/terminal";
import { wrap } from "./wrap";

/** A review for people at a terminal: the headline, who is newly let in, then the rest in order of worth. */
export function renderReviewText(review: Review, layout: Columns): string {
  const { colors, width } = layout;
  const blocks = [
    wrap(textOf(headlineWords(review)), width).map(review.summary.errored ? colors.warning : colors.bold),
    ...gainBlocks(review.widened.filter(isOpened), "opened", layout),
    ...gainBlocks(review.gained, "gained", layout),
    ...gainBlocks(
      review.widened.filter((each) => !isOpened(each)),
      "widened",
      layout,
    ),
    ...sectionsOf(review).map(({ title, lines }) => [
      ...wrap(textOf(title), width).map(colors.bold),
      ...lines.flatMap((line) => item(line, layout)),
    ]),
    wrap(textOf(footWords(review)), width).map(colors.dim),
  ];
  return blocks.map((lines) => lines.join("\n")).join("\n\n");
}

const TITLES = {
  opened: say`Opened to another owner's repositories`,
  gained: say`Gained`,
  widened: say`Widened`,
} as const;

/** Roles of one account below its name. */
function gainBlocks(changes: readonly AdmissionChange[], kind: keyof typeof TITLES, layout: Columns): string[][] {
  const accounts = new Map<string, AdmissionChange[]>();
  for (const change of changes) {
    const { account, accountId } = change;
    const title = textOf(
      say`${TITLES[kind]} in ${name(account)}${accountId === null || accountId === account ? [] : say` · ${name(accountId)}`}`,
    );
    accounts.set(title, [...(accounts.get(title) ?? []), change]);
  }
  return [...accounts].map(([title, group]) => [
    ...wrap(title, layout.width).map(layout.colors.bold),
    ...group.flatMap((change) => gain(change, kind, layout)),
  ]);
}

function gain(change: AdmissionChange, kind: keyof typeof TITLES, layout: Columns): string[] {
  const example = exampleWords(change);
  const lines = [
    ...admittedWords(change, kind === "gained" ? kind : "widened"),
    canWords(change.can),
    ...(example.length === 0 ? [] : [say`for example ${example}`]),
  ];
  const warnings = change.certain ? [] : [say`whether it is so could not be decided`];
  return besideName(
    textOf(say`${name(change.role)}${STATE_WORDS[change.state]}`),
    lines.map(textOf),
    warnings.map(textOf),
    layout,
  );
}

const item = (line: Phrase, { width }: Columns): string[] =>
  wrap(`- ${textOf(line)}`, width - INDENT, INDENT).map((each) => " ".repeat(INDENT) + each);

const textOf = (phrase: Phrase): string => plainText(phrase, shortTerminalText);
