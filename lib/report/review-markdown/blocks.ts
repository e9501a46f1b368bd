import type { AdmissionChange } from "../../access/difference/schema";
import type { Review } from "../../review/review";
import { joined, type Phrase, say } from "../phrase";
import type { Section } from "../review-sections";
import { canWords, levelWords } from "../review-words/can";
import { admittedWords, kindWords, roleWords } from "../review-words/changes";
import { accountsOf, type Mark } from "../review-words/headline";
import { join, type Markdown, markdownOf, md, row } from "./escape";
import type { Block } from "./fit";

export const SIGNS: Readonly<Record<Mark, Markdown>> = { gained: md`🔴`, widened: md`🟠`, weakened: md`🟡`, unknown: md`❔`, less: md`🟢`, none: md`⚪` };

/** Who is newly let in: a table of which each row stands for a role, or in short the role and how much it can do. */
export function gainsBlock(review: Review, where: Markdown): Block {
  const accounts = accountsOf(review).length;
  const gains = [...review.gained.map((change) => ({ change, kind: "gained" as const })), ...review.widened.map((change) => ({ change, kind: "widened" as const }))];
  const full = gains.map(({ change, kind }) => gainRow(change, kind, admittedWords(change, kind), roleWords(change, accounts), canWords(change.can)));
  const short = gains.map(({ change, kind }) => gainRow(change, kind, admittedWords({ ...change, who: change.who.slice(0, 1), instead: [] }, kind).slice(0, 1), roleWords(change, accounts), levelWords(change.can.level)));
  const head = [row([md` `, md`who`, md`role`, md`can`]), row([md`---`, md`---`, md`---`, md`---`])];
  return {
    forms: [full, short],
    frame: (lines, hidden) => {
      const more = md`**${hidden}${lines.length > 0 ? md` more` : md``} gained or widened**${where}`;
      return join([...(lines.length > 0 ? [join([...head, ...lines], "\n")] : []), ...(hidden > 0 ? [more] : [])], "\n\n");
    },
  };
}

function gainRow(change: AdmissionChange, kind: "gained" | "widened", who: readonly Phrase[], role: readonly Phrase[], can: Phrase): Markdown {
  return row([md`${SIGNS[kind]} ${markdownOf(kindWords(kind, change))}`, cell(who), cell(role), markdownOf(can)]);
}

const cell = (lines: readonly Phrase[]): Markdown => join(lines.map(markdownOf), "<br>");

/** Most lines of a list that are not folded. */
const UNFOLDED = 12;

/** A section; what there is too much of for the eye is folded. */
export function sectionBlocks(section: Section, where: Markdown): Block[] {
  if (section.folded || section.lines.length <= UNFOLDED) return [sectionBlock(section, where)];
  const rest = section.lines.slice(UNFOLDED);
  return [
    sectionBlock({ ...section, lines: section.lines.slice(0, UNFOLDED) }, where),
    sectionBlock({ mark: "none", title: say`${rest.length} more: ${section.title}`, lines: rest, folded: true }, where),
  ];
}

function sectionBlock({ mark, title, lines, folded }: Section, where: Markdown): Block {
  const words = markdownOf(title);
  const sign = mark === "none" ? md`` : md`${SIGNS[mark]} `;
  return {
    forms: [lines.map((line) => md`- ${markdownOf(line)}`)],
    frame: (shown, hidden) => {
      if (shown.length === 0) return md`${sign}${markdownOf([{ kind: "strong", of: title }])}${where}`;
      const list = join([...shown, ...(hidden > 0 ? [md`- and ${hidden} more${where}`] : [])], "\n");
      return folded ? md`<details><summary>${sign}${words}</summary>\n\n${list}\n\n</details>` : md`${sign}**${words}**\n\n${list}`;
    },
  };
}

export const linesOf = (phrases: readonly Phrase[]): Markdown => markdownOf(joined(phrases, say` `));
