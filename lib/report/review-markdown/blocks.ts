import type { AdmissionChange } from "../../difference/schema";
import { isOpened } from "../../review/headline";
import type { Review } from "../../review/review";
import { NOTHING, type Phrase, say } from "../phrase";
import type { Section } from "../review-sections";
import { canInShort, canWords } from "../review-words/can";
import { admittedWords, kindWords, roleWords } from "../review-words/changes";
import { accountsOf, type Mark } from "../review-words/headline";
import { whoWords } from "../review-words/who";
import { join, type Markdown, markdownOf, md, row } from "../escape/markdown";
import type { Block } from "./fit";

export const SIGNS: Readonly<Record<Mark, Markdown>> = {
  errored: md`❌`,
  gained: md`🔴`,
  widened: md`🟠`,
  weakened: md`🟡`,
  finding: md`⚠️`,
  unknown: md`❓`,
  less: md`🟢`,
  none: md`⚪`,
};

/**
 * Who is newly let in: a table with a row for each role, or in short with the first of them and how much the role can do.
 * It has two columns, since on a phone no more can be read without scrolling sideways.
 */
export function gainsBlock(review: Review): Block {
  const accounts = accountsOf(review).length;
  const gains = gainsOf(review);
  const form = (who: (gain: Gain) => readonly Phrase[], can: (gain: Gain) => Phrase) => (index: number) => {
    const gain = gains[index];
    return gain ? gainRow(gain, who(gain), [roleWords(gain.change, accounts), can(gain)]) : md``;
  };
  const full = form(
    ({ change, kind }) => admittedWords(change, kind),
    ({ change }) => canWords(change.can),
  );
  const short = form(
    ({ change: { who } }) => [
      ...who.slice(0, 1).map(whoWords),
      ...(who.length > 1 ? [say`and ${who.length - 1} more`] : []),
    ],
    ({ change }) => canInShort(change.can),
  );
  const head = [row([md`who`, md`may assume`]), row([md`---`, md`---`])];
  return {
    count: gains.length,
    forms: [full, short],
    frame: (lines, hidden) => {
      const more = md`**${markdownOf(say`${hidden}${lines.length > 0 ? say` more` : NOTHING} gained or widened`)}**`;
      return join(
        [...(lines.length > 0 ? [join([...head, ...lines], "\n")] : []), ...(hidden > 0 ? [more] : [])],
        "\n\n",
      );
    },
  };
}

interface Gain {
  readonly change: AdmissionChange;
  readonly kind: "gained" | "widened";
}

/** Strangers before everybody else, then roles that let nobody in before. */
function gainsOf({ gained, widened }: Review): Gain[] {
  const all: Gain[] = [
    ...gained.map((change) => ({ change, kind: "gained" as const })),
    ...widened.map((change) => ({ change, kind: "widened" as const })),
  ];
  return [
    ...all.filter(({ change }) => letsStrangersIn(change)),
    ...all.filter(({ change }) => !letsStrangersIn(change)),
  ];
}

const letsStrangersIn = (change: AdmissionChange): boolean =>
  isOpened(change) || change.who.some(({ breadth }) => breadth === "anyone");

function gainRow({ change, kind }: Gain, who: readonly Phrase[], what: readonly Phrase[]): Markdown {
  const [first, ...others] = [kindWords(kind, change), ...who].map(markdownOf);
  return row([
    join([md`${SIGNS[kind === "widened" && isOpened(change) ? "gained" : kind]} ${first ?? md``}`, ...others], "<br>"),
    join(what.map(markdownOf), "<br>"),
  ]);
}

/** Most lines of a list that are not folded. */
const UNFOLDED = 12;

/** A section; what there is too much of for the eye is folded. */
export function sectionBlocks(section: Section): Block[] {
  if (section.folded || section.lines.length <= UNFOLDED) return [sectionBlock(section)];
  const rest = section.lines.slice(UNFOLDED);
  return [
    sectionBlock({ ...section, lines: section.lines.slice(0, UNFOLDED) }),
    sectionBlock({ mark: "none", title: say`${rest.length} more: ${section.title}`, lines: rest, folded: true }),
  ];
}

function sectionBlock({ mark, title, lines, folded }: Section): Block {
  const words = markdownOf(title);
  const sign = mark === "none" ? md`` : md`${SIGNS[mark]} `;
  return {
    count: lines.length,
    forms: [(index) => md`- ${markdownOf(lines[index] ?? [])}`],
    frame: (shown, hidden) => {
      if (shown.length === 0) return md`${sign}${markdownOf([{ kind: "strong", of: title }])}`;
      const list = join([...shown, ...(hidden > 0 ? [md`- ${markdownOf(say`and ${hidden} more`)}`] : [])], "\n");
      return folded
        ? md`<details><summary>${sign}${words}</summary>\n\n${list}\n\n</details>`
        : md`${sign}**${words}**\n\n${list}`;
    },
  };
}
