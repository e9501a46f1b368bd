import { distance } from "fastest-levenshtein";
import { matches, parsePattern } from "../../aws/pattern";
import { type Aspects, aspectsOf, type JobAspect } from "./aspects";

/** A value that the policy wants, beside one that the token has. */
export interface Pair {
  readonly wanted: string;
  readonly actual: string;
  readonly wants: Aspects;
  readonly has: Aspects;
}

/** Longest part of a value that is measured. */
const MEASURED = 2_000;

/** Every wanted value beside every actual one, the nearest first: fewest parts that differ, then fewest letters. */
export function pairsOf(claim: string, wanted: readonly string[], actual: readonly string[]): Pair[] {
  const pairs = actual.flatMap((has) =>
    wanted.map((wants): Pair => ({
      wanted: wants,
      actual: has,
      wants: aspectsOf(claim, wants),
      has: aspectsOf(claim, has),
    })),
  );
  return pairs
    .map((pair) => ({ pair, parts: farness(pair), letters: lettersApart(pair) }))
    .sort((a, b) => a.parts - b.parts || a.letters - b.letters)
    .map(({ pair }) => pair);
}

export const lettersApart = ({ wanted, actual }: Pair): number =>
  distance(wanted.slice(0, MEASURED), actual.slice(0, MEASURED));

/** How far apart two values are by what they mean: 0 for those without parts to compare. */
export function farness({ wants, has }: Pair): number {
  const names = [
    [wants.owner?.text, has.owner?.text],
    [wants.repository?.text, has.repository?.text],
    [wants.file, has.file],
    [wants.fileRef, has.fileRef],
    ...[...new Set([wants, has].flatMap(({ claims = {} }) => Object.keys(claims)))].map(
      (claim) => [wants.claims?.[claim], has.claims?.[claim]] as const,
    ),
  ] as const;
  return names.reduce(
    (sum, [a, b]) => sum + (a === undefined || b === undefined ? Number(a !== b) : textFarness(a, b)),
    jobFarness(wants.job, has.job),
  );
}

const textFarness = (wanted: string, actual: string): number =>
  fits(wanted, actual) ? 0 : alike(wanted, actual) ? 0.5 : 1;

function jobFarness(wanted: JobAspect | undefined, actual: JobAspect | undefined): number {
  if (!wanted || !actual) return wanted === actual ? 0 : 3;
  if (fits(wanted.text, actual.text)) return 0;
  if (wanted.kind === "unknown" || actual.kind === "unknown") return 3;
  return wanted.kind === actual.kind ? textFarness(wanted.name, actual.name) : 2;
}

/** Whether a value is what a pattern covers; what has no wildcard covers itself. */
export const fits = (pattern: string, text: string): boolean =>
  pattern === text || (/[*?]/.test(pattern) && matches(parsePattern(pattern), text));

/** Whether they would fit if case did not matter. */
export const alike = (pattern: string, text: string): boolean => fits(pattern.toLowerCase(), text.toLowerCase());

/** Whether both may be of one repository, by its names. Where they are not, no form of the one makes it the other. */
export const ofOneRepository = ({ wants, has }: Pair): boolean =>
  alike(wants.owner?.name ?? "", has.owner?.name ?? "") &&
  alike(wants.repository?.name ?? "", has.repository?.name ?? "");

/** Index of the first character that differs. */
export function firstDifference(wanted: string, actual: string): number {
  let at = 0;
  while (at < wanted.length && at < actual.length && wanted[at] === actual[at]) at += 1;
  return at;
}
