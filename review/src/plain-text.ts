import type { Phrase } from "../../lib/report/phrase";

/** A sentence as it is, names in it included: where it is printed, they are made harmless. */
export const plainText = (phrase: Phrase): string => phrase.map((part) => (part.kind === "strong" ? plainText(part.of) : part.text)).join("");
