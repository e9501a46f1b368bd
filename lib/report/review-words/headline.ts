import { headingOf, isOpened } from "../../review/headline";
import type { Review } from "../../review/review";
import { joined, name, NOTHING, type Phrase } from "../phrase";
import { visible } from "../escape/visible";

/** How bad the worst is; a sign is never without its words. */
export type Mark = "errored" | "gained" | "widened" | "weakened" | "finding" | "unknown" | "less" | "none";

export function markOf({ summary, widened, unknown }: Review): Mark {
  if (summary.errored) return "errored";
  if (summary.gained > 0 || widened.some(isOpened)) return "gained";
  if (summary.widened > 0) return "widened";
  if (summary.weakened > 0 || summary.morePermissions > 0) return "weakened";
  if (unknown.some(({ mayAdmit }) => mayAdmit)) return "unknown";
  if (summary.newFindings > 0) return "finding";
  return summary.lost > 0 || summary.narrowed > 0 || summary.strengthened > 0 || summary.lessPermissions > 0
    ? "less"
    : "none";
}

/** Stands for a name while the sentence is made: no sentence of ours has it. */
const SLOT = "\u0000";

/** The review's heading, of which the accounts' names are somebody's. */
export function headlineWords(review: Review): Phrase {
  const names: string[] = [];
  const sentence = headingOf({ ...review, newFindings: review.findings.new.length }, (account) => {
    names.push(account);
    return SLOT;
  });
  return joined(
    sentence
      .split(SLOT)
      .map((text, index) => (index === 0 ? own(text) : [...name(shortened(names[index - 1] ?? "")), ...own(text)])),
    NOTHING,
  );
}

const own = (text: string): Phrase => (text === "" ? NOTHING : [{ kind: "own", text }]);

/** Most bytes of a name in the headline, which always stands there whole; and of a longer one its first characters. */
const NAME_BYTES = 100;
const FIRST_CHARACTERS = 10;

const shortened = (text: string): string =>
  Buffer.byteLength(visible(text)) <= NAME_BYTES ? text : `${[...text].slice(0, FIRST_CHARACTERS).join("")}…`;

/** Names of the accounts whose roles are concerned. */
export const accountsOf = ({ gained, widened, permissions, lost, narrowed }: Review): string[] => [
  ...new Set([...gained, ...widened, ...permissions, ...lost, ...narrowed].map(({ account }) => account)),
];
