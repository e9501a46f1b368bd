import type { Review } from "../../review/review";
import { commas, counted, firstOf, name, NOTHING, type Phrase, say } from "../phrase";

/** Most accounts that the headline names, and most bytes of their names. */
const NAMED = 3;
const NAME_BYTES = 120;

/** How bad the worst is; a sign is never without its words. */
export type Mark = "gained" | "widened" | "weakened" | "unknown" | "less" | "none";

export function markOf({ summary, unknown }: Review): Mark {
  if (summary.gained > 0) return "gained";
  if (summary.widened > 0) return "widened";
  if (summary.weakened > 0 || summary.morePermissions > 0) return "weakened";
  if (summary.errored || summary.newFindings > 0 || unknown.some(({ mayAdmit }) => mayAdmit)) return "unknown";
  return summary.lost > 0 || summary.narrowed > 0 || summary.strengthened > 0 || summary.lessPermissions > 0 ? "less" : "none";
}

/** `Access to 2 roles gained, 1 role widened, 1 protection weakened, in production`. */
export function headlineWords(review: Review): Phrase {
  const { summary, unknown } = review;
  const worse = [
    ...some(summary.gained, (count) => say`access to ${roles(count)} gained`),
    ...some(summary.widened, (count) => say`${roles(count)} widened`),
    ...some(summary.weakened, (count) => say`${counted(count, say`protection`, say`protections`)} weakened`),
    ...some(summary.morePermissions, (count) => say`${roles(count)} can do more`),
  ];
  const better = [
    ...some(summary.lost, (count) => say`access to ${roles(count)} lost`),
    ...some(summary.narrowed, (count) => say`${roles(count)} narrowed`),
    ...some(summary.strengthened, (count) => say`${counted(count, say`protection`, say`protections`)} strengthened`),
    ...some(summary.lessPermissions, (count) => say`${roles(count)} can do less`),
  ];
  const parts = worse.length > 0 ? worse : better;
  if (parts.length > 0) return capitalized(say`${commas(parts)}${inAccounts(accountsOf(review))}`);
  if (summary.errored || unknown.some(({ mayAdmit }) => mayAdmit)) return say`No change in who can do what, as far as is known`;
  return say`No change in who can do what`;
}

/** Names of the accounts whose roles are concerned; those first where it gets worse. */
export function accountsOf({ gained, widened, permissions, lost, narrowed }: Review): string[] {
  const inOrder = [...gained, ...widened, ...permissions.filter(({ direction }) => direction !== "less"), ...lost, ...narrowed, ...permissions];
  return [...new Set(inOrder.map(({ account }) => account))];
}

const some = (count: number, words: (count: number) => Phrase): Phrase[] => (count === 0 ? [] : [words(count)]);
const roles = (count: number): Phrase => counted(count, say`role`, say`roles`);

function inAccounts(accounts: readonly string[]): Phrase {
  if (accounts.length === 0) return NOTHING;
  const isShort = Buffer.byteLength(accounts.slice(0, NAMED).join("")) <= NAME_BYTES;
  return say`, in ${isShort ? firstOf(accounts.map(name), NAMED) : say`${counted(accounts.length, say`account`, say`accounts`)}`}`;
}

function capitalized([first, ...rest]: Phrase): Phrase {
  return first?.kind === "own" ? [{ kind: "own", text: first.text.charAt(0).toUpperCase() + first.text.slice(1) }, ...rest] : first ? [first, ...rest] : [];
}
