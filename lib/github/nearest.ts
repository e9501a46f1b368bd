import { distance } from "fastest-levenshtein";

/** Shortest beginning of a word that is taken for an abbreviation. */
const ABBREVIATION = 3;

/** The candidate that a misspelt or abbreviated word was most likely meant to be, or `undefined` when none is near. */
export function nearest(word: string, candidates: Iterable<string>): string | undefined {
  if (word.length > 100) return undefined;
  const lower = word.toLowerCase();
  let best: string | undefined;
  let least = Math.min(Math.max(2, Math.floor(word.length / 3)), Math.floor(word.length / 2)) + 1;
  const longer: string[] = [];
  for (const candidate of candidates) {
    const steps = distance(lower, candidate.toLowerCase());
    if (steps < least) [best, least] = [candidate, steps];
    if (candidate.toLowerCase().startsWith(lower)) longer.push(candidate);
  }
  return best ?? (word.length >= ABBREVIATION && longer.length === 1 ? longer[0] : undefined);
}
